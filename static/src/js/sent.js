// A second tap on "send" does nothing; the server would give the same receipt anyway. On a slow line the button shows that it
// was heard. With files the way is long: a second try would begin it anew.
const free = form => { delete form.dataset.sent; for (const one of form.elements) one.removeAttribute("aria-busy"); };
document.addEventListener("submit", event => {
  const form = event.target;
  if (event.defaultPrevented) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
  event.submitter?.setAttribute("aria-busy", "true");
  const heavy = [...form.querySelectorAll("[type=file]")].some(field => field.files.length);
  setTimeout(free, heavy ? 60000 : 8000, form);
});
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(free));
