// A value that is looked at, by mouse or keyboard, marks the lines of the file that it came from.
let marked = [];
const mark = value => {
  for (const line of marked) line.classList.remove("on");
  const own = value?.closest(".beside");
  const wanted = new Set((value?.dataset.lines ?? "").split(" "));
  marked = own ? [...own.querySelectorAll("[data-line]")].filter(line => wanted.has(line.dataset.line)) : [];
  for (const line of marked) line.classList.add("on");
};
const look = event => {
  const value = event.target.closest?.("[data-lines]");
  if (value) mark(value);
};
for (const kind of ["mouseover", "focusin", "click"]) document.addEventListener(kind, look);
