import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { demoMaterial } from "../../../packages/refit/src/adapters/demo/demo-material.ts";
import { openDemoRepository } from "../../../packages/refit/src/adapters/demo/demo-repository.ts";
import { linesOf } from "../../../packages/refit/src/commands/demo.ts";
import { birdstrikesStory, expect, type DemoMerge } from "../../../packages/refit/src/runs/demo/birdstrikes-story.ts";
import { demoScene, type DemoScene } from "../../../packages/refit/src/runs/demo/demo-scene.ts";
import { aucByYear, type YearRow } from "./score-years.ts";
import { chartOf, tableOf } from "./summary.ts";

// The story that `refit demo` tells in short, over all thirteen years; then what the models were worth, and a replay.

const model = "birdstrikes";
const started = Date.now();

await main();

async function main(): Promise<void> {
  const packed = pathToFileURL(`${path.resolve("packages/refit/dist/demo")}/`);
  const folder = path.join(mkdtempSync(path.join(tmpdir(), "refit-demo-")), "repository");
  const program = path.resolve("packages/refit/bin/refit.cjs");
  const repository = await openDemoRepository({ program, env: process.env }, folder);
  const scene = demoScene(repository, (line) => process.stdout.write(`${linesOf(line).join("\n")}\n`));
  const story = birdstrikesStory(scene, await demoMaterial(packed));
  const merges: readonly DemoMerge[] = ["merge", "squash", "fast-forward"];
  const newYear = (year: number) => story.newYear(year, merges[year % 3]);

  scene.say(`Thirteen years of bird strikes arrive one by one, in ${folder}.`);
  await story.begin();
  await story.showLeak();
  await story.firstModel();
  await story.quietNight();
  for (let year = 1994; year <= 1997; year++) await newYear(year);
  await story.brokenFeed(1998);
  await newYear(1998);
  await story.rollBack(1998);
  for (let year = 1999; year <= 2002; year++) await newYear(year);
  await summary(scene);
  await otherPolicies(scene);
  await end(scene);
}

async function summary(scene: DemoScene): Promise<void> {
  const rows: YearRow[] = await aucByYear(scene.folder, model, 1994, 2002);
  scene.say(
    "ROC AUC by year, each on reports that neither model had seen: the model of 1993, never retrained, and refit's champion of that day.",
  );
  for (const line of tableOf(rows)) scene.show(line);
  const chart = path.join(scene.folder, "../auc-by-year.svg");
  writeFileSync(chart, chartOf(rows));

  const late = rows.filter((row) => row.year >= 1998);
  const gain = late.reduce((sum, row) => sum + row.champion - row.stale, 0) / late.length;
  expect(gain >= 0.02, `from 1998 on the champion is better by at least 0.02 on average (${gain.toFixed(4)})`);
  scene.say(`From 1998 to 2002 the champion's AUC is ${gain.toFixed(3)} above the stale model's on average.`);
  scene.show(chart);
}

async function otherPolicies(scene: DemoScene): Promise<void> {
  scene.say(
    "Would another rhythm have done better? The same years again, replayed beside schedules and never retraining.",
  );
  const said = await scene.refit("backtest", model, "--from", "1994-01-04", "--every", "365");
  const better = /^ *(?:chosen: )?model\.yaml +0\.\d+ +0\.\d+ \(0\.\d+ to/m;
  expect(better.test(said), "in the replay, too, the policy is better than never retraining, beyond chance");
}

async function end(scene: DemoScene): Promise<void> {
  const { versions } = await scene.json<{ versions: unknown[] }>("log", model);
  const seconds = Math.round((Date.now() - started) / 1000);
  scene.say(`${versions.length} versions, one rollback, one blocked feed, in ${seconds} s. Look around:`);
  scene.show(scene.folder);
}
