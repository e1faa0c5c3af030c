// npm run demo: works in a fresh clone.
import { build, ensureInstalled, runScript } from "./install.mjs";

ensureInstalled();
build();
runScript("run-tool.mjs", ["tools/demo/src/demo.ts", ...process.argv.slice(2)]);
