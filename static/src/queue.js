// Loaded by any page while something waits in the queue: sends it, and says so on top of the page.
import { small } from "./js/small.js";
import { all } from "./js/store.js";
import { flush } from "./js/queue.js";

async function tell() {
  const entries = await all("queue");
  if (!entries.length) small.drop("queue");
  document.querySelector("[data-queue-word]")?.remove();
  const one = entries.find(entry => entry.code) ?? entries[0];
  if (!one || document.querySelector("form[data-drafts=whole]")) return;
  const line = Object.assign(document.createElement("p"), { className: "note" });
  line.setAttribute("role", "status");
  line.dataset.queueWord = "";
  const link = Object.assign(document.createElement("a"), { href: "/offline/submit", textContent: one.words.more });
  line.append(one.code ? one.words.sent : one.words.waiting, ` “${one.title}”. `, link);
  document.getElementById("main").prepend(line);
}
// said at once: on a slow line a picture takes a while
const turn = () => tell().then(flush).then(tell, tell);
addEventListener("online", turn);
turn();
