// Comforts only: every page works without this file.
const store = { get: k => { try { return localStorage.getItem(k) } catch { return null } }, set: (k, v) => { try { localStorage.setItem(k, v) } catch { /* private window */ } } };

// A second tap on "send" does nothing; the server would give the same receipt anyway.
document.addEventListener("submit", event => {
  const form = event.target;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
  setTimeout(() => delete form.dataset.sent, 8000);
});
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(f => delete f.dataset.sent));

// Drafts of long texts stay on this device until they are sent.
document.querySelectorAll("textarea[data-draft]").forEach(area => {
  const key = "draft:" + area.dataset.draft;
  if (!area.value && store.get(key)) area.value = store.get(key);
  area.addEventListener("input", () => store.set(key, area.value));
});
document.querySelectorAll("[data-draft-done]").forEach(mark => { try { localStorage.removeItem("draft:" + mark.dataset.draftDone) } catch { /* none */ } });

// The first thing to put right gets the focus, so that a screen reader says it.
document.querySelector(".alert[tabindex]")?.focus();

// Keys on the officer's queue: j and k go up and down, Enter opens.
const rows = [...document.querySelectorAll("[data-rows] .ttl")];
if (rows.length) addEventListener("keydown", event => {
  if (event.target.matches("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
  const step = { j: 1, k: -1 }[event.key];
  if (!step) return;
  const at = rows.indexOf(document.activeElement);
  rows[Math.min(rows.length - 1, Math.max(0, at + step))].focus();
});

// Small copies of folded pictures come when the fold is opened.
document.querySelectorAll("details").forEach(fold => fold.addEventListener("toggle", () => fold.querySelectorAll("[data-small]").forEach(link => {
  const { small, width, height, alt } = link.dataset;
  link.prepend(Object.assign(new Image(width, height), { src: small, alt }));
  delete link.dataset.small;
})));

// Copy a link or a code.
document.querySelectorAll("[data-copy]").forEach(button => {
  button.hidden = false;
  button.addEventListener("click", () => navigator.clipboard?.writeText(button.dataset.copy).then(() => { button.textContent = button.dataset.done }));
});
document.querySelectorAll("[data-print]").forEach(button => { button.hidden = false; button.addEventListener("click", () => print()) });
