// A long file shows how far it is: first what was sent, then that it is being read.
const form = document.querySelector("[data-upload]");
form?.addEventListener("submit", event => {
  if (!form.elements.file.files.length) return; // the server says what is missing
  event.preventDefault();
  const shown = form.querySelector("[data-upload-shown]");
  const words = shown.querySelector("[role=status]"), bar = shown.querySelector("progress");
  const button = form.querySelector(".btn.main");
  const say = text => { if (words.textContent !== text) words.textContent = text; };
  const sent = new XMLHttpRequest();
  sent.upload.addEventListener("progress", ({ loaded, total }) => { bar.value = 100 * loaded / total; });
  sent.upload.addEventListener("load", () => { bar.removeAttribute("value"); say(shown.dataset.reading); });
  sent.addEventListener("error", () => { button.disabled = false; bar.value = 0; say(shown.dataset.lost); });
  sent.addEventListener("load", () => {
    if (sent.status < 400 && sent.responseURL) { location.assign(sent.responseURL); return; }
    const page = new DOMParser().parseFromString(sent.responseText, "text/html"); // refused: the page says why
    const main = page.querySelector("main");
    if (!main) { say(shown.dataset.lost); button.disabled = false; return; }
    document.querySelector("main").replaceWith(main);
    main.querySelector("[role=alert]")?.focus();
    location.hash = "";
  });
  button.disabled = true;
  shown.hidden = false;
  bar.value = 0;
  say(shown.dataset.sending);
  sent.open("POST", form.action || location.href);
  sent.send(new FormData(form));
});
