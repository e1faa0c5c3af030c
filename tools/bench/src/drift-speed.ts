import { spawnSync } from "node:child_process";
import { createWriteStream, mkdtempSync, openSync, readSync, rmSync } from "node:fs";
import { once } from "node:events";
import { cpus, tmpdir } from "node:os";
import path from "node:path";
import { measureDrift } from "../../../packages/core/src/data/measure-drift.ts";
import { profileNumbers } from "../../../packages/core/src/data/profile-values.ts";
import type { ColumnProfile, Profile } from "../../../packages/core/src/data/profile.ts";
import { randomBits } from "../../../packages/core/src/statistics/resampling/random-bits.ts";
import { normalQuantile } from "../../../packages/core/src/statistics/special/normal.ts";
import { median } from "./measure.ts";

const rows = 1_000_000;
const columns = 30;
const runs = 3;

/** What one side reports of both tables: milliseconds, and the memory of its whole process. */
interface Side {
  /** Of the comparison, from the profiles that are kept between two nights. */
  readonly milliseconds: number;
  /** Of counting the new million rows besides. */
  readonly countMilliseconds: number;
  /** Of a two-sample test of the values themselves, which refit never needs. */
  readonly valuesMilliseconds: number;
  readonly peakMiB: number;
  /** Largest distance of the distribution functions of each column, from the profiles. */
  readonly ks: readonly number[];
  readonly psi: readonly number[];
}

/** The same work as a person who knows NumPy would write it, and `ks_2samp` of the values as well. */
const scipyProgram = `
import json, resource, sys, time
import numpy as np
from scipy.stats import chi2, ks_2samp, wasserstein_distance
rows, columns = int(sys.argv[2]), int(sys.argv[3])
log_ratio = np.log(1.02)

def load(i):
    return np.fromfile(sys.argv[1], dtype=np.float64, count=rows, offset=8 * rows * i)

def count(values):
    size = np.abs(values)
    keys = np.where(size < 1e-9, 0, np.sign(values) * (np.ceil(np.log(size) / log_ratio) + 1047)).astype(np.int64)
    least = keys.min()
    counts = np.bincount(keys - least)
    filled = np.flatnonzero(counts)
    return filled + least, counts[filled], values.min(), values.max(), values.sum(), np.dot(values, values)

def middle(keys):
    return np.sign(keys) * np.exp((np.abs(keys) - 1047.5) * log_ratio)

def compare(before, now):
    (keys_a, a), (keys_b, b) = before[:2], now[:2]
    n, m = a.sum(), b.sum()
    keys = np.union1d(keys_a, keys_b)
    all_a, all_b = np.zeros(len(keys)), np.zeros(len(keys))
    all_a[np.searchsorted(keys, keys_a)] = a
    all_b[np.searchsorted(keys, keys_b)] = b
    ks = np.max(np.abs(np.cumsum(all_a) / n - np.cumsum(all_b) / m))
    deciles = np.floor(10 * np.cumsum(a) / n)
    borders = keys_a[np.flatnonzero(np.diff(np.r_[0, deciles]) > 0)]
    p = np.bincount(np.searchsorted(borders, keys_a), a, len(borders) + 1)
    q = np.bincount(np.searchsorted(borders, keys_b), b, len(borders) + 1)
    used = p + q > 0
    p, q = p[used], q[used]
    k = len(p)
    share_p, share_q = (p + 0.5) / (n + 0.5 * k), (q + 0.5) / (m + 0.5 * k)
    psi = np.sum((share_q - share_p) * np.log(share_q / share_p))
    chi2.sf(psi * n * m / (n + m), k - 1), chi2.ppf(0.95, k - 1) * (1 / n + 1 / m)
    spread = np.sqrt(before[5] / n - (before[4] / n) ** 2)
    wasserstein_distance(middle(keys_a), middle(keys_b), a, b) / spread
    return float(ks), float(psi)

def timed(work, *arguments):
    started = time.perf_counter()
    result = work(*arguments)
    return result, 1000 * (time.perf_counter() - started)

milliseconds, count_milliseconds, values_milliseconds, ks, psi = 0, 0, 0, [], []
for i in range(columns):
    before, now = load(2 * i), load(2 * i + 1)
    first = count(before)
    second, counting = timed(count, now)
    (distance, stability), comparing = timed(compare, first, second)
    _, testing = timed(lambda: ks_2samp(before, now, method="asymp"))
    count_milliseconds, milliseconds = count_milliseconds + counting, milliseconds + comparing
    values_milliseconds += testing
    ks.append(distance)
    psi.append(stability)
print(json.dumps({
    "milliseconds": milliseconds,
    "countMilliseconds": count_milliseconds,
    "valuesMilliseconds": values_milliseconds,
    "peakMiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    "ks": ks,
    "psi": psi,
}))
`;

const measures: readonly (readonly [what: string, of: (side: Side) => number])[] = [
  ["ms to compare the profiles (PSI and its p-value, KS, Wasserstein)", (side) => side.milliseconds],
  ["ms to count the new rows into a profile besides", (side) => side.countMilliseconds],
  ["ms of both", (side) => side.milliseconds + side.countMilliseconds],
  ["MiB at most, of the whole process", (side) => side.peakMiB],
];

