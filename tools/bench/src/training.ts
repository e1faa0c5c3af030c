import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Measured, median } from "./measure.ts";
import { pythonWithBoosting } from "./python.ts";
import { CATEGORICAL, COLUMNS, NUMERIC, writeTrainingRows } from "./training-rows.ts";

const RUNS = 3;

/** What one training took, in a process of its own; the data that it reads are in the memory of both sides once. */
interface Training {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMiB: number;
  /** On rows that neither side has learned from. */
  readonly auc: number;
}

/** Time 100 trees of 31 leaves beside LightGBM, on the same rows, with the same settings, on one thread and on two. */
export function benchTraining(rows: number): Measured[] {
  const folder = mkdtempSync(path.join(tmpdir(), "refit-bench-training-"));
  try {
    writeTrainingRows(folder, 1.5 * rows);
    return [1, 2].map((threads) => compare(folder, rows, threads));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function compare(folder: string, rows: number, threads: number): Measured {
  const python = pythonWithBoosting();
  const given = [folder, String(rows), String(threads)];
  const own: Training[] = [];
  const theirs: Training[] = [];
  for (let i = 0; i < RUNS; i++) {
    own.push(trained(process.execPath, ["tools/scripts/run-tool.mjs", "tools/bench/src/train-trees.ts", ...given]));
    if ("bin" in python) theirs.push(trained(python.bin, ["-c", program, ...given]));
  }
  const [refit, lightgbm] = [medianOf(own), theirs.length === 0 ? null : medianOf(theirs)];
  const on = `${rows.toLocaleString("en")} rows × ${COLUMNS} columns, ${threads === 1 ? "1 thread" : `${threads} threads`}`;
  return {
    what: `Training 100 trees on ${on}, over LightGBM`,
    refit: spentWords(refit),
    against: lightgbm === null ? `not here: ${"missing" in python ? python.missing : ""}` : spentWords(lightgbm),
    ratio: lightgbm === null ? null : refit.seconds / lightgbm.seconds,
    bar: threads === 1 ? "1" : "1.2 (goal 1)",
    runs: RUNS,
  };
}

function trained(command: string, args: readonly string[]): Training {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`The training ended with ${status}:\n${stderr}`);
  return JSON.parse(stdout) as Training;
}

function medianOf(runs: readonly Training[]): Training {
  const of = (name: keyof Training): number => median(runs.map((run) => run[name]));
  return { seconds: of("seconds"), cpuSeconds: of("cpuSeconds"), peakMiB: of("peakMiB"), auc: of("auc") };
}

function spentWords({ seconds, cpuSeconds, peakMiB, auc }: Training): string {
  return `${seconds.toFixed(2)} s (CPU ${cpuSeconds.toFixed(2)} s), ${Math.round(peakMiB)} MiB, AUC ${auc.toFixed(5)}`;
}

const program = `
import json, resource, sys, time
import lightgbm, numpy
folder, rows, threads = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
y = numpy.fromfile(folder + "/y.f64")
x = numpy.empty((len(y), ${COLUMNS}), numpy.float32)
with open(folder + "/x.f32", "rb") as file:
    for column in range(${COLUMNS}): x[:, column] = numpy.fromfile(file, numpy.float32, len(y))
settings = dict(objective="binary", num_leaves=31, learning_rate=0.1, max_bin=255, min_data_in_leaf=20, lambda_l2=1,
                min_data_per_group=20, num_threads=threads, deterministic=True, force_col_wise=True, verbose=-1)
started, before = time.perf_counter(), time.process_time()
data = lightgbm.Dataset(x[:rows], y[:rows], categorical_feature=list(range(${NUMERIC}, ${NUMERIC + CATEGORICAL})), params=settings)
model = lightgbm.train(settings, data, 100)
seconds, cpu = time.perf_counter() - started, time.process_time() - before
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
order = numpy.argsort(model.predict(x[rows:]), kind="stable")
rank = numpy.empty(len(order)); rank[order] = numpy.arange(1, len(order) + 1)
positive = y[rows:] == 1
count = positive.sum()
auc = (rank[positive].sum() - count * (count + 1) / 2) / (count * (len(order) - count))
print(json.dumps(dict(seconds=seconds, cpuSeconds=cpu, peakMiB=peak, auc=auc)))
`;
