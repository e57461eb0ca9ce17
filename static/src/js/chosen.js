// Files of a draft: kept as they were chosen, put back into the field when the page has to be filled in again.
const MB = 1024 * 1024;
export const ONE = 10 * MB, TOGETHER = 20 * MB;

export const same = (one, other) => one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;

// Those that fit beside `kept`, and the names of those that do not.
export function within(kept, chosen) {
  let size = kept.reduce((sum, file) => sum + file.size, 0);
  const fits = [], left = [];
  for (const file of chosen)
    if (file.size <= ONE && size + file.size <= TOGETHER) { fits.push(file); size += file.size } else left.push(file.name);
  return { fits, left };
}

export function putBack(input, files) {
  const all = new DataTransfer();
  for (const file of files) all.items.add(file);
  input.files = all.files;
}
