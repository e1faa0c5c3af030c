import { duckdbOfRefit, firstSnapshot } from "./snapshot.ts";
import { type Measured, median, words } from "./measure.ts";
import { wideModel } from "./wide-model.ts";
import { usageOf } from "./workspace.ts";

const RUNS = 5;
const FILES = 100;
const ROWS = 2_000;

/**
 * A run after one file was added to a hundred, over the first snapshot of the hundred, in processor time: cost follows change. And what Node and
 * DuckDB take of it before anything is read.
 */
export function benchOneNewFile(): Measured[] {
  const workspace = wideModel({ files: FILES, rows: ROWS });
  const candidate = "{ learner: linear }";
  const times = (work: () => number) => median(Array.from({ length: RUNS }, work));
  try {
    workspace.commitSpecs({ candidate, minRows: 1_000_000_000 });
    const first = times(() => firstSnapshot(workspace).cpu);

    workspace.commitSpecs({ candidate, minRows: 100 });
    workspace.promote();
    const again = times(() => {
      workspace.addFile(ROWS);
      const { stdout, cpu } = workspace.refitWithUsage(["run", "wide"]);
      if (!stdout.includes("wide: skipped")) throw new Error(`The new file did not end in a skip:\n${stdout}`);
      return cpu;
    });
    const floor = times(() => usageOf(workspace.node(["--eval", openDuckdb]).stdout).cpu);
    const all = `over the first snapshot of ${FILES} files of ${ROWS.toLocaleString("en")} rows`;
    const row = (what: string, cpu: number) => ({
      what: `${what}, ${all}`,
      refit: `${words(cpu)} of processor time`,
      against: words(first),
      ratio: cpu / first,
      bar: "–",
      runs: RUNS,
    });
    return [row("`refit run` after one new file", again), row("Node that opens DuckDB and reads nothing", floor)];
  } finally {
    workspace.remove();
  }
}

const openDuckdb = `(async () => {
  const { DuckDBInstance } = require(${JSON.stringify(duckdbOfRefit)});
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  (await instance.connect()).closeSync();
  instance.closeSync();
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  console.log(maxRSS, userCPUTime + systemCPUTime);
})()`;
