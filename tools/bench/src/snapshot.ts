import { createRequire } from "node:module";
import path from "node:path";
import { type Measured, median, words } from "./measure.ts";
import { pythonWithFrames, type Python } from "./python.ts";
import { wideModel, type WideModel } from "./wide-model.ts";
import { type Usage, usageOf } from "./workspace.ts";

const RUNS = 5;
/** The DuckDB that refit itself uses. */
export const duckdbOfRefit = createRequire(path.resolve("packages/refit/package.json")).resolve("@duckdb/node-api");

/** What one process took. */
interface Spent extends Usage {
  /** Milliseconds by the clock. */
  readonly time: number;
}

/** One of those that look at the same file, each in a process of its own; `null`: it cannot be had here. */
interface Rival {
  readonly name: string;
  readonly run: (() => Spent) | null;
  readonly missing: string;
}

/**
 * Hashing, reading, checking and profiling a file for the first time, beside others that read it and describe its columns, all
 * on as many threads as they like. Ratios are of processor time, which other work on the machine disturbs least.
 */
export function benchSnapshot(rows: number): Measured[] {
  const python = pythonWithFrames();
  return (["csv", "parquet"] as const).flatMap((format) => {
    const workspace = wideModel({ files: 1, rows });
    try {
      if (format === "parquet") writeParquet(workspace);
      workspace.commitSpecs({ candidate: "{ learner: linear }", minRows: 1_000_000_000, format });
      return compare(workspace, `data/0001.${format}`, rows, python);
    } finally {
      workspace.remove();
    }
  });
}

function compare(workspace: WideModel, file: string, rows: number, python: Python): Measured[] {
  const rivals = [
    { name: "DuckDB's SUMMARIZE", run: () => summarize(workspace, file), missing: "" },
    described(workspace, "polars", file, python),
    described(workspace, "pandas", file, python),
  ];
  const own: Spent[] = [];
  const theirs = rivals.map((): Spent[] => []);
  for (let i = 0; i < RUNS; i++) {
    own.push(firstSnapshot(workspace));
    for (const [k, { run }] of rivals.entries()) if (run !== null) theirs[k]!.push(run());
  }
  const refit = medianOf(own);
  const format = path.extname(file) === ".csv" ? "CSV" : "Parquet";
  return rivals.map(({ name, missing }, k) => {
    const spent = theirs[k]!.length === 0 ? null : medianOf(theirs[k]!);
    return {
      what: `First snapshot of ${rows.toLocaleString("en")} rows × 20 columns of ${format}, over ${name}`,
      refit: spentWords(refit),
      against: spent === null ? `skipped: ${missing}` : spentWords(spent),
      ratio: spent === null ? null : refit.cpu / spent.cpu,
      bar: k === 0 ? "1.3" : "–",
      runs: RUNS,
    };
  });
}

function medianOf(runs: readonly Spent[]): Spent {
  const of = (part: keyof Spent) => median(runs.map((run) => run[part]));
  return { time: of("time"), cpu: of("cpu"), peakMiB: of("peakMiB") };
}

const spentWords = ({ time, cpu, peakMiB }: Spent) =>
  `${words(cpu)} of processor time, ${words(time)} by the clock, ${Math.round(peakMiB)} MiB`;

/** A whole `refit run` that ends at the checks, since the manifest asks for more rows than there are. */
export function firstSnapshot(workspace: WideModel): Spent {
  workspace.clearCache();
  return measured(() => {
    const { stdout, ...usage } = workspace.refitWithUsage(["run", "wide"], [3]);
    if (!stdout.includes("wide: blocked")) throw new Error(`The run did not end at the checks:\n${stdout}`);
    return usage;
  });
}

function summarize(workspace: WideModel, file: string): Spent {
  const script = `import { DuckDBInstance } from ${JSON.stringify(duckdbOfRefit)};
    const connection = await (await DuckDBInstance.create(":memory:")).connect();
    await connection.runAndReadAll("SUMMARIZE SELECT * FROM '${file}'");
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
    console.log(maxRSS, userCPUTime + systemCPUTime);`;
  return measured(() => usageOf(workspace.node(["--input-type=module", "-e", script]).stdout));
}

/** Reads the file and describes its columns, with the number of different values, as SUMMARIZE does. */
const pythonScripts = {
  polars: `frame = polars.read_FORMAT(FILE); frame.describe(); frame.select(polars.all().n_unique())`,
  pandas: `frame = pandas.read_FORMAT(FILE); frame.describe(include="all"); frame.nunique()`,
};

function described(workspace: WideModel, name: keyof typeof pythonScripts, file: string, python: Python): Rival {
  if ("missing" in python) return { name, run: null, missing: python.missing };
  const work = pythonScripts[name].replace("FORMAT", path.extname(file).slice(1)).replace("FILE", JSON.stringify(file));
  const usage = "u = resource.getrusage(resource.RUSAGE_SELF); print(u.ru_maxrss, (u.ru_utime + u.ru_stime) * 1e6)";
  const script = `import resource, ${name}; ${work}; ${usage}`;
  const run = () => measured(() => usageOf(workspace.call(python.bin, ["-c", script]).stdout));
  return { name, run, missing: "" };
}

function measured(work: () => Usage): Spent {
  const started = performance.now();
  const { peakMiB, cpu } = work();
  return { peakMiB, cpu, time: performance.now() - started };
}

/** The same rows, in place of the CSV file. */
function writeParquet(workspace: WideModel): void {
  const script = `import { DuckDBInstance } from ${JSON.stringify(duckdbOfRefit)};
    const connection = await (await DuckDBInstance.create(":memory:")).connect();
    await connection.run("COPY (FROM 'data/0001.csv') TO 'data/0001.parquet' (FORMAT parquet)");`;
  workspace.node(["--input-type=module", "-e", script]);
}
