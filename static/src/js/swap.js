// An edit on the review page goes to the server at once and the page is renewed in place, without a jump.
const place = () => document.querySelector("[data-swap]");

// a button without an address of its own names the page's: ask the attribute
const target = (form, button) => button?.getAttribute("formaction") || form.getAttribute("action");

const send = async (form, button) => {
  const typed = new FormData(form);
  if (button?.name) typed.append(button.name, button.value);
  const answer = await fetch(target(form, button), { method: "POST", body: new URLSearchParams(typed) });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-swap]");
  if (!fresh || new URL(answer.url).pathname.split("/").slice(0, 5).join("/") !== location.pathname.split("/").slice(0, 5).join("/")) {
    location.assign(answer.url);
    return;
  }
  const old = place(), at = form.ownerDocument.activeElement?.closest(".beside")?.getBoundingClientRect().top;
  old.replaceWith(fresh);
  const alert = fresh.querySelector("[role=alert]");
  const next = alert ?? fresh.querySelector(".open button, .doubt button, .open a") ?? fresh.querySelector("#settled");
  if (!next) return;
  if (!next.matches("button, a")) next.tabIndex = -1;
  next.focus({ preventScroll: true });
  const row = next.closest(".beside");
  if (row && at !== undefined) scrollBy(0, row.getBoundingClientRect().top - at);
  else next.scrollIntoView({ block: "center" });
};

let going = false; // a second tap, or a second button, would come with the state before the first one

document.addEventListener("submit", event => {
  const form = event.target;
  if (!form.closest("[data-swap]") || /(publication|discard)$/.test(form.action)) return;
  event.preventDefault();
  if (going) return;
  going = true;
  const button = event.submitter;
  send(form, button).finally(() => { going = false }).catch(() => { // the line is gone: the plain form says so
    if (button?.name) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value }));
    form.action = target(form, button);
    form.submit();
  });
});
