// Keeps one form on this device as it is filled in: `keeper(form, key)`; words soon after each change, files at once.
import { drop, get, put } from "./store.js";
import { words } from "./filling.js";
import { putBack, same, within } from "./chosen.js";

const WAIT_MS = 250;
const part = name => document.querySelector(`[data-draft-${name}]`);

export const tell = (name, more = "") => {
  const line = part("trouble");
  line.textContent = line.dataset[name] + more;
  line.hidden = false;
};

export async function keeper(form, key) {
  const input = form.querySelector("input[type=file]");
  const found = await get("drafts", key);
  const keep = { draft: { key, files: [], ...(found?.done ? {} : found), sending: 0 }, wasSent: Boolean(found?.done), off: false, save, erase };
  let timer = 0;

  async function save() {
    clearTimeout(timer);
    timer = 0;
    const { draft } = keep;
    if (keep.off) return;
    Object.assign(draft, { fields: words(form), step: form.elements.step.value, at: Date.now() });
    if (!draft.fields.length && !draft.files.length) return;
    try { await put("drafts", draft) } catch {
      try { await put("drafts", { ...draft, files: [], some: true }); if (draft.files.length) tell("full") } catch { tell("none"); return }
    }
    part("state").hidden = false;
  }
  async function erase() { keep.off = true; await drop("drafts", keep.draft.key) }

  const listed = () => new Set([...form.querySelectorAll("[data-file]")].map(one => one.dataset.file));
  const soon = () => { clearTimeout(timer); timer = setTimeout(save, WAIT_MS) };
  const now = () => { if (timer) save() };

  function chosen() {
    const here = listed(), kept = keep.draft.files.filter(file => here.has(file.name));
    const { fits, left } = within(kept, [...input.files]);
    keep.draft.files = [...kept, ...fits];
    keep.draft.some ||= left.length > 0;
    part("trouble").hidden = true; // a picture that was too large may have been made smaller
    if (left.length) tell("large", " " + left.join(", "));
    save();
  }
  // What the site has not got yet goes back into the field; what it refused is let go.
  keep.filesAgain = () => {
    const { draft } = keep, here = listed(), refused = form.querySelector(".err");
    const early = [...input.files]; // chosen before this page's scripts were ready to hear of it
    const missing = refused ? [] : draft.files.filter(file => !here.has(file.name));
    draft.files = draft.files.filter(file => here.has(file.name) || missing.includes(file));
    if (!missing.length) { if (early.length) chosen(); return }
    putBack(input, [...missing.filter(file => !early.some(other => same(file, other))), ...early]);
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };

  form.addEventListener("input", soon);
  form.addEventListener("change", event => event.target === input ? chosen() : soon());
  form.addEventListener("click", event => {
    const name = event.target.closest("[name=drop]")?.dataset.file;
    if (name === undefined) return;
    const { draft } = keep, alike = draft.files.filter(file => file.name === name).length;
    draft.some ||= alike > 1; // which of two with one name it was, only the site knows
    draft.files = draft.files.filter(file => file.name !== name);
    save();
  });
  addEventListener("pagehide", now);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") now() });
  if (input) keep.filesAgain();
  return keep;
}
