/** Bundles the test host into the file that is named: node hosts/build.mjs FILE */

import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const HERE = dirname(fileURLToPath(import.meta.url));
const into = process.argv[2];
if (into === undefined) throw new Error("Say where to write the bundle.");
const [{ output }] = await build({
  root: HERE,
  configFile: false,
  logLevel: "warn",
  build: {
    write: false,
    target: "es2022",
    minify: false,
    lib: { entry: join(HERE, "mcp-apps.ts"), formats: ["iife"], name: "host", fileName: () => "host.js" },
  },
});
writeFileSync(into, output.find((part) => part.type === "chunk").code);
