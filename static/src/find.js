// Offers under the search box while somebody types. Without this file the box is a plain one.
const box = document.querySelector("[data-offers]");
if (box) {
  const list = document.getElementById(`${box.id}-offers`);
  const said = list.nextElementSibling;
  let timer, asking, last = box.value.trim(), here = -1;
  Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" })
    .forEach(([name, value]) => box.setAttribute(name, value));

  const show = open => {
    list.hidden = !open;
    box.setAttribute("aria-expanded", String(open));
    if (!open) { here = -1; box.removeAttribute("aria-activedescendant"); }
  };

  const go = to => {
    const offers = [...list.children];
    here = (to + offers.length + 1) % (offers.length + 1); // one place more: back in the box
    offers.forEach((offer, n) => offer.setAttribute("aria-selected", String(n === here)));
    if (here < offers.length) {
      box.setAttribute("aria-activedescendant", offers[here].id);
      offers[here].scrollIntoView({ block: "nearest" });
    } else box.removeAttribute("aria-activedescendant");
  };

  const ask = async () => {
    const typed = box.value.trim();
    if (typed === last) return;
    last = typed;
    asking?.abort(); // an older question must not answer after a newer one
    if (typed.length < 2) { show(false); return; }
    asking = new AbortController();
    try {
      const answer = await fetch(`${box.dataset.offers}?q=${encodeURIComponent(typed)}`, { signal: asking.signal });
      if (!answer.ok) return;
      list.innerHTML = (await answer.text()).trim();
      here = list.children.length;
      show(here > 0);
      said.textContent = here ? `${here} ${said.dataset.one}` : "";
    } catch { /* stale, or the line is gone: searching still works */ }
  };

  box.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 220); });
  box.addEventListener("keydown", event => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") { event.preventDefault(); go(here + 1); }
    else if (event.key === "ArrowUp") { event.preventDefault(); go(here - 1); }
    else if (event.key === "Escape") { event.preventDefault(); show(false); }
    else if (event.key === "Enter" && list.children[here]) { event.preventDefault(); location.assign(list.children[here].dataset.to); }
  });
  list.addEventListener("mousedown", event => event.preventDefault()); // the box keeps the focus
  list.addEventListener("click", event => {
    const offer = event.target.closest("[data-to]");
    if (offer) location.assign(offer.dataset.to);
  });
  box.addEventListener("blur", () => setTimeout(() => show(false), 150));
}
