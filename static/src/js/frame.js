// A rectangle over a picture, set by finger, mouse, keys or buttons. Sides are shares of the picture's sides.
const STEP = .02, LEAST = .02;
const within = (value, low, high) => Math.min(high, Math.max(low, value));
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

// stage: the element around the picture that takes the focus; moved(rect, settled) is told of each change;
// apply() when Enter is pressed. Returns the rectangle and set(rect) to move it from outside.
export function frame(stage, { moved, apply, start = { x: .35, y: .35, w: .3, h: .3 } }) {
  const box = stage.appendChild(Object.assign(document.createElement("div"), { className: "frame" }));
  const rect = {};
  let from = null;

  function set({ x, y, w, h }, settled = true) {
    w = within(w, LEAST, 1); h = within(h, LEAST, 1);
    Object.assign(rect, { x: within(x, 0, 1 - w), y: within(y, 0, 1 - h), w, h });
    for (const [side, value] of [["left", rect.x], ["top", rect.y], ["width", w], ["height", h]]) box.style[side] = `${value * 100}%`;
    moved?.(rect, settled);
  }
  function act(name, wide = false) {
    const [right, down] = MOVES[name] ?? [0, 0];
    if (name === "+" || name === "-") {
      const by = name === "+" ? STEP : -STEP;
      set({ x: rect.x - by / 2, y: rect.y - by / 2, w: rect.w + by, h: rect.h + by });
    } else if (wide) set({ ...rect, w: rect.w + right * STEP, h: rect.h + down * STEP });
    else set({ ...rect, x: rect.x + right * STEP, y: rect.y + down * STEP });
  }
  const at = event => {
    const seen = stage.getBoundingClientRect();
    return { x: within((event.clientX - seen.left) / seen.width, 0, 1), y: within((event.clientY - seen.top) / seen.height, 0, 1) };
  };
  const drawn = (a, b) => ({ x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), w: Math.abs(a.x - b.x), h: Math.abs(a.y - b.y) });
  stage.addEventListener("pointerdown", event => { from = at(event); stage.setPointerCapture(event.pointerId); stage.focus({ preventScroll: true }); event.preventDefault() });
  stage.addEventListener("pointermove", event => { if (from) set(drawn(from, at(event)), false) });
  stage.addEventListener("pointerup", event => {
    if (!from) return;
    const now = drawn(from, at(event)), { w, h } = now.w < LEAST && now.h < LEAST ? { w: .2, h: .2 } : now;
    set(w === now.w ? now : { x: from.x - w / 2, y: from.y - h / 2, w, h }); // a tap sets a frame around it
    from = null;
  });
  stage.addEventListener("pointercancel", () => { from = null });
  stage.addEventListener("keydown", event => {
    const name = { "=": "+", "_": "-" }[event.key] ?? event.key;
    if (name === "Enter") apply?.();
    else if (MOVES[name] || name === "+" || name === "-") act(name, event.shiftKey && !!MOVES[name]);
    else return;
    event.preventDefault();
  });
  set(start);
  return { rect, set, act };
}
