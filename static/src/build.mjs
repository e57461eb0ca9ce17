// Builds static/src into static/: minified, named by content, compressed beforehand.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

const out = dirname(dirname(fileURLToPath(import.meta.url)));
const names = {};
for (const old of readdirSync(out)) if (/^app\.[0-9a-f]{8}\./.test(old)) rmSync(join(out, old));

for (const entry of ["app.css", "app.js"]) {
  const built = await build({
    entryPoints: [join(out, "src", entry)],
    bundle: true,
    minify: true,
    write: false,
    target: ["chrome105", "safari16", "firefox110"],
    external: ["/static/*"],
    format: "iife",
  });
  const bytes = Buffer.from(built.outputFiles[0].contents);
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 8);
  const kind = extname(entry);
  const name = `${basename(entry, kind)}.${hash}${kind}`;
  names[entry] = name;
  writeFileSync(join(out, name), bytes);
  writeFileSync(join(out, `${name}.gz`), gzipSync(bytes, { level: 9 }));
  writeFileSync(join(out, `${name}.br`), brotliCompressSync(bytes));
  console.log(name, bytes.length, "bytes,", readFileSync(join(out, `${name}.gz`)).length, "gz");
}
writeFileSync(join(out, "assets.json"), JSON.stringify(names, null, 1) + "\n");
