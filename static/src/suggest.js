// Suggestions while a petition is written. Without this file they stand on a page after the first step.
const place = document.querySelector("[data-suggest]");
const form = place?.closest("form");
if (form) {
  const fields = ["csrf_token", "title", "text", "kind", "commune", "item"];
  let timer, asking, last;

  const kept = name => form.querySelector(`input[type=hidden][name=${name}]`)
    ?? form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name }));

  const ask = async () => {
    const all = new FormData(form);
    const typed = new URLSearchParams(fields.map(name => [name, all.get(name) ?? ""]));
    if ((typed.get("title") + typed.get("text")).trim().length < 12 || String(typed) === last) return;
    last = String(typed);
    asking?.abort(); // an older question must not answer after a newer one
    asking = new AbortController();
    try {
      const answer = await fetch(place.dataset.suggest, { method: "POST", body: typed, signal: asking.signal });
      if (!answer.ok) return;
      const found = (await answer.text()).trim();
      if (found === place.dataset.found) return; // a screen reader need not say it twice
      place.dataset.found = found;
      place.innerHTML = found;
      if (found) kept("suggested").value = "1";
    } catch { /* stale, or the line is gone: writing goes on */ }
  };

  const soon = () => { clearTimeout(timer); timer = setTimeout(ask, 900); };
  form.addEventListener("input", soon);
  if (form.elements.title.value || form.elements.text.value) soon();

  // Choosing stays on the page: she may be in the middle of a sentence.
  place.addEventListener("click", event => {
    const button = event.target.closest("button[name=item]");
    if (!button) return;
    event.preventDefault();
    const was = button.getAttribute("aria-pressed") === "true";
    for (const one of place.querySelectorAll("button[name=item]")) {
      one.dataset.choose ??= one.firstChild.data;
      const now = one === button && !was;
      one.setAttribute("aria-pressed", now);
      one.firstChild.data = now ? one.dataset.chosen : one.dataset.choose;
    }
    kept("item").value = was ? "" : button.value;
    last = undefined;
  });
}
