import { spawnSync } from "node:child_process";
import { createWriteStream, mkdtempSync, openSync, readSync, rmSync } from "node:fs";
import { once } from "node:events";
import { cpus, tmpdir } from "node:os";
import path from "node:path";
import { bucketOf } from "../../../packages/core/src/data/buckets.ts";
import { measureDrift } from "../../../packages/core/src/data/measure-drift.ts";
import type { ColumnProfile, Profile } from "../../../packages/core/src/data/profile.ts";
import { randomBits } from "../../../packages/core/src/statistics/resampling/random-bits.ts";
import { normalQuantile } from "../../../packages/core/src/statistics/special/normal.ts";
import { median } from "./measure.ts";

const rows = 1_000_000;
const columns = 30;
const runs = 3;

/** What one side reports of both tables: milliseconds, and the memory of its whole process. */
interface Side {
  /** Of the comparison, from what is stored between two nights: profiles, or the values. */
  readonly milliseconds: number;
  /** Of counting the new million rows besides; 0 where there is nothing to count. */
  readonly countMilliseconds: number;
  readonly peakMiB: number;
  /** Largest distance of the distribution functions of each column. */
  readonly ks: readonly number[];
}

const scipyProgram = `
import json, resource, sys, time
import numpy as np
from scipy.stats import ks_2samp
rows, columns = int(sys.argv[2]), int(sys.argv[3])
milliseconds, ks = 0, []
for i in range(columns):
    before = np.fromfile(sys.argv[1], dtype=np.float64, count=rows, offset=8 * rows * 2 * i)
    now = np.fromfile(sys.argv[1], dtype=np.float64, count=rows, offset=8 * rows * (2 * i + 1))
    started = time.perf_counter()
    ks.append(float(ks_2samp(before, now, method="asymp").statistic))
    milliseconds += 1000 * (time.perf_counter() - started)
print(json.dumps({
    "milliseconds": milliseconds,
    "countMilliseconds": 0,
    "peakMiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    "ks": ks,
}))
`;

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
    say(`Drift of ${columns} columns, ${rows.toLocaleString("en")} rows then and as many now, ${runs} runs in turn:`);
    say(
      `refit: ${figure(refit, (side) => side.milliseconds)} ms from the profiles (PSI, its p-value, KS, Wasserstein)`,
    );
    say(`  and ${figure(refit, (side) => side.countMilliseconds)} ms to count the new rows in plain JavaScript`);
    say(`  peak ${figure(refit, (side) => side.peakMiB)} MiB`);
    if (python === undefined) {
      say("SciPy: skipped, python3 with scipy is not here (Debian: apt-get install python3-scipy).");
      return;
    }
    say(`SciPy ${scipyVersion(python)}: ${figure(scipy, (side) => side.milliseconds)} ms for ks_2samp of every column`);
    say(`  peak ${figure(scipy, (side) => side.peakMiB)} MiB`);
    checkAgreement(refit[0]!, scipy[0]!);
    const ratio = (of: (side: Side) => number) =>
      (median(refit.map(of)) / median(scipy.map(({ milliseconds }) => milliseconds))).toFixed(3);
    say(
      `ratio ${ratio((side) => side.milliseconds)} from profiles, ${ratio((s) => s.milliseconds + s.countMilliseconds)} with counting`,
    );
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
    tables[i % 2]!.push(counted(`c${Math.floor(i / 2)}`, values));
    if (i % 2 === 1) countMilliseconds += performance.now() - started;
  }
  const [before, now] = tables.map((list): Profile => ({ format: 1, rows, columns: list })) as [Profile, Profile];
  const started = performance.now();
  const drift = measureDrift(before, now);
  const milliseconds = performance.now() - started;
  const peakMiB = process.resourceUsage().maxRSS / 1024;
  return { milliseconds, countMilliseconds, peakMiB, ks: drift.map(({ ks }) => ks!) };
}

function counted(name: string, values: Float64Array): ColumnProfile {
  const counts = new Map<number, number>();
  let [min, max, sum, sumOfSquares] = [Infinity, -Infinity, 0, 0];
  for (const value of values) {
    const key = bucketOf(value);
    counts.set(key, (counts.get(key) ?? 0) + 1);
    min = Math.min(min, value);
    max = Math.max(max, value);
    sum += value;
    sumOfSquares += value * value;
  }
  const buckets = [...counts].sort(([a], [b]) => a - b);
  return { name, type: "number", rows: values.length, nulls: 0, min, max, sum, sumOfSquares, buckets };
}

/** Buckets are 2 % wide, so the distance from them is at most that of the values, and little less. */
function checkAgreement(refit: Side, scipy: Side): void {
  const apart = Math.max(...refit.ks.map((distance, i) => Math.abs(distance - scipy.ks[i]!)));
  if (apart > 0.01) throw new Error(`The two do not compute the same: KS distances are ${apart} apart.`);
  say(`largest difference of a KS distance from buckets and from values: ${apart.toFixed(5)}`);
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