/** The second is Debian's, where its scipy package goes. */
const pythons = ["python3", "/usr/bin/python3"];

const [dataFile] = process.argv.slice(2);
if (dataFile === undefined) await main();
else process.stdout.write(JSON.stringify(refitSide(dataFile)));

async function main(): Promise<void> {
  const python = pythons.find((command) => scipyVersion(command) !== null);
  const folder = mkdtempSync(path.join(tmpdir(), "refit-drift-speed-"));
  try {
    const data = path.join(folder, "data.f64");
    await writeData(data);
    const refit: Side[] = [];
    const scipy: Side[] = [];
    for (let run = 0; run < runs; run++) {
      refit.push(sideOf(process.execPath, [process.argv[1]!, data]));
      if (python !== undefined) scipy.push(sideOf(python, ["-c", scipyProgram, data, String(rows), String(columns)]));
    }
    say(`${cpus().length} × ${cpus()[0]?.model ?? "?"}, Node ${process.version}\n`);
    say(`Drift of ${columns} columns, ${rows.toLocaleString("en")} rows then and as many now, ${runs} runs in turn:\n`);
    if (python === undefined) {
      for (const [what, of] of measures) say(`${what}: ${figure(refit, of)}`);
      say("SciPy: skipped, python3 with scipy is not here (Debian: apt-get install python3-scipy).");
      return;
    }
    say(`| what | refit | SciPy ${scipyVersion(python)} | ratio |\n| --- | --- | --- | --- |`);
    for (const [what, of] of measures) {
      const ratio = median(refit.map(of)) / median(scipy.map(of));
      say(`| ${what} | ${figure(refit, of)} | ${figure(scipy, of)} | ${ratio.toFixed(2)} |`);
    }
    say(
      `\nks_2samp of the values, which refit never needs: ${figure(scipy, (side) => side.valuesMilliseconds)} ms in SciPy.`,
    );
    checkAgreement(refit[0]!, scipy[0]!);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Column by column, first the champion's values, then the new ones: normal, every third skewed, some moved. */
async function writeData(file: string): Promise<void> {
  const stream = createWriteStream(file);
  for (let i = 0; i < 2 * columns; i++) {
    const next = randomBits(7, i);
    const moved = i % 2 === 1 && i % 5 === 0 ? 0.3 : 0;
    const values = Float64Array.from({ length: rows }, () => {
      const normal = normalQuantile((next() + 0.5) / 4_294_967_296) + moved;
      return Math.floor(i / 2) % 3 === 0 ? Math.exp(normal) : normal;
    });
    if (!stream.write(new Uint8Array(values.buffer))) await once(stream, "drain");
  }
  stream.end();
  await once(stream, "finish");
}

function refitSide(file: string): Side {
  const handle = openSync(file, "r");
  const values = new Float64Array(rows);
  const tables: [ColumnProfile[], ColumnProfile[]] = [[], []];
  let countMilliseconds = 0;
  for (let i = 0; i < 2 * columns; i++) {
    readSync(handle, new Uint8Array(values.buffer), 0, 8 * rows, 8 * rows * i);
    const started = performance.now();
    tables[i % 2]!.push(profileNumbers(`c${Math.floor(i / 2)}`, values));
    if (i % 2 === 1) countMilliseconds += performance.now() - started;
  }
  const [before, now] = tables.map((list): Profile => ({ format: 1, rows, columns: list })) as [Profile, Profile];
  const started = performance.now();
  const drift = measureDrift(before, now);
  const milliseconds = performance.now() - started;
  const peakMiB = process.resourceUsage().maxRSS / 1024;
  const [ks, psi] = [drift.map((column) => column.ks!), drift.map((column) => column.psi!)];
  return { milliseconds, countMilliseconds, valuesMilliseconds: 0, peakMiB, ks, psi };
}

/** A fast wrong answer is useless. */
function checkAgreement(refit: Side, scipy: Side): void {
  const apart = (of: (side: Side) => readonly number[]) =>
    Math.max(...of(refit).map((value, i) => Math.abs(value - of(scipy)[i]!)));
  const [ks, psi] = [apart((side) => side.ks), apart((side) => side.psi)];
  if (ks > 1e-4 || psi > 1e-3) throw new Error(`The two do not agree: KS ${ks} apart, PSI ${psi}.`);
  say(`Largest difference of a KS distance: ${ks.toExponential(1)}, of a PSI: ${psi.toExponential(1)}.`);
}

function sideOf(command: string, args: readonly string[]): Side {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8", maxBuffer: 1 << 26 });
  if (status !== 0) throw new Error(`${command} failed: ${stderr}`);
  return JSON.parse(stdout) as Side;
}

function scipyVersion(command: string): string | null {
  const { status, stdout } = spawnSync(command, ["-c", "import scipy; print(scipy.__version__)"], { encoding: "utf8" });
  return status === 0 ? stdout.trim() : null;
}

function figure(sides: readonly Side[], of: (side: Side) => number): string {
  return median(sides.map(of)).toFixed(1);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
