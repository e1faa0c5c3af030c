import { readFileSync } from "node:fs";
import type { CandidateSettings } from "@refit/core/runtime";
import { choosePortfolio, worthOf } from "./learners/choose-portfolio.ts";
import { exportedSet, setsFile, type SetDefinition } from "./learners/contest.ts";
import { pythonWithPeers } from "./learners/environment.ts";
import { configurations, trialsOn, type Trial } from "./learners/portfolio-trials.ts";

const usage = `npm run bench:portfolio

Trains configurations of trees and linear models on the sets that settings are chosen by (tools/bench/src/learners/sets.json), and prints the
portfolio that \`candidates: auto\` tries: chosen greedily, then filled up by the best alone and the best linear model. Trainings are kept in
.cache/bench/portfolio.
`;

/** Chosen one after the other, for what each adds; beyond these hardly anything is added. */
const GREEDY = 5;
const TREES = 7;

if (process.argv.includes("--help")) process.stdout.write(usage);
else await main();

async function main(): Promise<void> {
  const python = pythonWithPeers();
  const all = configurations();
  const trials: Trial[] = [];
  const { choose } = JSON.parse(readFileSync(setsFile, "utf8")) as { readonly choose: readonly SetDefinition[] };
  for (const set of choose) {
    const folder = exportedSet(set, python);
    if (typeof folder === "string") trials.push(...(await trialsOn(folder, all)));
    else process.stdout.write(`${set.name}: skipped: ${folder.missing}\n`);
  }
  if (trials.length > 0) tell(trials, all);
}

function tell(trials: readonly Trial[], all: readonly CandidateSettings[]): void {
  const greedy = choosePortfolio(trials, GREEDY).map(({ configuration }) => configuration);
  const byWorth = [...all.keys()].sort((a, b) => worthOf(trials, [a]).regret - worthOf(trials, [b]).regret);
  const isTrees = (of: number) => all[of]!.learner === "gbdt";
  const further = byWorth.filter((of) => isTrees(of) && !greedy.includes(of)).slice(0, TREES - GREEDY);
  const line = byWorth.find((of) => !isTrees(of))!;
  const portfolio = [...greedy, ...further, line];

  const sets = new Set(trials.map(({ set }) => set)).size;
  const seconds = trials.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0);
  process.stdout.write(`${trials.length} trainings on ${sets} sets, ${seconds.toFixed(0)} s of processor time\n\n`);
  process.stdout.write(
    "| configuration | regret alone | rank alone | regret with those above |\n| --- | --- | --- | --- |\n",
  );
  for (const [place, of] of portfolio.entries()) {
    const [alone, together] = [worthOf(trials, [of]), worthOf(trials, portfolio.slice(0, place + 1))];
    const cells = [wordsOf(all[of]!), alone.regret.toFixed(3), alone.rank.toFixed(1), together.regret.toFixed(3)];
    process.stdout.write(`| ${cells.join(" | ")} |\n`);
  }
  const usual = worthOf(trials, [0]);
  process.stdout.write(
    `| for comparison: \`gbdt\` as it comes | ${usual.regret.toFixed(3)} | ${usual.rank.toFixed(1)} | |\n`,
  );
}

/** The settings that are not those of `model.yaml`; the number of trees and the patience follow from the rate. */
function wordsOf({ learner, ...settings }: CandidateSettings): string {
  const usual = configurations()[0]! as Readonly<Record<string, unknown>>;
  const told = Object.entries(settings).filter(
    ([key, value]) => learner === "gbdt" && key !== "trees" && key !== "earlyStoppingRounds" && usual[key] !== value,
  );
  const words = learner === "gbdt" ? told : Object.entries(settings).filter(([key]) => key === "l2");
  return [learner, ...words.map(([key, value]) => `${key} ${String(value)}`)].join(", ");
}
