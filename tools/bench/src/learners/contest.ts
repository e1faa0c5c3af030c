import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { evaluateMetrics } from "@refit/core/judge";
import type { Python } from "../python.ts";
import { parts, readSet, splitOf, targetOf, type DataSet } from "./data-set.ts";
import { writeMadeUp } from "./made-up.ts";
import type { Job, Took } from "./refit-side.ts";
import type { Outcome, SetResult } from "./table.ts";

/** Longest that one process may train. */
const TIMEOUT = 600_000;
const sources = "tools/bench/src/learners";
const dataHome = ".cache/bench/learners-data";

export const setsFile = path.join(sources, "sets.json");

export interface Contestant {
  readonly name: string;
  /** Absent: it is ours, and a process of this program trains it. */
  readonly python?: Python;
}

export interface Contest {
  readonly contestants: readonly Contestant[];
  readonly seeds: readonly number[];
  readonly threads: number;
}

const metricOf = { binary: "rocAuc", multiclass: "logLoss", regression: "rmse" } as const;

/** A line of `sets.json`; what else it says, `export_sets.py` reads. */
export interface SetDefinition {
  readonly name: string;
}

/** @returns the folder of a set from a package, or why there is none. It is written once for each definition. */
export function exportedSet(definition: SetDefinition, python: Python): string | { readonly missing: string } {
  const asked = JSON.stringify(definition);
  const digest = createHash("sha256").update(asked).digest("hex").slice(0, 8);
  const folder = path.join(dataHome, `${definition.name}-${digest}`);
  if (existsSync(path.join(folder, "set.json"))) return folder;
  if ("missing" in python) return python;
  const done = spawnSync(python.bin, [path.join(sources, "export_set.py"), asked, folder], { encoding: "utf8" });
  return done.status === 0 ? folder : { missing: lastLine(done.stderr) };
}

export function madeUpSet(rows: number): string {
  const name = `made-up-${rows}`;
  const folder = path.join(dataHome, name);
  if (!existsSync(path.join(folder, "set.json"))) writeMadeUp(folder, name, rows);
  return folder;
}

/** Every contestant on every split of one set, in turn, so that all meet the same weather on the machine. */
export function contestOn(folder: string, { contestants, seeds, threads }: Contest): SetResult {
  const set = readSet(folder);
  const metric = metricOf[set.task];
  const outcomes = new Map<string, Outcome[]>(contestants.map(({ name }) => [name, []]));
  const scratch = mkdtempSync(path.join(tmpdir(), "refit-learners-"));
  try {
    const [split, out] = [path.join(scratch, "split.u8"), path.join(scratch, "predictions.f64")];
    for (const seed of seeds) {
      const part = splitOf(set.rows, seed);
      writeFileSync(split, part);
      for (const contestant of contestants) {
        const job = { contestant: contestant.name, folder, split, seed, threads, out };
        const took = trainApart(contestant, job);
        const outcome = "skipped" in took ? took : scored(took, valueOf(set, part, job));
        outcomes.get(contestant.name)!.push(outcome);
        process.stderr.write(`${set.name}, seed ${seed}, ${contestant.name}: ${JSON.stringify(outcome)}\n`);
      }
    }
  } finally {
    rmSync(scratch, { recursive: true });
  }
  return { set, metric, higherIsBetter: set.task === "binary", outcomes };
}

function trainApart({ python }: Contestant, job: Job): Took | { readonly skipped: string } {
  if (python !== undefined && "missing" in python) return { skipped: python.missing };
  const [command, program] =
    python === undefined ? [process.execPath, process.argv[1]!] : [python.bin, path.join(sources, "peers.py")];
  const limits = Object.fromEntries(
    ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"].map((name) => [name, String(job.threads)]),
  );
  const { status, stdout, stderr, error } = spawnSync(command, [program, JSON.stringify(job)], {
    encoding: "utf8",
    timeout: TIMEOUT,
    env: { ...process.env, ...limits },
  });
  if (status === 0) return JSON.parse(lastLine(stdout)) as Took;
  return { skipped: error === undefined ? lastLine(stderr) : error.message };
}

const scored = (took: Took, value: number | undefined): Outcome =>
  value === undefined ? { skipped: "the metric is not defined" } : { ...took, value };

function valueOf(set: DataSet, part: Uint8Array, { folder, out }: Job): number | undefined {
  const bytes = readFileSync(out);
  const predictions = new Float64Array(new Uint8Array(bytes).buffer);
  const target = targetOf(folder, set).filter((_, row) => part[row] === parts.test);
  const metric = metricOf[set.task];
  const { task, classes } = set;
  return evaluateMetrics([metric], { task, classes, target, predictions })[metric];
}

const lastLine = (text: string) => (text.trim().split("\n").at(-1) ?? "").slice(0, 160);
