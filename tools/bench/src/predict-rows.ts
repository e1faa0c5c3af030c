// node tools/scripts/run-tool.mjs tools/bench/src/predict-rows.ts FOLDER LEARNED ROWS
//
// Trains trees on the first rows of a folder, predicts the next ones with them, at once and one by one, and prints what that took as
// JSON: one side of `prediction.ts`, in a process of its own.
import { learners } from "@refit/tabular";
import { standardTrees } from "./standard-trees.ts";
import { readTrainingRows } from "./training-rows.ts";

const [folder = "", learnedText = "", rowsText = ""] = process.argv.slice(2);
const learned = Number(learnedText);
const read = readTrainingRows(folder);

const { gbdt } = learners;
const request = { task: "binary", classes: 2, settings: standardTrees, seed: 7 } as const;
const model = await gbdt.load(await gbdt.fit({ ...request, train: read(0, learned), validation: read(0, 1000) }));

const { features } = read(learned, learned + Number(rowsText));
const one = read(learned, learned + 1).features;
const batchSeconds = cpuSeconds(() => model.predict(features), 3);
const rowSeconds = cpuSeconds(() => model.predict(one), 20_000);
process.stdout.write(JSON.stringify({ batchSeconds, rowSeconds }));

/** Of one call, after one that is not counted. */
function cpuSeconds(work: () => void, times: number): number {
  work();
  const before = process.cpuUsage();
  for (let i = 0; i < times; i++) work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6 / times;
}
