import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { birdstrikesByYear, brokenYear } from "./birdstrikes.ts";
import { createScene } from "./scene.ts";
import { aucByYear, type YearRow } from "./score-years.ts";
import { chartOf, tableOf } from "./summary.ts";

const model = "birdstrikes";
const branch = "refit--birdstrikes";
const started = Date.now();
const years = birdstrikesByYear();
const scene = createScene(path.resolve("packages/refit/bin/refit.cjs"));

await main();

async function main(): Promise<void> {
  scene.say(
    `A repository with a bare remote, and thirteen years of bird strikes to arrive one by one.\n  ${scene.folder}`,
  );
  firstModel();
  quietRun();
  for (let year = 1994; year <= 1997; year++) newYear(year);
  brokenFeed(1998);
  newYear(1998);
  rollBack(1998);
  for (let year = 1999; year <= 2002; year++) newYear(year);
  await summary();
  otherPolicies();
  end();
}

function firstModel(): void {
  scene.say("1993 is over. Four years of reports are there, and no model yet.");
  scene.write("data-manifests/birdstrikes.yaml", manifest());
  scene.write("models/birdstrikes/model.yaml", readFileSync("models/birdstrikes/model.yaml", "utf8"));
  scene.write(".gitattributes", "models/*/champion/** -text -merge\ndata/** -text\n");
  for (let year = 1990; year <= 1993; year++) scene.write(dataFile(year), years.get(year)!);
  scene.at("1994-01-03T09:00:00Z");
  scene.commit("Add the reports of 1990 to 1993, and what to predict from them");
  showLeak();

  scene.at("1994-01-04T03:00:00Z");
  expect(run() === "proposed", "the first model is proposed");
  scene.say("A person reads the proposal and merges it. That is the promotion; nothing else is.");
  merge("1994-01-04T10:00:00Z", "merge");
  scene.refit("log", model);
}

/** The repair costs are known only after the damage: left in, refit names them. */
function showLeak(): void {
  scene.say("What if the cost columns were left in? (a dry run on the work tree; nothing is written)");
  const spec = readFileSync("models/birdstrikes/model.yaml", "utf8");
  scene.write("models/birdstrikes/model.yaml", spec.replace(/^features:.*$/m, "features: {}"));
  const [outcome] = scene.json<
    { evidence: { evaluation: { findings: { severity: string; code: string; message: string }[] } } }[]
  >("run", model, "--dry-run");
  const found = outcome!.evidence.evaluation.findings.filter(({ code }) => code.startsWith("leak-"));
  for (const { severity, code, message } of found) scene.tell(`${severity} ${code}: ${message}`);
  expect(
    found.some(({ message }) => message.includes("cost")),
    "the leakage check names a cost column",
  );
  scene.write("models/birdstrikes/model.yaml", spec);
}

function quietRun(): void {
  scene.say("The next night nothing is new.");
  scene.at("1994-01-05T03:00:00Z");
  const said = scene.refit("run", model);
  expect(said.includes("nothing has changed since the champion was trained"), "the quiet run says why it skips");
}

function newYear(year: number): void {
  scene.say(`The reports of ${year} arrive (${rowsOf(years.get(year)!)} rows).`);
  scene.write(dataFile(year), years.get(year)!);
  scene.at(`${year + 1}-01-03T09:00:00Z`);
  scene.commit(`Add the reports of ${year}`);
  scene.at(`${year + 1}-01-04T03:00:00Z`);
  const decision = run();
  if (decision === "rejected") return scene.tell("A gate said no: the champion stays, nobody has to act.");
  const weak = decision === "inconclusive";
  expect(weak || decision === "proposed", `${year} ends in a proposal, not in ${decision}`);
  scene.tell(
    weak
      ? "The evidence is too weak for refit; the reviewer prefers fresh data and merges it."
      : "The reviewer merges it.",
  );
  merge(`${year + 1}-01-04T10:00:00Z`, (["merge", "squash", "rebase"] as const)[year % 3]!);
}

function brokenFeed(year: number): void {
  scene.say(`The reports of ${year} arrive broken: wildlife sizes are missing, speeds are a thousand times too large.`);
  scene.write(dataFile(year), brokenYear(years.get(year)!));
  scene.at(`${year + 1}-01-02T09:00:00Z`);
  scene.commit(`Add the reports of ${year}`);
  scene.at(`${year + 1}-01-02T10:00:00Z`);
  const said = scene.refit("run", model);
  expect(said.startsWith(`${model}: blocked`), "broken data block");
  expect(/null-jump.*"wildlife_size"/.test(said), "the missing sizes are found");
  expect(/unit-change.*"speed"/.test(said), "the change of unit is found");
  scene.say("The feed is repaired.");
}

