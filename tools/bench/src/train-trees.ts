// node tools/scripts/run-tool.mjs tools/bench/src/train-trees.ts FOLDER ROWS THREADS
//
// Trains trees on the first rows of a folder, scores them on the others, and prints what that took as JSON: one side of
// `training.ts`, in a process of its own.
import { learners } from "@refit/tabular";
import { prepareRocAuc } from "../../../packages/core/src/metrics/ranking.ts";
import { machineThreads } from "../../../packages/refit/src/adapters/learners/tabular/machine-threads.ts";
import { standardTrees } from "./standard-trees.ts";
import { readTrainingRows } from "./training-rows.ts";

const [folder = "", rowsText = "", threadsText = ""] = process.argv.slice(2);
const rows = Number(rowsText);
const read = readTrainingRows(folder);
const train = read(0, rows);
const validation = read(0, 1000);
const threads = { ...machineThreads, count: Number(threadsText) };

const { gbdt } = learners;
const started = performance.now();
const before = process.cpuUsage();
const files = await gbdt.fit({
  task: "binary",
  classes: 2,
  settings: standardTrees,
  seed: 7,
  train,
  validation,
  threads,
});
const seconds = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage(before);
const peakMiB = process.resourceUsage().maxRSS / 1024;

const test = read(rows, rows + rows / 2);
const model = await gbdt.load(files);
const predictions = model.predict(test.features);
const auc = prepareRocAuc({ task: "binary", classes: 2, target: test.target, predictions })(
  new Uint8Array(test.target.length).fill(1),
);
process.stdout.write(JSON.stringify({ seconds, cpuSeconds: (user + system) / 1e6, peakMiB, auc }));
