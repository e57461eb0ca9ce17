// The button that opens the map. The map's own stylesheet and script are asked for when it is pressed, not before;
// both at once, but the script runs when the style is there: a map measures its box when it is made.
const field = document.querySelector("#pin-field"), opener = field?.querySelector("[data-open]");
const arrived = (tag, attributes) => new Promise((done, broken) => {
  const part = Object.assign(document.createElement(tag), attributes);
  part.addEventListener("load", done);
  part.addEventListener("error", () => { part.remove(); broken() });
  document.head.append(part);
});
if (opener) {
  const { script, style, failed } = field.dataset;
  opener.hidden = false;
  opener.addEventListener("click", async () => {
    opener.disabled = true;
    try {
      await Promise.all([
        arrived("link", { rel: "preload", as: "script", href: script }),
        arrived("link", { rel: "stylesheet", href: style }),
      ]);
      await arrived("script", { src: script });
    } catch { // the line broke: it may be tried again
      opener.disabled = false;
      field.querySelector("[role=status]").textContent = failed;
    }
  });
}