function rollBack(year: number): void {
  scene.say("On second thoughts the last merge was a mistake. A person reverts it, with plain git.");
  scene.at(`${year + 1}-01-06T09:00:00Z`);
  const last = scene.git("log", "-1", "--format=%H", "--", "models/birdstrikes/champion");
  const parents = scene.git("rev-list", "--parents", "-n", "1", last).split(" ").length - 1;
  scene.git("revert", "--no-edit", ...(parents > 1 ? ["-m", "1"] : []), last);
  scene.git("push", "--quiet", "origin", "main");
  scene.refit("log", model);
  const log = scene.json<{ events: { kind: string }[] }>("log", model);
  expect(log.events.at(-1)?.kind === "rollback", "the log shows the rollback");

  scene.say("The next nights do not propose the same model again.");
  scene.at(`${year + 1}-01-08T03:00:00Z`);
  const said = scene.refit("run", model);
  expect(/suppressed.*rolled back/.test(said), "the rolled-back model is not proposed again");
}

async function summary(): Promise<void> {
  const rows: YearRow[] = await aucByYear(scene.root, model, 1994, 2002);
  scene.say(
    "ROC AUC by year, each on reports that neither model had seen: the model of 1993, never retrained, and refit's champion of that day.",
  );
  for (const line of tableOf(rows)) scene.tell(line);
  const chart = path.join(scene.folder, "auc-by-year.svg");
  writeFileSync(chart, chartOf(rows));

  const late = rows.filter((row) => row.year >= 1998);
  const gain = late.reduce((sum, row) => sum + row.champion - row.stale, 0) / late.length;
  expect(gain >= 0.02, `from 1998 on the champion is better by at least 0.02 on average (${gain.toFixed(4)})`);
  scene.say(`From 1998 to 2002 the champion's AUC is ${gain.toFixed(3)} above the stale model's on average.\n${chart}`);
}

function otherPolicies(): void {
  scene.say(
    "Would another rhythm have done better? The same years again, replayed beside schedules and never retraining.",
  );
  const said = scene.refit("backtest", model, "--from", "1994-01-04", "--every", "365");
  const better = /^ *(?:chosen: )?model\.yaml +0\.\d+ +0\.\d+ \(0\.\d+ to/m;
  expect(better.test(said), "in the replay, too, the policy is better than never retraining, beyond chance");
}

function end(): void {
  const versions = scene.json<{ versions: unknown[] }>("log", model).versions.length;
  scene.say(
    [
      `${versions} versions, one rollback, one blocked feed, in ${Math.round((Date.now() - started) / 1000)} s.`,
      `Look around: ${scene.root}`,
    ].join("\n"),
  );
}

/** @returns the decision: the word after the model's name. */
function run(): string {
  return /^\S+: (\w+)/.exec(scene.refit("run", model))![1]!;
}

/** Each merge mode keeps the tree, and the tree is the version. */
function merge(at: string, mode: "merge" | "squash" | "rebase"): void {
  scene.at(at);
  scene.tell(
    `$ git ${mode === "merge" ? "merge --no-ff" : mode === "squash" ? "merge --squash" : "rebase, then merge --ff-only"} ${branch}`,
  );
  if (mode === "merge") scene.git("merge", "--quiet", "--no-ff", "--message", "Merge the proposed model", branch);
  if (mode === "squash") {
    scene.git("merge", "--quiet", "--squash", branch);
    scene.git("commit", "--quiet", "--message", "A new model (squashed)");
  }
  if (mode === "rebase") scene.git("merge", "--quiet", "--ff-only", branch);
  scene.git("push", "--quiet", "origin", "main");
}

function manifest(): string {
  const text = readFileSync("data-manifests/birdstrikes.yaml", "utf8");
  return text.replace(/^ {2}- \{ path: .*$/m, '  - { path: "data/birdstrikes/*.csv" }');
}

function dataFile(year: number): string {
  return `data/birdstrikes/${year}.csv`;
}

function rowsOf(csv: string): number {
  return csv.trimEnd().split("\n").length - 1;
}

/** The demo tells a true story or fails. */
function expect(holds: boolean, what: string): void {
  if (!holds) throw new Error(`The demo's story does not hold: expected that ${what}.`);
}
