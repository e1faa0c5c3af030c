// npm test: works in a fresh clone. Arguments are passed on to vitest.
import { build, ensureInstalled, runScript } from "./install.mjs";

ensureInstalled();
build();
runScript("run-tests.mjs", process.argv.slice(2));
