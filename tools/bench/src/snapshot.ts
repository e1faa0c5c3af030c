import { createRequire } from "node:module";
import path from "node:path";
import { inTurn, type Measured, median, timed, words } from "./measure.ts";
import { wideModel, type WideModel } from "./wide-model.ts";

const RUNS = 5;
/** The DuckDB that refit itself uses. */
const duckdb = createRequire(path.resolve("packages/refit/package.json")).resolve("@duckdb/node-api");

/** Hashing, reading, checking and profiling a file for the first time, over DuckDB's own SUMMARIZE of it. */
export function benchSnapshot(rows: number): Measured[] {
  const workspace = wideModel({ files: 1, rows });
  try {
    workspace.commitSpecs({ candidate: "{ learner: linear }", minRows: 1_000_000_000 });
    const snapshot = () => firstSnapshot(workspace);
    const oneThread = inTurn(RUNS, snapshot, () => summarize(workspace, 1));
    const allThreads = median(Array.from({ length: RUNS }, () => timed(() => summarize(workspace, null))));
    const what = `Snapshot and profile of ${rows.toLocaleString("en")} rows × 20 columns, over DuckDB's SUMMARIZE`;
    return [
      row(`${what}, both on one thread`, oneThread.first, oneThread.second),
      row(`${what} on all threads`, oneThread.first, allThreads),
    ];
  } finally {
    workspace.remove();
  }
}

function row(what: string, refit: number, against: number): Measured {
  return { what, refit: words(refit), against: words(against), ratio: refit / against, bar: "–", runs: RUNS };
}

/** A whole `refit run` that ends at the checks, since the manifest asks for more rows than there are. */
export function firstSnapshot(workspace: WideModel): void {
  workspace.clearCache();
  const { stdout } = workspace.refit(["run", "wide"], [3]);
  if (!stdout.includes("wide: blocked")) throw new Error(`The run did not end at the checks:\n${stdout}`);
}

function summarize(workspace: WideModel, threads: number | null): void {
  const setting = threads === null ? "{}" : `{ threads: "${threads}" }`;
  const script = `import { DuckDBInstance } from ${JSON.stringify(duckdb)};
    const connection = await (await DuckDBInstance.create(":memory:", ${setting})).connect();
    await connection.runAndReadAll("SUMMARIZE SELECT * FROM 'data/0001.csv'");`;
  workspace.node(["--input-type=module", "-e", script]);
}
