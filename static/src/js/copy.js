// Copy a link or a code, print, hand a page on by the phone's own sheet.
if (navigator.clipboard) document.querySelectorAll("[data-copy]").forEach(button => { // not where the line is plain http
  button.hidden = false;
  button.addEventListener("click", () => navigator.clipboard.writeText(button.dataset.copy).then(() => { button.textContent = button.dataset.done }));
});
document.querySelectorAll("[data-print]").forEach(button => { button.hidden = false; button.addEventListener("click", () => print()) });
if (navigator.share) document.querySelectorAll("[data-share]").forEach(button => {
  button.hidden = false;
  button.addEventListener("click", () => navigator.share({ title: document.title, url: button.dataset.share }).catch(() => {})); // she closed the sheet
});
