// What was sent while there was no line. Each entry goes out once a line is there, under its own key: however often
// that is tried, the site makes one petition of it. Runs in pages and in the service worker, one at a time.
import { all, move, put } from "./store.js";

const alone = act => navigator.locks ? navigator.locks.request("queue", act) : act();
export const waiting = async () => (await all("queue")).filter(one => !one.code);

// Tries everything that waits; says how much still does.
export const flush = () => alone(async () => {
  for (const one of await waiting()) await send(one);
  return (await waiting()).length;
});

async function send(one) {
  let answer, told;
  try {
    answer = await fetch("/offline/petitions", { method: "POST", body: await body(one) });
    told = await answer.json();
  } catch { return } // no line, or no answer that was meant for us: it stays
  if (answer.ok) {
    await put("queue", { key: one.key, title: one.title, words: one.words, at: Date.now(), ...told });
    await put("drafts", { key: one.key, done: Date.now() });
  } else if (told.reasons && answer.status < 500) await move("queue", "drafts", { ...one, reasons: told.reasons, again: told.again, at: Date.now() });
}

async function body(one) {
  const { token } = await (await fetch("/offline/token", { cache: "no-store" })).json();
  const form = new FormData();
  form.append("csrf_token", token);
  form.append("key", one.key);
  if (!one.some) form.append("all_files", "1");
  for (const [name, value] of one.fields) form.append(name, value);
  for (const file of one.files) form.append("files", file, file.name);
  return form;
}
