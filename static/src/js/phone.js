// What makes the site an app: its service worker, and the queue of what was sent without a line.
// The first page of all costs nothing for it; from the second one on the phone keeps what it reads.
import { small } from "./small.js";

const here = location.pathname + location.search;
const script = document.querySelector("script[data-queue]");
if (small.get("queue") && script) document.head.append(Object.assign(document.createElement("script"), { src: script.dataset.queue }));

if ("serviceWorker" in navigator && !document.body.matches(".desk")) addEventListener("load", () => {
  const first = small.get("first");
  if (!first) { small.set("first", here); return }
  navigator.serviceWorker.register(`/sw.js?lang=${document.documentElement.lang}`).catch(() => {}); // who reads English keeps English
  if (!navigator.serviceWorker.controller) navigator.serviceWorker.ready.then(one => one.active.postMessage({ keep: [first, here] }));
});
