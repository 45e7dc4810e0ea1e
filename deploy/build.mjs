/**
 * Stylesheets and modules as they travel: every file a page names, folded with what it imports and made small,
 * under the same address. `node deploy/build.mjs <folder>`; docs/adr/0018 says why.
 *
 * A page's own files are read as they are where this was not run (development), so nothing exists only here.
 */
import { readFileSync, readdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { argv } from "node:process";

import { build } from "esbuild";

const ROOT = resolve(import.meta.dirname, "..");
const STATIC = join(ROOT, "static");
const NAMED = /\{% static '((?:css|js)\/[\w/]+\.(?:css|js))' %\}/g;

/** What the templates link: these are entries, everything else is somebody's part. */
function entries() {
  const names = new Set();
  for (const file of readdirSync(join(ROOT, "templates"), { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".html")) continue;
    for (const [, name] of readFileSync(join(ROOT, "templates", file), "utf8").matchAll(NAMED)) names.add(name);
  }
  return [...names].sort().map((name) => join(STATIC, name));
}

const outdir = resolve(argv[2] ?? join(ROOT, "built"));
rmSync(outdir, { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: entries(),
  outbase: STATIC,
  outdir,
  bundle: true,
  minify: true,
  format: "esm",
  // Two pages' shared modules are one file, so that a fragment's script and its page's have one state between them.
  splitting: true,
  chunkNames: "js/chunks/[name]-[hash]",
  target: ["es2022", "chrome109", "firefox115", "safari16"],
  // Faces stay where they are; icons are smaller than a request; hls.js and model-viewer come by the import map, when needed.
  external: ["*.woff2", "hls.js", "@google/model-viewer"],
  loader: { ".svg": "dataurl" },
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
  metafile: true,
});
console.log(`${Object.keys(metafile.outputs).length} files in ${outdir}`);
