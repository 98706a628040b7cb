/** Builds every widget into one HTML file, and writes down what it was built from.
 *
 *     npm run build     writes static/widgets
 *     npm run fresh     fails when that would change anything
 */

import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const HERE = dirname(fileURLToPath(import.meta.url));
const WIDGETS = join(HERE, "src", "widgets");
const INTO = join(HERE, "..", "static", "widgets");
const SOURCES = ["src", "build.mjs", "package.json", "package-lock.json", "tsconfig.json"];
const MOST_BYTES = 60 * 1024;
const LICENCE = "preact-LICENSE.txt"; // of the one package whose code is in the files

/** One digest of the names and contents of all sources; tests/widgets/test_built_files.py computes the same. */
function sourcesDigest() {
  const digest = createHash("sha256");
  for (const file of SOURCES.flatMap((name) => files(join(HERE, name))).sort()) {
    digest.update(`${relative(HERE, file).replaceAll("\\", "/")}\0`);
    digest.update(createHash("sha256").update(readFileSync(file)).digest("hex"));
  }
  return digest.digest("hex");
}

function files(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).flatMap((name) => files(join(path, name)));
}

async function compiled(name) {
  const { output } = (
    await build({
      root: HERE,
      configFile: false,
      logLevel: "warn",
      build: {
        write: false,
        target: "es2022",
        minify: true,
        cssMinify: true,
        modulePreload: false,
        assetsInlineLimit: 0,
        lib: { entry: join(WIDGETS, name, "main.tsx"), formats: ["iife"], name: "widget", fileName: () => "widget.js", cssFileName: "widget" },
      },
      define: { "process.env.NODE_ENV": '"production"' },
    })
  )[0];
  const code = output.find((part) => part.type === "chunk").code;
  const style = output.find((part) => part.fileName.endsWith(".css"));
  return { code: code.trim(), style: String(style?.source ?? "").trim() };
}

/** Nothing in it is loaded from anywhere, and nothing but its one script and its one style runs: a policy can name both. */
function page(title, { code, style }) {
  if (/<\/(script|style)/i.test(code + style)) throw new Error(`${title} ends its own script or style.`);
  return `<!doctype html>
<!-- With Preact (MIT licence, see ${LICENCE}). -->
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<div id="app"></div>
<script>${code}</script>
</body>
</html>
`;
}

async function built() {
  const result = new Map([[LICENCE, readFileSync(join(HERE, "node_modules", "preact", "LICENSE"), "utf8")]]);
  const manifest = { sources: sourcesDigest(), widgets: {} };
  for (const name of readdirSync(WIDGETS).sort()) {
    const about = JSON.parse(readFileSync(join(WIDGETS, name, "about.json"), "utf8"));
    const html = page(about.title, await compiled(name));
    if (html.length > MOST_BYTES) throw new Error(`${name} has ${html.length} bytes; the most is ${MOST_BYTES}.`);
    result.set(`${name}.html`, html);
    manifest.widgets[name] = { ...about, sha256: createHash("sha256").update(html).digest("hex") };
  }
  return result.set("manifest.json", `${JSON.stringify(manifest, null, 2)}\n`);
}

function present() {
  try {
    return new Map(readdirSync(INTO).map((name) => [name, readFileSync(join(INTO, name), "utf8")]));
  } catch {
    return new Map();
  }
}

const wanted = await built();
const old = present();
const changed = [...new Set([...wanted.keys(), ...old.keys()])].filter((name) => wanted.get(name) !== old.get(name));
if (process.argv.includes("--check")) {
  if (changed.length > 0) console.error(`Stale: ${changed.join(", ")}. Build anew with: bin/ghar widgets`);
  process.exitCode = changed.length > 0 ? 1 : 0;
} else {
  mkdirSync(INTO, { recursive: true });
  for (const name of old.keys()) if (!wanted.has(name)) rmSync(join(INTO, name));
  for (const [name, text] of wanted) writeFileSync(join(INTO, name), text);
  for (const [name, text] of wanted) console.log(`${name.padEnd(32)}${(text.length / 1024).toFixed(1)} KB`);
}
