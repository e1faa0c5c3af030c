// npm run corpus -- NAME [amount] [seed]
//
// The long form of tests that every run of the suite has in small: kills, damaged files, faults of networks and disks, records and requests
// drawn at random. They take long, so nothing runs them by itself.
import { spawnSync } from "node:child_process";

import { build, ensureInstalled, root, runScript } from "./install.mjs";

const corpora = {
  kill: {
    files: ["packages/refit/test/e2e/kill-schedules.test.ts"],
    variable: "CORPUS_SCHEDULES",
    amount: "300",
    /** The library that kills is compiled; elsewhere the suite's own kills, around git commands, are all there are. */
    missing: () =>
      (process.platform !== "linux" || spawnSync("cc", ["--version"]).status !== 0) && "Linux and a C compiler (`cc`)",
  },
  fuzz: {
    files: ["packages/refit/src/stored-formats.test.ts"],
    variable: "CORPUS_CASES",
    amount: "100000",
    missing: () => false,
  },
  network: {
    files: ["packages/refit/test/sources/network.test.ts"],
    variable: "CORPUS_FAULTS",
    amount: "300",
    missing: () => false,
  },
  database: {
    files: ["packages/refit/test/sources/postgres-faults.test.ts"],
    variable: "CORPUS_FAULTS",
    amount: "300",
    missing: () => false,
  },
  disk: {
    files: ["packages/refit/test/e2e/full-disk.test.ts"],
    variable: "CORPUS_FAULTS",
    amount: "300",
    /** The other corpora leave a full disk out, and say so; here there would be nothing left. */
    missing: () =>
      spawnSync("unshare", ["--mount", "--map-root-user", "true"]).status !== 0 &&
      "a machine that lets everybody mount (`unshare --mount --map-root-user`)",
  },
  export: {
    files: ["packages/refit/test/export/answers.test.ts"],
    variable: "CORPUS_RECORDS",
    amount: "100000",
    missing: () => false,
  },
  use: {
    files: ["packages/refit/test/use/every-path.test.ts"],
    variable: "CORPUS_RECORDS",
    amount: "100000",
    missing: () => false,
  },
  openapi: {
    files: ["packages/serve/test/peers/openapi.test.ts", "packages/refit/test/use/openapi.test.ts"],
    variable: "CORPUS_REQUESTS",
    amount: "2000",
    missing: () => false,
  },
  serve: {
    files: ["packages/serve/test/live.test.ts"],
    variable: "CORPUS_PROMOTIONS",
    amount: "200",
    missing: () => false,
  },
};

const [name, amount, seed = "1"] = process.argv.slice(2);
const corpus = Object.hasOwn(corpora, name ?? "") ? corpora[name] : null;
if (corpus === null) {
  console.error(`Usage: npm run corpus -- ${Object.keys(corpora).join("|")} [amount] [seed]`);
  process.exit(2);
}
const missing = corpus.missing();
if (missing) {
  console.log(`SKIPPED: the corpus ${name} needs ${missing}.`);
  process.exit(0);
}
ensureInstalled();
build();
process.env[corpus.variable] = amount ?? corpus.amount;
process.env["CORPUS_SEED"] = seed;
// One after the other, so that what they print does not mix.
runScript("run-tests.mjs", [
  ...corpus.files.map((file) => `${root}/${file}`),
  "--disable-console-intercept",
  "--maxWorkers=1",
]);
