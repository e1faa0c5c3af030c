#!/usr/bin/env node
"use strict";
const { existsSync } = require("node:fs");
const { join } = require("node:path");

const bundle = join(__dirname, "../dist/bundle/cli.cjs");
if (existsSync(bundle)) {
  require(bundle);
} else {
  console.error("refit is not built yet: run `npm ci` or `npm run build` at the root of its repository.");
  process.exitCode = 1;
}
