import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { metrics } from "../../../packages/core/src/metrics/metrics.ts";
import {
  type DrawReplicates,
  drawReplicates,
} from "../../../packages/core/src/statistics/resampling/paired-replicates.ts";
import { randomBits } from "../../../packages/core/src/statistics/resampling/random-bits.ts";
import { deLong } from "../../../packages/core/src/statistics/paired/delong.ts";
import { threadedReplicates } from "../../../packages/refit/src/adapters/resampling/index.ts";
import { median } from "./measure.ts";
import { pythonWith } from "./python.ts";

const rows = 100_000;
const replicates = 1000;
const runs = 3;
const NUMPY = "2.4.6";
/** Of DeLong in one process; the median counts. */
const repeats = 9;

const tasks = {
  bootstrap: `Paired bootstrap of the ROC AUC, ${replicates.toLocaleString("en")} replicates on ${rows.toLocaleString("en")} rows`,
  delong: `DeLong's test of two ROC AUCs on ${rows.toLocaleString("en")} rows, median of ${repeats}`,
} as const;
type Task = keyof typeof tasks;

/** What one side reports: time of the task alone, the memory of its whole process, and its result. */
interface Side {
  readonly milliseconds: number;
  /** Of all threads. */
  readonly cpuMilliseconds: number;
  readonly peakMiB: number;
  readonly improvement: number;
  readonly standardError: number;
}

/**
 * The same work as a person who knows NumPy would write it. The bootstrap: both models sorted once, counts per resample,
 * ties by groups, no loop over rows; drawing rows is faster there than drawing Poisson counts. DeLong: midranks, after Sun
 * and Xu.
 */
const numpyProgram = `
import json, resource, sys, time
import numpy as np
target, champion, challenger = np.fromfile(sys.argv[1], dtype=np.float64).reshape(3, -1)
def prepare(scores):
    order = np.argsort(scores, kind="stable")
    ranked = scores[order]
    starts = np.flatnonzero(np.r_[True, ranked[1:] != ranked[:-1]])
    return order, target[order], starts
def auc(prepared, counts):
    order, labels, starts = prepared
    weights = counts[order]
    positives = np.add.reduceat(weights * labels, starts)
    negatives = np.add.reduceat(weights * (1 - labels), starts)
    below = np.cumsum(negatives) - negatives
    return np.sum(positives * (below + negatives / 2)) / (positives.sum() * negatives.sum())
def bootstrap():
    first, second = prepare(champion), prepare(challenger)
    random = np.random.default_rng(7)
    values = np.empty(${replicates})
    for i in range(len(values)):
        counts = np.bincount(random.integers(0, len(target), len(target)), minlength=len(target)).astype(np.float64)
        values[i] = auc(second, counts) - auc(first, counts)
    ones = np.ones(len(target))
    return auc(second, ones) - auc(first, ones), values.std(ddof=1)
def midranks(scores):
    _, place, counts = np.unique(scores, return_inverse=True, return_counts=True)
    return (np.cumsum(counts) - (counts - 1) / 2)[place]
def delong():
    positive = target == 1
    n, m = positive.sum(), (~positive).sum()
    aucs, beats, beaten = [], [], []
    for scores in (champion, challenger):
        ranks = midranks(scores)
        beats.append((ranks[positive] - midranks(scores[positive])) / m)
        beaten.append(1 - (ranks[~positive] - midranks(scores[~positive])) / n)
        aucs.append(beats[-1].mean())
    covariance = np.cov(beats) / n + np.cov(beaten) / m
    return aucs[1] - aucs[0], np.sqrt(covariance[0, 0] + covariance[1, 1] - 2 * covariance[0, 1])
times, spent = [], []
for _ in range(1 if sys.argv[2] == "bootstrap" else ${repeats}):
    started, before = time.perf_counter(), time.process_time()
    improvement, error = globals()[sys.argv[2]]()
    times.append(1000 * (time.perf_counter() - started))
    spent.append(1000 * (time.process_time() - before))
print(json.dumps({
    "milliseconds": float(np.median(times)),
    "cpuMilliseconds": float(np.median(spent)),
    "peakMiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    "improvement": float(improvement),
    "standardError": float(error),
}))
`;

const [dataFile, asked, threads = "1"] = process.argv.slice(2);
if (dataFile === undefined) await main();
else process.stdout.write(JSON.stringify(refitSide(dataFile, asked as Task, await drawOn(Number(threads)))));

/** The script of the other threads is made as the bundle makes it. */
async function drawOn(count: number): Promise<DrawReplicates> {
  if (count === 1) return drawReplicates;
  const script = pathToFileURL(path.resolve("packages/refit/resampling-program.mjs")).href;
  const made = (await import(script)) as { resamplingProgram: () => Promise<string> };
  return threadedReplicates({ program: await made.resamplingProgram(), threads: count });
}

