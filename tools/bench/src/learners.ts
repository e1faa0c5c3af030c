import { readFileSync } from "node:fs";
import { cpus } from "node:os";
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
import { pythonWithPeers } from "./learners/environment.ts";
import { refitContestants, refitSide, type Job } from "./learners/refit-side.ts";
import type { Python } from "./python.ts";
import { learnersTable, type SetResult } from "./learners/table.ts";

const usage = `npm run bench:learners -- [--use judge|choose] [--only SET,…] [--rows N,…] [--seeds N,…] [--contestants NAME,…] [--threads N] [--flaml]

Trains our learners and their peers, each in a process of its own on the same rows, and prints one table: the metric on the test
rows, CPU seconds of training, and the most memory of the process. --use says which list of tools/bench/src/learners/sets.json, "judge" by
default; --rows which made-up sets besides, 10000,100000,1000000 by default, 0 none; --only names sets instead. --flaml adds FLAML, a
minute a training.
`;

const peers = ["LightGBM", "XGBoost", "scikit-learn boosting", "scikit-learn linear"] as const;

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
  const contest = {
    contestants: contestantsOf(values.contestants?.split(","), values.flaml, python),
    seeds: values.seeds.split(",").map(Number),
    threads: Number(values.threads),
  };
  const made = values.only === undefined ? values.rows.split(",").map(Number) : [];
  const folders = foldersOf(
    sets,
    made.filter((rows) => rows > 0),
    python,
  );
  const results = folders.map((folder) => contestOn(folder, contest));
  tell(results, contest);
}

function contestantsOf(wanted: readonly string[] | undefined, withFlaml: boolean, python: Python): Contestant[] {
  const all: Contestant[] = [
    ...Object.keys(refitContestants).map((name) => ({ name })),
    ...peers.map((name) => ({ name, python })),
    ...(withFlaml ? [{ name: "FLAML 60 s", python }] : []),
  ];
  return all.filter(({ name }) => wanted === undefined || wanted.includes(name));
}

type SetLists = Readonly<Record<string, readonly SetDefinition[]>>;

/** The sets of a list, or those that are named; says which of the words is none. */
function setsOf(use: string, only: readonly string[] | undefined): readonly SetDefinition[] | null {
  const lists = JSON.parse(readFileSync(setsFile, "utf8")) as SetLists;
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
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? "?"}, Node ${process.version}`;
  const words = process.argv.slice(2).map((word) => (word.includes(" ") ? JSON.stringify(word) : word));
  const command = ["npm run bench:learners --", ...words].join(" ");
  process.stdout.write(`\`${command}\`: ${machine}, threads: ${threads}, seeds: ${seeds.join(", ")}\n\n`);
  process.stdout.write(learnersTable(results, "LightGBM"));
}
