import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { evaluateMetrics } from "@refit/core/judge";
import type { Python } from "../python.ts";
import { peerPackages } from "./environment.ts";
import { digestOf, machine, type Asked, type keptTrainings } from "./kept.ts";
import { parts, readSet, splitOf, targetOf, type DataSet } from "./data-set.ts";
import { writeMadeUp } from "./made-up.ts";
import type { Job, Took } from "./refit-side.ts";
import type { Outcome, SetResult, Skipped } from "./table.ts";

/** Longest that one process may train, by the clock: minutes on a quiet machine are an hour on a busy one. */
const TIMEOUT = 7_200_000;
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
  readonly kept: ReturnType<typeof keptTrainings>;
  /** What is trained: all, what is not kept, or nothing. */
  readonly from: "now" | "both" | "kept";
}

const metricOf = { binary: "rocAuc", multiclass: "logLoss", regression: "rmse" } as const;

const ourSources = ["packages/tabular/src", "packages/tabular/kernels", path.join(sources, "refit-side.ts")];

/** Digest of what trains: another one, and a training that is kept is not this one. */
const trainedBy = ({ python }: Contestant) =>
  python === undefined ? digestOf(ourSources) : digestOf([path.join(sources, "peers.py")], peerPackages.join());

/** A line of `sets.json`; what else it says, `export_set.py` reads. */
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

const madeUpName = "made-up-";

export function madeUpSet(rows: number): string {
  const name = `${madeUpName}${rows}`;
  const folder = path.join(dataHome, name);
  if (!existsSync(path.join(folder, "set.json"))) writeMadeUp(folder, name, rows);
  return folder;
}

/**
 * Every contestant on every split of every set, in turn, so that all meet the same weather on the machine; one seed after the other, so
 * that a run that is stopped leaves whole seeds.
 */
export function contestOn(folders: readonly string[], contest: Contest): SetResult[] {
  const rounds = folders.map((folder) => roundOn(folder, contest));
  for (const seed of contest.seeds) for (const round of rounds) round.play(seed);
  return rounds.map(({ result }) => result);
}

function roundOn(folder: string, { contestants, threads, kept, from }: Contest) {
  const set = readSet(folder);
  const rows = digestOf([path.join(folder, "set.json"), path.join(folder, "rows.f32")]);
  const outcomes = new Map(contestants.map(({ name }) => [name, new Map<number, Outcome>()]));
  const result: SetResult = {
    set,
    metric: metricOf[set.task],
    higherIsBetter: set.task === "binary",
    madeUp: set.name.startsWith(madeUpName),
    outcomes,
  };
  const play = (seed: number): void => {
    for (const contestant of contestants) {
      const by = trainedBy(contestant);
      const asked = { set: set.name, rows, seed, contestant: contestant.name, by, threads, machine };
      const before = from === "now" ? undefined : kept.find(asked);
      if (before === undefined && from === "kept") continue;
      const outcome = before ?? trainOn(folder, set, contestant, asked);
      outcomes.get(contestant.name)!.set(seed, outcome);
      if (before === undefined && !("skipped" in outcome)) kept.add(asked, outcome);
    }
  };
  return { result, play };
}

function trainOn(folder: string, set: DataSet, contestant: Contestant, { seed, threads }: Asked): Outcome {
  const scratch = mkdtempSync(path.join(tmpdir(), "refit-learners-"));
  try {
    const [split, out] = [path.join(scratch, "split.u8"), path.join(scratch, "predictions.f64")];
    const part = splitOf(set.rows, seed);
    writeFileSync(split, part);
    const job = { contestant: contestant.name, folder, split, seed, threads, out };
    const took = trainApart(contestant, job);
    const outcome = "skipped" in took ? took : scored(took, valueOf(set, part, job));
    process.stderr.write(`${set.name}, seed ${seed}, ${contestant.name}: ${JSON.stringify(outcome)}\n`);
    return outcome;
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

function trainApart({ python }: Contestant, job: Job): Took | Skipped {
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
  value === undefined ? { skipped: "the metric is not defined" } : { ...took, value, at: new Date().toISOString() };

function valueOf(set: DataSet, part: Uint8Array, { folder, out }: Job): number | undefined {
  const bytes = readFileSync(out);
  const predictions = new Float64Array(new Uint8Array(bytes).buffer);
  const target = targetOf(folder, set).filter((_, row) => part[row] === parts.test);
  const metric = metricOf[set.task];
  const { task, classes } = set;
  return evaluateMetrics([metric], { task, classes, target, predictions })[metric];
}

const lastLine = (text: string) => (text.trim().split("\n").at(-1) ?? "").slice(0, 160);
