// Forms that are not sent yet, in the browser's own database: "drafts" are being written, the "queue" waits for a line.
// Both are named by the form's own key. Works in pages and in the service worker.
let opened;
const open = () => opened ??= new Promise((done, fail) => {
  const asked = indexedDB.open("forms", 1);
  asked.onupgradeneeded = () => { for (const name of ["drafts", "queue"]) asked.result.createObjectStore(name, { keyPath: "key" }) };
  asked.onsuccess = () => { asked.result.onversionchange = () => asked.result.close(); done(asked.result) };
  asked.onerror = () => { opened = undefined; fail(asked.error) };
});

// One transaction; resolves when it is on the disk, with what `act` asked for.
async function turn(names, mode, act) {
  const base = await open();
  return new Promise((done, fail) => {
    const going = base.transaction(names, mode);
    const asked = act(name => going.objectStore(name));
    going.oncomplete = () => done(asked?.result);
    going.onabort = going.onerror = () => fail(going.error ?? asked?.error);
  });
}

export const all = name => turn([name], "readonly", at => at(name).getAll());
export const get = (name, key) => turn([name], "readonly", at => at(name).get(key));
export const put = (name, value) => turn([name], "readwrite", at => at(name).put(value));
export const drop = (name, key) => turn([name], "readwrite", at => at(name).delete(key));
// From one to the other, never in both and never in none.
export const move = (from, to, value) => turn([from, to], "readwrite", at => { at(from).delete(value.key); return at(to).put(value) });
