// The button that opens the map. The map's own script and stylesheet are asked for when it is pressed, not before.
const field = document.querySelector("#pin-field"), opener = field?.querySelector("[data-open]");
if (opener) {
  opener.hidden = false;
  opener.addEventListener("click", () => {
    const { script, style } = field.dataset;
    opener.disabled = true;
    document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: style }));
    const asked = Object.assign(document.createElement("script"), { src: script });
    asked.addEventListener("error", () => { // the line broke: it may be tried again
      asked.remove();
      opener.disabled = false;
      field.querySelector("[role=status]").textContent = field.dataset.failed;
    });
    document.head.append(asked);
  });
}
