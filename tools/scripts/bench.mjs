// npm run bench: works in a fresh clone.
import { build, ensureInstalled, runScript } from "./install.mjs";

ensureInstalled();
build();
runScript("run-tool.mjs", ["tools/bench/src/bench.ts", ...process.argv.slice(2)]);
