// The step with pictures: they are shrunk on the phone before they are sent, and faces and plates can be made
// unreadable by hand. Whatever fails, the file goes as it was chosen: the server makes every file anew.
import { blurEditor } from "./js/blur.js";
import { same } from "./js/chosen.js";

const LONGEST = 1600, WANTED = 400 * 1024, QUALITIES = [.82, .72, .6, .5], SMALLER = 1200, PATIENCE_MS = 20000;
const input = document.querySelector("#files"), list = document.querySelector("#chosen");
const words = list?.dataset, say = text => { document.querySelector("#chosen-said").textContent = text };
const chosen = []; // { file, from, thumb, row, state }
let working = Promise.resolve(), busy = 0;

const told = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
const size = bytes => bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1).replace(".", words.point)} MB`;
const make = (tag, values = {}, ...inside) => { const made = Object.assign(document.createElement(tag), values); made.append(...inside); return made };

// Not toBlob: Chromium now and then never answers for a canvas that was taken out of the page.
function jpegOf(canvas, quality) {
  const [head, data] = canvas.toDataURL("image/jpeg", quality).split(",");
  if (!head.startsWith("data:image/jpeg") || !data) throw new Error("no JPEG");
  return Uint8Array.from(atob(data), letter => letter.charCodeAt(0));
}

// Draws the picture upright (the browser minds how the camera was held) on white, at most so long.
async function drawn(file, longest) {
  const address = URL.createObjectURL(file), image = new Image();
  try {
    image.src = address;
    await Promise.race([image.decode(), new Promise((_, fail) => setTimeout(fail, PATIENCE_MS, new Error("too slow")))]);
    const scale = Math.min(1, longest / Math.max(image.naturalWidth, image.naturalHeight));
    const canvas = make("canvas", { width: Math.max(1, Math.round(image.naturalWidth * scale)), height: Math.max(1, Math.round(image.naturalHeight * scale)) });
    const pen = canvas.getContext("2d", { willReadFrequently: true }); // kept where it can be read
    Object.assign(pen, { fillStyle: "#fff", imageSmoothingQuality: "high" });
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas;
  } finally { URL.revokeObjectURL(address); image.removeAttribute("src") }
}

// A JPEG of few bytes from a canvas: coarser where there is much to see.
function packed(canvas, name) {
  let bytes;
  for (const quality of QUALITIES) {
    bytes = jpegOf(canvas, quality);
    if (bytes.length <= WANTED) break;
  }
  return new File([bytes], name.replace(/\.\w{1,5}$/, "") + ".jpg", { type: "image/jpeg", lastModified: Date.now() });
}

function small(canvas) {
  const scale = 180 / Math.max(canvas.width, canvas.height);
  const copy = make("canvas", { width: Math.max(1, canvas.width * scale), height: Math.max(1, canvas.height * scale) });
  copy.getContext("2d").drawImage(canvas, 0, 0, copy.width, copy.height);
  return copy.toDataURL("image/jpeg", .7);
}

async function shrink(one) {
  try {
    for (const longest of [LONGEST, SMALLER]) {
      const canvas = await drawn(one.file, longest);
      const made = packed(canvas, one.file.name);
      one.thumb = small(canvas);
      canvas.width = canvas.height = 0; // memory of a cheap phone is given back at once
      if (made.size <= WANTED || longest === SMALLER) { one.file = made; break }
    }
    one.state = "ready";
  } catch { one.state = "asis" }
}

function row(one) {
  const name = one.file.name, number = chosen.indexOf(one) + 1, picture = told(words.picture, { n: number });
  const seen = one.thumb ? make("img", { src: one.thumb, alt: picture, width: 72, height: 56 })
    : make("span", { className: "doc", textContent: (/\.(\w{1,4})$/.exec(name)?.[1] ?? "").toUpperCase() });
  if (!one.thumb) seen.setAttribute("aria-hidden", "true");
  const state = { waiting: words.shrinking, ready: told(words.shrunk, { now: size(one.file.size), from: size(one.from) }), asis: size(one.file.size), blurred: told(words.blurred, { now: size(one.file.size) }) }[one.state];
  const text = make("span", { className: "small" }, name, make("br"), make("span", { className: "dim", textContent: state }));
  const button = (label, act) => { const made = make("button", { type: "button", className: "btn" }, label, make("span", { className: "vh", textContent: ` ${name}` })); made.addEventListener("click", act); return made };
  const acts = make("span", { className: "two" });
  if (one.thumb) acts.append(button(words.blur, () => blur(one)));
  acts.append(button(words.remove, () => remove(one)));
  const made = make("li", {}, seen, text, acts);
  one.row?.replaceWith(made);
  one.row = made;
  return made;
}

// What the form will send; whoever keeps drafts is told with a mark of ours.
function put() {
  const all = new DataTransfer();
  chosen.forEach(one => all.items.add(one.file));
  input.files = all.files;
  input.dispatchEvent(new CustomEvent("change", { bubbles: true, detail: { shrunk: true } }));
}

function remove(one) {
  const at = chosen.indexOf(one), name = one.file.name;
  chosen.splice(at, 1);
  one.row.remove();
  list.hidden = !chosen.length;
  put();
  chosen.forEach(row);
  say(told(words.removed, { name }));
  (chosen[at] ?? chosen[at - 1])?.row.querySelector("button:last-child").focus() ?? input.focus();
}

async function blur(one) {
  const canvas = await drawn(one.file, LONGEST);
  if (!await blurEditor(document.querySelector("#blur"), canvas)) return;
  one.file = packed(canvas, one.file.name);
  one.thumb = small(canvas);
  one.state = "blurred";
  canvas.width = canvas.height = 0;
  row(one);
  put();
  say(told(words.isblurred, { name: one.file.name }));
  one.row.querySelector("button").focus();
}

function take(files) {
  const fresh = files.filter(file => !chosen.some(one => same(one.first, file) || same(one.file, file)))
    .map(file => ({ file, first: file, from: file.size, state: file.type.startsWith("image/") ? "waiting" : "asis" }));
  chosen.push(...fresh);
  list.hidden = !chosen.length;
  list.append(...fresh.map(row));
  try { put() } catch { // a browser that lets nobody set files: they go as they were chosen
    chosen.length = 0;
    list.hidden = true;
    return;
  }
  busy += fresh.length;
  fresh.forEach((one, at) => {
    working = working.then(async () => { // one after the other
      if (chosen.includes(one) && one.state === "waiting") {
        say(told(words.doing, { n: at + 1, of: fresh.length }));
        await shrink(one);
        if (chosen.includes(one)) { row(one); put() }
      }
      busy -= 1;
      if (!busy) say(told(words.done, { n: chosen.length, size: size(chosen.reduce((sum, file) => sum + file.file.size, 0)) }));
    });
  });
}

if (input && list && typeof DataTransfer === "function") {
  input.form.querySelectorAll("[name=go][value=add]").forEach(button => button.closest("p").remove());
  input.addEventListener("change", event => { if (!event.detail?.shrunk) take([...input.files]) });
  // Sent while a picture is still being shrunk: it goes as soon as that is done.
  document.addEventListener("submit", event => {
    if (event.target !== input.form) return;
    if (!busy) { if (chosen.length) say(words.sending); return }
    event.preventDefault();
    event.stopImmediatePropagation();
    const by = event.submitter;
    say(words.wait);
    working.then(() => input.form.requestSubmit(by));
  }, true);
  if (input.files.length) take([...input.files]);
}
