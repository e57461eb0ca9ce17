// The whole form on one page, kept on the phone: filled in and sent without a line. `Send` puts it into the queue.
import { all, drop, move } from "./js/store.js";
import { carry, fill, moment, said, twice, words } from "./js/filling.js";
import { keeper, tell } from "./js/keeping.js";
import { small } from "./js/small.js";
import { flush } from "./js/queue.js";

const form = document.querySelector("form[data-drafts=whole]");
const at = name => document.querySelector(`[data-offline-${name}]`);
const NEEDED = ["kind", "title", "text"];
const newKey = () => btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32)))).replace(/[+/=]/g, c => ({ "+": "-", "/": "_" })[c] ?? "");
let keep;

function item(...parts) {
  const line = document.createElement("li");
  line.append(...parts);
  return line;
}

// Sent ones with their code until she has noted it; then those that wait.
async function list() {
  const entries = await all("queue");
  const sent = entries.filter(one => one.code), waits = entries.filter(one => !one.code);
  at("sent").hidden = !sent.length;
  at("sent").querySelector("ul").replaceChildren(...sent.map(one => {
    const noted = Object.assign(document.createElement("button"), { type: "button", className: "btn", textContent: at("sent").dataset.noted });
    noted.addEventListener("click", async () => { await drop("queue", one.key); list() });
    return item(`${one.title}: `, Object.assign(document.createElement("strong"), { className: "code", textContent: one.code }), noted);
  }));
  at("waits").hidden = !waits.length;
  at("waits").querySelector("ul").replaceChildren(...waits.map(one => item(`${one.title} (${moment(one.at)})`)));
  if (!entries.length) small.drop("queue");
}

// A refusal comes back as a draft, with its reasons above the form.
async function begin() {
  const drafts = (await all("drafts")).filter(one => !one.done).sort((a, b) => b.at - a.at);
  const one = drafts.find(draft => draft.reasons) ?? drafts[0];
  form.elements.key.value = !one || one.again ? newKey() : one.key;
  const typed = words(form), anew = new Set(typed.map(([name]) => name)); // while the drafts were looked for
  if (one) fill(form, [...one.fields.filter(([name]) => !anew.has(name)), ...typed]);
  keep = await keeper(form, form.elements.key.value);
  if (one?.again) { keep.draft.files = one.files; keep.filesAgain(); await drop("drafts", one.key); await keep.save() }
  reasons(one?.reasons ?? []);
  if (one?.sending) at("lost").hidden = false;
}

function reasons(told) {
  at("wrong").hidden = !told.length;
  at("wrong").querySelector("ul").replaceChildren(...told.map(one => item(one)));
}

async function send() {
  await begun; // somebody may be quicker than a cheap phone
  if (!keep) { carry(form, "go", "next"); form.submit(); return } // nothing can be kept here: an ordinary form
  const missing = NEEDED.filter(name => !new FormData(form).get(name)?.trim());
  reasons(missing.map(name => form.dataset[`no${name}`]));
  if (missing.length) { at("wrong").focus(); return }
  await keep.save();
  keep.off = true;
  const { draft } = keep;
  small.set("queue", "1");
  await move("drafts", "queue", { ...draft, title: said(draft, "title"), words: { ...at("words").dataset }, at: Date.now(), reasons: undefined });
  form.hidden = at("dock").hidden = true;
  at("lost").hidden = true;
  document.querySelector("[data-draft-state]").hidden = true;
  await list();
  at("waits").focus();
  navigator.serviceWorker?.ready.then(one => one.sync?.register("queue")).catch(() => {});
  turn();
}

async function turn() {
  await flush();
  await list();
  const back = (await all("drafts")).some(one => one.reasons);
  if (back && (form.hidden || !words(form).length)) location.reload(); // nothing is being written here
}

form.addEventListener("submit", event => { event.preventDefault(); event.stopPropagation(); send() });
twice(document.querySelector("[data-erase]"), async () => { await keep.erase(); location.reload() });
addEventListener("online", turn);
const begun = begin().catch(() => tell("none"));
begun.then(() => { if (keep) turn() });
