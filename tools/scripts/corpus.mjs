// npm run corpus -- kill|fuzz|network|database|disk|export|use [amount] [seed]
//
// The long form of seven tests that every run of the suite has in small: kills at random system calls, stored files that
// were damaged at random, faults of the network or of the disk below remote data and below a database, whole runs on a disk that
// becomes full, records that exported models answer, and records that every way to use a version answers. They take long, so nothing runs them by itself.
import { spawnSync } from "node:child_process";

import { build, ensureInstalled, root, runScript } from "./install.mjs";

const corpora = {
  kill: {
    file: "packages/refit/test/e2e/kill-schedules.test.ts",
    variable: "CORPUS_SCHEDULES",
    amount: "300",
    /** The library that kills is compiled; elsewhere the suite's own kills, around git commands, are all there are. */
    missing: () =>
      (process.platform !== "linux" || spawnSync("cc", ["--version"]).status !== 0) && "Linux and a C compiler (`cc`)",
  },
  fuzz: {
    file: "packages/refit/src/stored-formats.test.ts",
    variable: "CORPUS_CASES",
    amount: "100000",
    missing: () => false,
  },
  network: {
    file: "packages/refit/test/sources/network.test.ts",
    variable: "CORPUS_FAULTS",
    amount: "300",
    missing: () => false,
  },
  database: {
    file: "packages/refit/test/sources/postgres-faults.test.ts",
    variable: "CORPUS_FAULTS",
    amount: "300",
    missing: () => false,
  },
  disk: {
    file: "packages/refit/test/e2e/full-disk.test.ts",
    variable: "CORPUS_FAULTS",
    amount: "300",
    /** The other corpora leave a full disk out, and say so; here there would be nothing left. */
    missing: () =>
      spawnSync("unshare", ["--mount", "--map-root-user", "true"]).status !== 0 &&
      "a machine that lets everybody mount (`unshare --mount --map-root-user`)",
  },
  export: {
    file: "packages/refit/test/export/answers.test.ts",
    variable: "CORPUS_RECORDS",
    amount: "100000",
    missing: () => false,
  },
  use: {
    file: "packages/refit/test/use/every-path.test.ts",
    variable: "CORPUS_RECORDS",
    amount: "100000",
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
runScript("run-tests.mjs", [`${root}/${corpus.file}`, "--disable-console-intercept"]);
