import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { quotedList } from "@refit/core/errors";
import {
  contestOn,
  exportedSet,
  madeUpSet,
  setsFile,
  type Contest,
  type Contestant,
  type SetDefinition,
} from "./learners/contest.ts";
import { keptFile, keptTrainings, machine } from "./learners/kept.ts";
import { pythonWithPeers } from "./learners/environment.ts";
import { refitContestants, refitSide, type Job } from "./learners/refit-side.ts";
import type { Python } from "./python.ts";
import { learnersTable, type SetResult } from "./learners/table.ts";

const usage = `npm run bench:learners -- [--use judge|choose] [--only SET,…] [--rows N,…] [--seeds N,…] [--contestants NAME,…] [--threads N] [--flaml] [--fresh | --kept]

Trains our learners and their peers, each in a process of its own on the same rows, and prints one table: the metric on the test
rows, CPU seconds of training, and the most memory of the process, medians over the seeds. --use says which list of
tools/bench/src/learners/sets.json, "judge" by default, "none" for no real set; --rows which made-up sets besides, 10000,100000,1000000 by
default, 0 none; --only names sets instead. --flaml adds FLAML, a minute a training.

Each training is kept in ~/.cache/refit-bench/learners.jsonl as soon as it is done, and not done again on this machine by what trains alike:
a run that was stopped goes on. --fresh trains all again, --kept trains nothing and prints what is there.
`;

const peers = ["LightGBM", "XGBoost", "scikit-learn boosting", "scikit-learn linear", "FLAML 60 s"];

const [first] = process.argv.slice(2);
if (first?.startsWith("{") === true) {
  process.stdout.write(`${JSON.stringify(await refitSide(JSON.parse(first) as Job))}\n`);
} else main();

function main(): void {
  const { values } = parseArgs({
    options: {
      use: { type: "string", default: "judge" },
      only: { type: "string" },
      rows: { type: "string", default: "10000,100000,1000000" },
      seeds: { type: "string", default: "1,2,3,4,5" },
      contestants: { type: "string" },
      threads: { type: "string", default: "1" },
      flaml: { type: "boolean", default: false },
      fresh: { type: "boolean", default: false },
      kept: { type: "boolean", default: false },
      help: { type: "boolean" },
    },
  });
  if (values.help === true) {
    process.stdout.write(usage);
    return;
  }
  const sets = setsOf(values.use, values.only?.split(","));
  if (sets === null) {
    process.exitCode = 2;
    return;
  }
  const python = pythonWithPeers();
  const contest: Contest = {
    contestants: contestantsOf(values.contestants?.split(","), values.flaml, python),
    seeds: values.seeds.split(",").map(Number),
    threads: Number(values.threads),
    kept: keptTrainings(keptFile),
    from: values.fresh ? "now" : values.kept ? "kept" : "both",
  };
  const made = values.only === undefined ? values.rows.split(",").map(Number) : [];
  const folders = foldersOf(
    sets,
    made.filter((rows) => rows > 0),
    python,
  );
  tell(contestOn(folders, contest), contest);
}

function contestantsOf(wanted: readonly string[] | undefined, withFlaml: boolean, python: Python): Contestant[] {
  const all: Contestant[] = [
    ...Object.keys(refitContestants).map((name) => ({ name })),
    ...peers.filter((name) => withFlaml || !name.startsWith("FLAML")).map((name) => ({ name, python })),
  ];
  return all.filter(({ name }) => wanted === undefined || wanted.includes(name));
}

type SetLists = Readonly<Record<string, readonly SetDefinition[]>>;

/** The sets of a list, or those that are named; says which of the words is none. */
function setsOf(use: string, only: readonly string[] | undefined): readonly SetDefinition[] | null {
  const lists = { none: [], ...(JSON.parse(readFileSync(setsFile, "utf8")) as SetLists) } as SetLists;
  const all = Object.values(lists).flat();
  const known = only === undefined ? Object.keys(lists) : all.map(({ name }) => name);
  const unknown = (only ?? [use]).filter((name) => !known.includes(name));
  if (unknown.length === 0) return only === undefined ? lists[use]! : all.filter(({ name }) => only.includes(name));
  const option = only === undefined ? "--use" : "--only";
  process.stderr.write(`${option}: nothing is named ${quotedList(unknown, 5)}. The names are ${known.join(", ")}.\n`);
  return null;
}

function foldersOf(wanted: readonly SetDefinition[], rows: readonly number[], python: Python): string[] {
  const exported = wanted.flatMap((set) => {
    const folder = exportedSet(set, python);
    if (typeof folder === "string") return [folder];
    process.stdout.write(`${set.name}: skipped: ${folder.missing}\n`);
    return [];
  });
  return [...exported, ...rows.map(madeUpSet)];
}

function tell(results: readonly SetResult[], { seeds, threads }: Contest): void {
  const words = process.argv.slice(2).map((word) => (word.includes(" ") ? JSON.stringify(word) : word));
  const command = ["npm run bench:learners --", ...words].join(" ");
  const on = `${machine}, Node ${process.version}, threads: ${threads}, seeds: ${seeds.join(", ")}`;
  process.stdout.write(`\`${command}\`: ${on}, ${daysOf(results)}\n\n${learnersTable(results, peers)}`);
}

/** When the trainings were done: `2026-11-29`, or the first and the last day. */
function daysOf(results: readonly SetResult[]): string {
  const days = results.flatMap(({ outcomes }) =>
    [...outcomes.values()].flatMap((bySeed) =>
      [...bySeed.values()].flatMap((one) => ("skipped" in one ? [] : [one.at.slice(0, 10)])),
    ),
  );
  return [...new Set(days)].toSorted().join(", ");
}
