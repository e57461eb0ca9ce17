// Small copies of folded pictures come when the fold is opened.
document.querySelectorAll("details").forEach(fold => fold.addEventListener("toggle", () => fold.querySelectorAll("[data-small]").forEach(link => {
  const { small, width, height, alt } = link.dataset;
  link.prepend(Object.assign(new Image(width, height), { src: small, alt }));
  delete link.dataset.small;
})));
