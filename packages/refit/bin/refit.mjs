#!/usr/bin/env node
import { existsSync } from "node:fs";

const bundle = new URL("../dist/bundle/cli.mjs", import.meta.url);
if (existsSync(bundle)) {
  await import(bundle.href);
} else {
  console.error("refit is not built yet: run `npm ci` or `npm run build` at the root of its repository.");
  process.exitCode = 1;
}
