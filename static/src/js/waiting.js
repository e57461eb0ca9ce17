// While a long file is read the page asks each second how far it is, and goes on to the review by itself.
const wait = document.querySelector("[data-wait]");
const look = async () => {
  let answer;
  try { answer = await fetch(location.href); } catch { setTimeout(look, 3000); return; } // the line is gone: later
  if (answer.redirected) { location.replace(answer.url); return; }
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!fresh.querySelector("[data-wait]")) { location.reload(); return; } // refused, or lost: the page says so
  const said = wait.querySelector("[role=status]"), words = fresh.querySelector("[data-wait] [role=status]").textContent;
  if (said.textContent !== words) said.textContent = words;
  wait.querySelector("progress").replaceWith(fresh.querySelector("[data-wait] progress"));
  setTimeout(look, 1000);
};
if (wait) setTimeout(look, 1000);
