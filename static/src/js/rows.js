// Keys on the officer's queue: j and k go up and down, Enter opens.
const rows = [...document.querySelectorAll("[data-rows] .ttl")];
if (rows.length) addEventListener("keydown", event => {
  if (event.target.matches("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
  const step = { j: 1, k: -1 }[event.key];
  if (!step) return;
  const at = rows.indexOf(document.activeElement);
  rows[Math.min(rows.length - 1, Math.max(0, at + step))].focus();
});