async function main(): Promise<void> {
  const found = pythonWith({ numpy: NUMPY });
  const python = "bin" in found ? found.bin : undefined;
  const folder = mkdtempSync(path.join(tmpdir(), "refit-speed-"));
  try {
    const data = path.join(folder, "data.f64");
    writeFileSync(data, dataOf(rows));
    const program = path.join(folder, "numpy-side.py");
    writeFileSync(program, numpyProgram);
    process.stdout.write(`${cpus().length} × ${cpus()[0]?.model ?? "?"}, Node ${process.version}\n`);
    for (const task of Object.keys(tasks) as Task[]) compare(task, python, program, data);
    if ("missing" in found)
      process.stdout.write(`NumPy: skipped, ${found.missing}
`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function compare(task: Task, python: string | undefined, program: string, data: string): void {
  const counts = task === "bootstrap" ? [1, availableParallelism()] : [1];
  const refit = counts.map((): Side[] => []);
  const numpy: Side[] = [];
  for (let run = 0; run < runs; run++) {
    for (const [i, count] of counts.entries()) {
      refit[i]!.push(sideOf(process.execPath, [process.argv[1]!, data, task, String(count)]));
    }
    if (python !== undefined) numpy.push(sideOf(python, [program, data, task]));
  }
  const nameOf = (count: number) => `refit, ${count === 1 ? "1 thread" : `${count} threads`}`;
  process.stdout.write(`\n${tasks[task]}, ${runs} runs in turn:\n`);
  for (const [i, count] of counts.entries()) process.stdout.write(line(nameOf(count), refit[i]!));
  if (new Set(refit.map(([first]) => first!.standardError)).size > 1) throw new Error("Threads change the result.");
  if (python === undefined) return;
  process.stdout.write(line(`NumPy ${NUMPY}`, numpy));
  checkAgreement(refit[0]![0]!, numpy[0]!);
  for (const [i, count] of counts.entries()) {
    const ratio = (of: (side: Side) => number) => median(refit[i]!.map(of)) / median(numpy.map(of));
    const [time, cpu] = [ratio((s) => s.milliseconds), ratio((s) => s.cpuMilliseconds)];
    process.stdout.write(
      `${nameOf(count)}, over NumPy: time ${time.toFixed(2)} (${(1 / time).toFixed(1)} times as fast), CPU time ${cpu.toFixed(2)} (${(1 / cpu).toFixed(1)} times), peak memory ${ratio((s) => s.peakMiB).toFixed(2)}\n`,
    );
  }
}

function line(name: string, sides: readonly Side[]): string {
  const seconds = (median(sides.map(({ milliseconds }) => milliseconds)) / 1000).toFixed(3);
  const spent = (median(sides.map(({ cpuMilliseconds }) => cpuMilliseconds)) / 1000).toFixed(3);
  const memory = Math.round(median(sides.map(({ peakMiB }) => peakMiB)));
  const { improvement, standardError } = sides[0]!;
  return `${name}: ${seconds} s (CPU ${spent} s), ${memory} MiB at most (improvement ${improvement.toFixed(6)}, standard error ${standardError.toFixed(6)})\n`;
}

/** A fast wrong answer is useless. */
function checkAgreement(refit: Side, numpy: Side): void {
  const error = refit.standardError / numpy.standardError;
  if (Math.abs(refit.improvement - numpy.improvement) > 1e-9 || error < 0.85 || error > 1.15) {
    throw new Error(`The two do not agree: ${JSON.stringify({ refit, numpy })}`);
  }
}

function sideOf(command: string, args: readonly string[]): Side {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} failed:\n${stderr}`);
  return JSON.parse(stdout) as Side;
}

function refitSide(file: string, task: Task, draw: DrawReplicates): Side {
  const bytes = readFileSync(file);
  const all = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  const part = (i: number) => all.subarray((i * all.length) / 3, ((i + 1) * all.length) / 3);
  const [target, champion, challenger] = [part(0), part(1), part(2)];
  const times: number[] = [];
  const spent: number[] = [];
  const timed = <T>(work: () => T): T => {
    const started = performance.now();
    const before = process.cpuUsage();
    const result = work();
    times.push(performance.now() - started);
    const { user, system } = process.cpuUsage(before);
    spent.push((user + system) / 1000);
    return result;
  };
  const shape = { task: "binary", classes: 2, seed: 7, replicates } as const;
  let [improvement, standardError] = [0, 0];
  for (let run = 0; run < (task === "bootstrap" ? 1 : repeats); run++) {
    if (task === "bootstrap") {
      // Asked for itself: a comparison would take DeLong's test, which is faster.
      const pairs = [{ metric: "rocAuc", champion, challenger }];
      const [values] = timed(() => draw({ ...shape, target, pairs }));
      const rocAuc = (predictions: Float64Array) => metrics.rocAuc.evaluate({ ...shape, target, predictions })!;
      [improvement, standardError] = [rocAuc(challenger) - rocAuc(champion), deviation(values!)];
    } else {
      const result = timed(() => deLong(target, champion, challenger))!;
      [improvement, standardError] = [result.difference, result.standardError];
    }
  }
  const peakMiB = process.resourceUsage().maxRSS / 1024;
  return { milliseconds: median(times), cpuMilliseconds: median(spent), peakMiB, improvement, standardError };
}

function deviation(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / (values.length - 1));
}

/** Target, champion and challenger, one after another; scores have six digits, so that some are tied. */
function dataOf(count: number): Uint8Array {
  const next = randomBits(1);
  const uniform = () => next() / 4_294_967_296;
  const target = Float64Array.from({ length: count }, () => Number(uniform() < 0.1));
  const model = (signal: number) =>
    target.map((label) => Math.round(1e6 * (signal * label + uniform() + uniform())) / 1e6);
  return new Uint8Array(Float64Array.from([...target, ...model(0.5), ...model(0.51)]).buffer);
}
