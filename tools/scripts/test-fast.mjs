// npm run test:fast: what starts no process and no git, straight from the sources, so that nothing is built before.
import { ensureInstalled, runScript } from "./install.mjs";

ensureInstalled();
runScript("run-tests.mjs", ["--project=unit", ...process.argv.slice(2)]);
