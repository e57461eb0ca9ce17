// An item is saved as soon as a field is left; the button only leads back.
const form = document.querySelector("[data-autosave]");
if (form) {
  const said = form.querySelector("[data-done]");
  let running = Promise.resolve(), busy = 0;

  // what the server made of it: the new state for every form here, and lines that came or went
  const take = page => {
    const fresh = page.querySelector("[data-autosave]");
    const seen = fresh.elements.seen.value;
    for (const field of document.querySelectorAll("input[name=seen]")) field.value = seen;
    const rows = form.querySelector("#bodies"), renewed = fresh.querySelector("#bodies");
    if (rows.children.length === renewed.children.length) return;
    const focused = document.activeElement?.id;
    rows.replaceWith(renewed);
    if (focused) document.getElementById(focused)?.focus();
  };

  const save = async () => {
    const typed = new URLSearchParams(new FormData(form));
    typed.set("stay", "1");
    said.textContent = said.dataset.saving;
    try {
      const answer = await fetch(location.href, { method: "POST", body: typed });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (answer.ok) take(page);
      said.textContent = answer.ok ? said.dataset.done : said.dataset.not;
    } catch { said.textContent = said.dataset.not; }
  };
  form.addEventListener("change", event => {
    // a body is half written until it has a role and a name
    const row = event.target.closest("#bodies > .panel");
    if (row && !row.querySelector("[name$=-key]").value) {
      const role = row.querySelector("select").value, words = [...row.querySelectorAll("input:not([type=hidden])")];
      if (!role || !words.some(one => one.value.trim())) return;
    }
    busy += 1;
    running = running.then(save).finally(() => { busy -= 1 }); // one after the other: each carries the state that the one before made
  });

  // A field is left by pressing a button: its form waits for the new state, or it would come with the one before.
  document.addEventListener("submit", event => {
    if (!busy) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { target, submitter } = event;
    running.then(() => { if (submitter?.isConnected ?? true) target.requestSubmit(submitter) });
  }, true);
}
