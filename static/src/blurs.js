// The officer's page: the frame over the picture and the four numbers say the same.
import { frame } from "./js/frame.js";

const stage = document.querySelector("#stage"), form = document.querySelector("#area");
if (stage && form) {
  const said = document.querySelector("#stage-said"), sides = { x: "x", y: "y", w: "width", h: "height" };
  let wait, own = false;
  const percent = value => Math.round(value * 100);
  const typed = () => Object.fromEntries(Object.entries(sides).map(([side, name]) => [side, (Number(form.elements[name].value) || 0) / 100]));
  Object.entries({ role: "application", tabindex: "0", "aria-label": stage.dataset.label }).forEach(([name, value]) => stage.setAttribute(name, value));
  const held = frame(stage, {
    start: typed(),
    apply: () => form.requestSubmit(),
    moved(rect) {
      if (!own) for (const [side, name] of Object.entries(sides)) form.elements[name].value = percent(rect[side]);
      clearTimeout(wait);
      wait = setTimeout(() => { said.textContent = stage.dataset.say.replace(/\{(\w)\}/g, (_, side) => percent(rect[side])) }, 400);
    },
  });
  form.addEventListener("input", () => { own = true; held.set(typed()); own = false });
  const acts = document.querySelector("#stage-acts");
  acts.hidden = false;
  acts.addEventListener("click", event => { const { move } = event.target.closest("button")?.dataset ?? {}; if (move) held.act(move, event.shiftKey) });
}
