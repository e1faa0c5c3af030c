import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import path from "node:path";
import { comparePaired } from "../../../packages/core/src/statistics/compare-paired.ts";
import { randomBits } from "../../../packages/core/src/statistics/resampling/random-bits.ts";
import { median } from "./measure.ts";

const rows = 100_000;
const replicates = 1000;
const runs = 3;

/** What one side reports: milliseconds of the bootstrap alone, the memory of its whole process, and its result. */
interface Side {
  readonly milliseconds: number;
  readonly peakMiB: number;
  readonly improvement: number;
  readonly standardError: number;
}

/**
 * The same work as a person who knows NumPy would write it: both models sorted once, counts per resample, ties by
 * groups, no loop over rows. Drawing rows is faster there than drawing Poisson counts.
 */
const numpyProgram = `
import json, resource, sys, time
import numpy as np
target, champion, challenger = np.fromfile(sys.argv[1], dtype=np.float64).reshape(3, -1)
started = time.perf_counter()
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
first, second = prepare(champion), prepare(challenger)
random = np.random.default_rng(7)
values = np.empty(int(sys.argv[2]))
for i in range(len(values)):
    counts = np.bincount(random.integers(0, len(target), len(target)), minlength=len(target)).astype(np.float64)
    values[i] = auc(second, counts) - auc(first, counts)
ones = np.ones(len(target))
print(json.dumps({
    "milliseconds": 1000 * (time.perf_counter() - started),
    "peakMiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    "improvement": auc(second, ones) - auc(first, ones),
    "standardError": float(values.std(ddof=1)),
}))
`;

/** The second is Debian's, where its numpy package goes. */
const pythons = ["python3", "/usr/bin/python3"];

const [dataFile] = process.argv.slice(2);
if (dataFile === undefined) main();
else process.stdout.write(JSON.stringify(refitSide(dataFile)));

function main(): void {
  const python = pythons.find((command) => numpyVersion(command) !== null);
  const folder = mkdtempSync(path.join(tmpdir(), "refit-speed-"));
  try {
    const data = path.join(folder, "data.f64");
    writeFileSync(data, dataOf(rows));
    const program = path.join(folder, "bootstrap.py");
    writeFileSync(program, numpyProgram);
    const refit: Side[] = [];
    const numpy: Side[] = [];
    for (let run = 0; run < runs; run++) {
      refit.push(sideOf(process.execPath, [process.argv[1]!, data]));
      if (python !== undefined) numpy.push(sideOf(python, [program, data, String(replicates)]));
    }
    process.stdout.write(`${cpus().length} × ${cpus()[0]?.model ?? "?"}, Node ${process.version}\n\n`);
    process.stdout.write(
      `Paired bootstrap of the ROC AUC, ${replicates.toLocaleString("en")} replicates on ${rows.toLocaleString("en")} rows, ${runs} runs in turn:\n`,
    );
    process.stdout.write(line("refit", refit));
    if (python === undefined) {
      process.stdout.write("NumPy: skipped, python3 with numpy is not here (Debian: apt-get install python3-numpy).\n");
      return;
    }
    process.stdout.write(line(`NumPy ${numpyVersion(python)}`, numpy));
    checkAgreement(refit[0]!, numpy[0]!);
    const ratio = (of: (side: Side) => number) => (median(refit.map(of)) / median(numpy.map(of))).toFixed(2);
    process.stdout.write(
      `refit over NumPy: time ${ratio((s) => s.milliseconds)}, peak memory ${ratio((s) => s.peakMiB)}\n`,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function numpyVersion(python: string): string | null {
  const { status, stdout } = spawnSync(python, ["-c", "import numpy; print(numpy.__version__)"], { encoding: "utf8" });
  return status === 0 ? stdout.trim() : null;
}

function line(name: string, sides: readonly Side[]): string {
  const seconds = (median(sides.map(({ milliseconds }) => milliseconds)) / 1000).toFixed(2);
  const memory = Math.round(median(sides.map(({ peakMiB }) => peakMiB)));
  const { improvement, standardError } = sides[0]!;
  return `${name}: ${seconds} s, ${memory} MiB at most (improvement ${improvement.toFixed(6)}, standard error ${standardError.toFixed(6)})\n`;
}

/** A fast wrong answer is no answer. */
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

function refitSide(file: string): Side {
  const bytes = readFileSync(file);
  const all = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  const part = (i: number) => all.subarray((i * all.length) / 3, ((i + 1) * all.length) / 3);
  const [target, champion, challenger] = [part(0), part(1), part(2)];
  // One group per row, so that the bootstrap is used and not DeLong.
  const groups = Int32Array.from(target, (_, row) => row);
  const started = performance.now();
  const shape = { metric: "rocAuc", task: "binary", classes: 2, seed: 7, replicates } as const;
  const result = comparePaired({ ...shape, target, champion, challenger, groups });
  return {
    milliseconds: performance.now() - started,
    peakMiB: process.resourceUsage().maxRSS / 1024,
    improvement: result.improvement!,
    standardError: result.standardError!,
  };
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
