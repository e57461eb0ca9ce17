// Keeps on the phone what its reader has read, and sends what waits. `site` stands in front of this file
// (pages/views/phone.py): version, language, assets, what is kept once somebody writes (late), shells and words.
import { flush } from "./js/queue.js";

const { version, lang, assets, late, shells, saved } = self.site;
const BUILT = `built-${version}`, SHELLS = "shells", READ = "read";
const PATIENCE_MS = 4000, MOST = 40, HOUR_MS = 3600 * 1000;
const PUBLIC = /^\/($|plans|items\/\d+$|petitions\/\w+$|comments\/\w+$|communes|guide|privacy$|transparency$)/;
const STAFF = /^\/(officer|oversight|admin|sign-|invitations?)/;
const KEPT_AT = "x-kept-at";

self.addEventListener("install", event => event.waitUntil((async () => {
  await (await caches.open(BUILT)).addAll(assets);
  await shellsAgain();
  await self.skipWaiting();
})()));

self.addEventListener("activate", event => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name.startsWith("built-") && name !== BUILT) await caches.delete(name);
  await self.clients.claim();
})()));

// They hold nothing of anybody: asked for without cookies, so that nobody's message is kept with them; in the language
// of the page that named this worker.
const shellsAgain = async () => {
  const kept = await caches.open(SHELLS);
  for (const path of shells) {
    const answer = await fetch(`${path}?lang=${lang}`, { credentials: "omit" });
    if (answer.ok) await kept.put(path, await dated(answer));
  }
};

async function dated(answer) {
  const headers = new Headers(answer.headers);
  headers.set(KEPT_AT, Date.now());
  return new Response(await answer.text(), { headers });
}

const age = kept => Date.now() - Number(kept?.headers.get(KEPT_AT) ?? 0);

// Only what everybody may read: an answer to somebody with a session is marked no-store, and then the page is asked
// for once more as a stranger sees it.
async function keep(path, answer) {
  if (!answer.ok || answer.redirected || !answer.headers.get("content-type")?.startsWith("text/html")) return;
  const read = await caches.open(READ);
  if (/no-store|private/.test(answer.headers.get("cache-control") ?? "")) {
    if (age(await read.match(path)) < HOUR_MS) return;
    const plain = await fetch(path, { credentials: "omit" });
    if (plain.ok && !plain.redirected && !/no-store|private/.test(plain.headers.get("cache-control") ?? "")) answer = plain; else return;
  }
  const whole = await dated(answer); // first: where the line breaks off, the older copy stays
  await read.delete(path);
  await read.put(path, whole);
  const all = await read.keys();
  for (const old of all.slice(0, Math.max(0, all.length - MOST))) await read.delete(old);
}

// A page as it was read, with a word on top that says since when.
async function asRead(path) {
  const kept = await (await caches.open(READ)).match(path);
  if (!kept) return undefined;
  const text = await kept.text();
  const words = saved[/<html lang="(\w+)"/.exec(text)?.[1]] ?? Object.values(saved)[0];
  const at = new Intl.DateTimeFormat("vi-VN", { timeZone: "Asia/Ho_Chi_Minh", hour: "2-digit", minute: "2-digit", day: "2-digit", month: "2-digit", year: "numeric" })
    .format(new Date(Number(kept.headers.get(KEPT_AT))));
  return new Response(text.replace(/<main[^>]*>/, `$&<p class="note" role="status">${words.replace("{at}", at)}</p>`), { headers: kept.headers });
}

const shell = async path => (await caches.open(SHELLS)).match(path);
const nothing = () => shell("/offline");

// Somebody begins to write: scripts for pictures are kept from now on. A new day, a new form: communes and words of the
// shells follow the site.
const lately = async () => {
  const kept = await caches.open(BUILT);
  for (const one of late) if (!await kept.match(one)) await kept.add(one).catch(() => {});
  if (age(await shell("/offline/submit")) > 24 * HOUR_MS) await shellsAgain().catch(() => {});
};

async function page(event, url) {
  if (url.pathname === "/submit") event.waitUntil(lately());
  const path = url.pathname + url.search;
  const asked = fetch(event.request);
  if (PUBLIC.test(url.pathname)) {
    const late = new Promise(done => setTimeout(done, PATIENCE_MS)).then(() => asRead(path));
    // whichever is first; a line that is only slow is waited for where nothing was kept
    const answer = await Promise.race([asked.catch(() => undefined), late]) ?? await asked.catch(() => asRead(path));
    if (answer && !answer.headers.has(KEPT_AT)) { const copy = answer.clone(); event.waitUntil(keep(path, copy).catch(() => {})) }
    return answer ?? nothing();
  }
  const answer = await asked.catch(() => undefined);
  if (answer) return answer;
  if (url.pathname === "/submit") return Response.redirect("/offline/submit" + url.search, 302);
  return await shell(url.pathname) ?? nothing();
}

// "Back" to what a form was answered with: the browser looks into its cache alone, where it is not kept. A step of the petition's
// form is asked for again: steps change nothing, and what was sent once under its key is not sent twice. Of other forms the page
// is opened anew: nothing is sent by going back.
async function again(request, url) {
  if (url.pathname !== "/submit") return fetch(request.url, { credentials: "same-origin", redirect: "manual" });
  const body = await request.arrayBuffer(), headers = { "content-type": request.headers.get("content-type") };
  return fetch(request.url, { method: "POST", body, headers, credentials: "same-origin", redirect: "manual" });
}

// A form whose way was cut: the petition's draft is on the phone, so its form opens there.
async function sent(event, url) {
  const ours = url.pathname === "/submit", back = event.request.isHistoryNavigation && event.request.clone();
  return fetch(event.request).catch(() => back && navigator.onLine ? again(back, url) : Promise.reject()).catch(() => ours ? Response.redirect("/offline/submit", 303) : nothing());
}

// Built files by their own name; a page that was read before the last change of the site takes today's.
async function built(event, url) {
  const kept = await caches.match(event.request);
  return kept ?? fetch(event.request).catch(async lost => {
    const plain = name => name.replace(/\.[0-9a-f]{8}\./, ".");
    const alike = (await (await caches.open(BUILT)).keys()).find(one => plain(new URL(one.url).pathname) === plain(url.pathname));
    if (!alike) throw lost;
    return caches.match(alike);
  });
}

self.addEventListener("fetch", event => {
  const url = new URL(event.request.url);
  if (url.origin !== location.origin || STAFF.test(url.pathname)) return;
  if (event.request.mode === "navigate") event.respondWith(event.request.method === "GET" ? page(event, url) : sent(event, url));
  else if (event.request.method === "GET" && url.pathname.startsWith("/static/")) event.respondWith(built(event, url));
});

// The first two pages were read before this worker stood.
self.addEventListener("message", event => event.waitUntil((async () => {
  for (const path of event.data.keep ?? []) if (PUBLIC.test(path.split("?")[0])) await keep(path, await fetch(path, { credentials: "omit" })).catch(() => {});
})()));

// The phone has a line again: what waits is sent; if something still waits, the browser tries later.
self.addEventListener("sync", event => {
  if (event.tag === "queue") event.waitUntil(flush().then(left => { if (left) throw new Error("still waiting") }));
});
