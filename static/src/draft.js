// The draft of a petition: every step is kept on this device as it is typed, with its key and its files, until it is sent.
import { all, drop, put } from "./js/store.js";
import { carry, fill, moment, said, twice } from "./js/filling.js";
import { keeper, tell } from "./js/keeping.js";

const FORGET_MS = 30 * 24 * 3600 * 1000;
const form = document.querySelector("form[data-drafts]");

function take(keep, one) {
  keep.off = true; // nothing of this page is kept beside it
  fill(form, one.fields);
  if (one.again) { drop("drafts", one.key); one = { ...one, key: form.elements.key.value, again: undefined, step: "what" } } // that key was used up
  form.elements.key.value = one.key;
  if (one.step !== "what" && navigator.onLine) { carry(form, "go", one.step); form.submit(); return }
  keep.off = false;
  keep.draft = { ...one, sending: 0, reasons: undefined };
  form.querySelector("[name=title]").focus();
  keep.save();
}

function shown(model, keep, one) {
  const offer = model.cloneNode(true), line = offer.querySelector("p"), list = offer.querySelector("ul");
  line.textContent = (one.reasons ? line.dataset.refused : one.sending ? line.dataset.sending : line.dataset.saved).replace("{at}", moment(one.at));
  offer.querySelector("q").textContent = said(one, "title") || said(one, "text").slice(0, 80);
  for (const reason of one.reasons ?? []) list.append(Object.assign(document.createElement("li"), { textContent: reason }));
  list.hidden = !one.reasons;
  offer.querySelector("[data-take]").addEventListener("click", () => {
    take(keep, one);
    document.querySelectorAll("[data-draft-offer]").forEach(other => { other.hidden = true });
  });
  twice(offer.querySelector("[data-away]"), async () => { await drop("drafts", one.key); offer.remove() });
  offer.hidden = false;
  return offer;
}

async function write() {
  const keep = await keeper(form, form.elements.key.value);
  const step = form.elements.step.value, titled = () => new FormData(form).get("title");
  form.addEventListener("submit", event => {
    if (step === "review" && event.submitter?.value === "next") keep.draft.sending = Date.now();
    keep.save();
  });
  twice(document.querySelector("[data-erase]"), async () => { await keep.erase(); location.assign("/submit") });
  if (!keep.wasSent && titled()) await keep.save();
  if (step !== "what" || titled()) return;
  const model = document.querySelector("[data-draft-offer]");
  for (const one of (await all("drafts")).sort((a, b) => b.at - a.at)) {
    if (Date.now() - (one.at ?? one.done) > FORGET_MS) drop("drafts", one.key);
    else if (!one.done && one.key !== keep.draft.key) model.before(shown(model, keep, one));
  }
}

// The receipt: what was sent is no draft any more; its key stays a while, so that "back" does not make one again.
const done = document.querySelector("[data-draft-done]")?.dataset.draftDone;
if (done) put("drafts", { key: done, done: Date.now() }).catch(() => {});
if (form) write().catch(() => tell("none"));
