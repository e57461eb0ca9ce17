// Makes parts of a picture unreadable: coarse squares in the points themselves, nothing laid over them.
import { frame } from "./frame.js";

const SQUARES = 6; // along the longer side: too few to read a plate or to know a face by

export function coarsen(canvas, rect) {
  const [x, y] = [Math.floor(rect.x * canvas.width), Math.floor(rect.y * canvas.height)];
  const [w, h] = [Math.max(1, Math.ceil(rect.w * canvas.width)), Math.max(1, Math.ceil(rect.h * canvas.height))];
  const pen = canvas.getContext("2d"), before = pen.getImageData(x, y, w, h), side = Math.max(w, h) / SQUARES;
  for (let top = 0; top < h; top += side) for (let left = 0; left < w; left += side) {
    const [a, b, c, d] = [left, top, Math.min(w, left + side), Math.min(h, top + side)].map(Math.round);
    if (c <= a || d <= b) continue;
    const sum = [0, 0, 0];
    for (let row = b; row < d; row++) for (let column = a; column < c; column++)
      for (let colour = 0; colour < 3; colour++) sum[colour] += before.data[(row * w + column) * 4 + colour];
    pen.fillStyle = `rgb(${sum.map(value => Math.round(value / (c - a) / (d - b))).join(" ")})`;
    pen.fillRect(x + a, y + b, c - a, d - b);
  }
  return { before, x, y };
}

// Opens the dialog with the picture; true when something was made unreadable and kept.
export function blurEditor(dialog, canvas) {
  const stage = dialog.querySelector(".stage"), said = dialog.querySelector("[role=status]"), words = dialog.dataset;
  const one = name => dialog.querySelector(`[data-do=${name}]`), done = [];
  let wait;
  const say = text => { clearTimeout(wait); said.textContent = text };
  const percent = value => Math.round(value * 100);
  const about = rect => words.frame.replace(/\{(\w)\}/g, (_, side) => percent(rect[side]));
  canvas.setAttribute("aria-hidden", "true");
  stage.replaceChildren(canvas);
  const held = frame(stage, {
    moved: rect => { clearTimeout(wait); wait = setTimeout(() => say(about(rect)), 400) },
    apply,
  });
  function apply() { done.push(coarsen(canvas, held.rect)); ready(words.applied) }
  function undo() {
    const { before, x, y } = done.pop();
    canvas.getContext("2d").putImageData(before, x, y);
    ready(words.undone);
    if (!done.length) stage.focus();
  }
  function ready(text) { one("undo").disabled = one("keep").disabled = !done.length; say(text.replace("{n}", done.length)) }
  ready("");
  return new Promise(answer => {
    const act = event => {
      const button = event.target.closest("button");
      if (!button) return;
      const { move } = button.dataset, what = button.dataset.do;
      if (move) held.act(move, event.shiftKey);
      if (what === "apply") apply();
      if (what === "undo") undo();
      if (what === "keep" || what === "leave") dialog.close(what);
    };
    dialog.addEventListener("click", act);
    dialog.addEventListener("close", () => {
      dialog.removeEventListener("click", act);
      clearTimeout(wait);
      stage.replaceWith(stage.cloneNode(false)); // with it go its listeners and the picture as it was
      answer(dialog.returnValue === "keep" && done.length > 0);
    }, { once: true });
    dialog.returnValue = "";
    dialog.showModal();
    stage.focus();
  });
}
