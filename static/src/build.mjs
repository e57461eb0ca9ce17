// Builds static/src into static/: minified, named by content, compressed beforehand.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

const out = dirname(dirname(fileURLToPath(import.meta.url)));
const names = {};
const own = /\.[0-9a-f]{8}\.(css|js|png|svg|woff2)(\.br|\.gz)?$/;
for (const folder of [out, join(out, "fonts"), join(out, "icons")]) {
  mkdirSync(folder, { recursive: true });
  for (const old of readdirSync(folder)) if (own.test(old)) rmSync(join(folder, old));
}

// Writes bytes under a name that changes with them, and small copies of what shrinks.
function keep(path, bytes) {
  const kind = extname(path);
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 8);
  const name = path.slice(0, -kind.length) + `.${hash}${kind}`;
  names[path] = name;
  writeFileSync(join(out, name), bytes);
  if (kind === ".woff2" || kind === ".png") { console.log(name, bytes.length, "bytes"); return; }
  const small = gzipSync(bytes, { level: 9 });
  writeFileSync(join(out, `${name}.gz`), small);
  writeFileSync(join(out, `${name}.br`), brotliCompressSync(bytes));
  console.log(name, bytes.length, "bytes,", small.length, "gz");
}

for (const folder of ["fonts", "icons"])
  for (const file of readdirSync(join(out, "src", folder)).sort()) {
    const bytes = readFileSync(join(out, "src", folder, file));
    if (file.endsWith(".txt")) writeFileSync(join(out, folder, file), bytes); // a licence beside its font
    else keep(`${folder}/${file}`, bytes);
  }

// Each script at the top of src is an entry, loaded by the pages that need it; what they share lies in src/js.
const scripts = readdirSync(join(out, "src")).filter(name => name.endsWith(".js")).sort();
for (const entry of ["app.css", "map.css", "review.css", ...scripts]) {
  const built = await build({
    entryPoints: [join(out, "src", entry)],
    bundle: true,
    minify: true,
    write: false,
    target: ["chrome105", "safari16", "firefox110"],
    external: ["/static/*"],
    loader: { ".png": "dataurl" },
    format: "iife",
  });
  const text = built.outputFiles[0].text.replace(/\/static\/([\w./-]+)/g, (whole, path) => `/static/${names[path] ?? path}`);
  keep(entry, Buffer.from(text));
}
writeFileSync(join(out, "assets.json"), JSON.stringify(names, null, 1) + "\n");
