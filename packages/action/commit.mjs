// node packages/action/commit.mjs
//
// Copies build/ to dist/, which is committed, since GitHub runs an action as it is in the repository. Tests run build/, so
// that work in progress leaves dist/ alone: it changes once per finished piece of work.
import { cp, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const dist = fileURLToPath(new URL("dist", import.meta.url));
await rm(dist, { recursive: true, force: true });
await cp(fileURLToPath(new URL("build", import.meta.url)), dist, { recursive: true });
