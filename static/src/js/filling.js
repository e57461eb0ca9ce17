// A form's words as pairs, and back into a form. Field names are the form's own business.
const NEVER = new Set(["csrf_token", "step", "go", "drop", "key", "files_seen"]);

export const words = form => [...new FormData(form)].filter(([name, value]) => typeof value === "string" && value && !NEVER.has(name));
export const said = (draft, name) => draft.fields?.find(([one]) => one === name)?.[1] ?? "";

export function fill(form, pairs) {
  const names = new Set(pairs.map(([name]) => name));
  for (const control of form.elements) {
    if (!control.name || NEVER.has(control.name) || control.type === "file") continue;
    const values = pairs.filter(([name]) => name === control.name).map(([, value]) => value);
    if (control.type === "radio" || control.type === "checkbox") control.checked = values.includes(control.value);
    else if (values.length) control.value = values[0];
    names.delete(control.name);
  }
  for (const [name, value] of pairs) if (names.has(name)) carry(form, name, value);
}

export const carry = (form, name, value) => form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));

// The hour and day as people here write them.
export const moment = at => new Intl.DateTimeFormat("vi-VN", { hour: "2-digit", minute: "2-digit", day: "2-digit", month: "2-digit", year: "numeric" }).format(at);

// A second tap does it: the first one says so on the button itself.
export function twice(button, act) {
  const label = button.textContent;
  button.addEventListener("click", () => {
    if (button.dataset.asked) return act();
    button.dataset.asked = "1";
    button.textContent = button.dataset.sure;
    setTimeout(() => { delete button.dataset.asked; button.textContent = label }, 6000);
  });
}
