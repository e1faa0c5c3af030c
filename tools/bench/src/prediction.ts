import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Measured, median } from "./measure.ts";
import { pythonWithBoosting } from "./python.ts";
import { CATEGORICAL, COLUMNS, NUMERIC, writeTrainingRows } from "./training-rows.ts";

const RUNS = 3;

/** What predicting took on one thread, in a process of its own: CPU seconds, since another process may run beside it. */
interface Prediction {
  /** Of all rows in one call. */
  readonly batchSeconds: number;
  /** Of one row, the mean over many calls. */
  readonly rowSeconds: number;
}

/** Time 100 trees of 31 leaves on rows that they have not seen, beside LightGBM's own trees from the same settings, on one thread. */
export function benchPrediction(rows: number): Measured[] {
  const folder = mkdtempSync(path.join(tmpdir(), "refit-bench-prediction-"));
  try {
    writeTrainingRows(folder, rows + LEARNED);
    return compare(folder, rows);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Rows that both train on first. */
const LEARNED = 50_000;

function compare(folder: string, rows: number): Measured[] {
  const python = pythonWithBoosting();
  const given = [folder, String(LEARNED), String(rows)];
  const own: Prediction[] = [];
  const theirs: Prediction[] = [];
  for (let i = 0; i < RUNS; i++) {
    own.push(predicted(process.execPath, ["tools/scripts/run-tool.mjs", "tools/bench/src/predict-rows.ts", ...given]));
    if ("bin" in python) theirs.push(predicted(python.bin, ["-c", program, ...given]));
  }
  const missing = "missing" in python ? `not here: ${python.missing}` : "";
  const line = (what: string, name: keyof Prediction, wordsOf: (seconds: number) => string): Measured => {
    const of = (runs: readonly Prediction[]): number => median(runs.map((run) => run[name]));
    return {
      what: `Predicting with 100 trees × ${COLUMNS} columns, ${what}, over LightGBM`,
      refit: wordsOf(of(own)),
      against: theirs.length === 0 ? missing : wordsOf(of(theirs)),
      ratio: theirs.length === 0 ? null : of(own) / of(theirs),
      bar: name === "rowSeconds" ? "20 µs" : "1",
      runs: RUNS,
    };
  };
  const perSecond = (seconds: number): string => `${Math.round(rows / seconds / 1000)} thousand rows per CPU second`;
  return [
    line(`${rows.toLocaleString("en")} rows at once on 1 thread`, "batchSeconds", perSecond),
    line("one row", "rowSeconds", (seconds) => `${(1e6 * seconds).toFixed(1)} µs`),
  ];
}

function predicted(command: string, args: readonly string[]): Prediction {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`The prediction ended with ${status}:\n${stderr}`);
  return JSON.parse(stdout) as Prediction;
}

const program = `
import json, sys, time
import lightgbm, numpy
folder, learned = sys.argv[1], int(sys.argv[2])
y = numpy.fromfile(folder + "/y.f64")
x = numpy.ascontiguousarray(numpy.fromfile(folder + "/x.f32", dtype=numpy.float32).reshape(${COLUMNS}, len(y)).T)
settings = dict(objective="binary", num_leaves=31, learning_rate=0.1, max_bin=255, min_data_in_leaf=20, lambda_l2=1,
                min_data_per_group=20, num_threads=1, deterministic=True, force_col_wise=True, verbose=-1)
data = lightgbm.Dataset(x[:learned], y[:learned], categorical_feature=list(range(${NUMERIC}, ${NUMERIC + CATEGORICAL})), params=settings)
model = lightgbm.train(settings, data, 100)
def cpu(work, times):
    work()
    started = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - started) / times
some = x[learned:]
one = some[:1]
print(json.dumps(dict(batchSeconds=cpu(lambda: model.predict(some, num_threads=1), 3),
                      rowSeconds=cpu(lambda: model.predict(one, num_threads=1), 2000))))
`;
