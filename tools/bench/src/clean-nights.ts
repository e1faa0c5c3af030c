import { parseArgs } from "node:util";
import { cleanRow } from "../../../packages/core/src/data/clean-night.fixture.ts";
import { randomBits } from "../../../packages/core/src/statistics/resampling/random-bits.ts";
import { wilsonInterval } from "../../../packages/core/src/statistics/special/binomial-interval.ts";
import type { Outcome } from "../../../packages/refit/src/products/outcome.ts";
import { createWorkspace, type Workspace } from "./workspace.ts";

const usage = `npm run bench:clean-nights -- [--streams N] [--nights N] [--rows N] [--first-seed N] [--age DAYS]

Lives through nights on which nothing is wrong: a file of new rows each, 30 columns of ten kinds, a model that \`refit init\` wrote
and that is retrained every --age days, \`refit run\` as it is, and the merge of whatever says \`promote\`. Counts the nights whose data
were refused; at most 2 % are meant.
`;

const { values } = parseArgs({
  options: {
    streams: { type: "string", default: "10" },
    nights: { type: "string", default: "100" },
    rows: { type: "string", default: "200" },
    "first-seed": { type: "string", default: "1" },
    age: { type: "string", default: "28" },
    help: { type: "boolean" },
  },
});
const columns = 30;
const instantOf = (day: number) => Date.UTC(2024, 0, 1) + day * 86_400_000;
type Row = readonly (string | number | null)[];

if (values.help === true) process.stdout.write(usage);
else main();

function main(): void {
  const ends = new Map<string, number>();
  const [streams, nights, first] = [values.streams, values.nights, values["first-seed"]].map(Number);
  for (let seed = first!; seed < first! + streams!; seed++) {
    for (const end of stream(seed, nights!)) ends.set(end, (ends.get(end) ?? 0) + 1);
    const told = [...ends].map(([end, count]) => `${end} ${count}`).join(", ");
    process.stdout.write(`after ${seed - first! + 1} streams: ${told}\n`);
  }
  const all = [...ends.values()].reduce((sum, count) => sum + count, 0);
  const refused = [...ends].reduce((sum, [end, count]) => sum + (end.startsWith("data refused") ? count : 0), 0);
  const [low, high] = wilsonInterval(refused, all).map((share) => (100 * share).toFixed(1));
  process.stdout.write(`data refused on ${refused} of ${all} nights: 95 % interval ${low} to ${high} %, limit 2 %\n`);
}

/** How each night of a stream ended. */
function stream(seed: number, nights: number): string[] {
  const workspace = createWorkspace();
  try {
    const rows = rowsOf(seed);
    const perNight = Number(values.rows);
    workspace.write("data/d000.csv", csv(rows(-20, 20 * perNight, 20)));
    workspace.refit(["init", "--data", "data/d000.csv", "--target", "y", "--time", "at", "--model", "stream"]);
    edit(workspace, "data-manifests/stream.yaml", /data\/d000\.csv/, "data/*.csv");
    edit(workspace, "models/stream/model.yaml", /maxAgeDays: \d+/, `maxAgeDays: ${values.age}`);
    edit(workspace, "models/stream/model.yaml", /minNewRows: \d+/, `minNewRows: ${perNight * Number(values.age)}`);
    workspace.commitAll("What init writes");
    night(workspace, 0);
    return Array.from({ length: nights }, (_, i) => {
      const file = `data/d${String(i + 1).padStart(3, "0")}.csv`;
      workspace.write(file, csv(rows(i, perNight, 1)));
      workspace.commitAll("A night's rows");
      const end = night(workspace, i + 1);
      if (end.startsWith("data refused")) {
        workspace.git(["rm", "--quiet", file]);
        workspace.commitAll("Rows that were refused");
      }
      return end;
    });
  } finally {
    workspace.remove();
  }
}

function edit({ git, root, write }: Workspace, file: string, what: RegExp, by: string): void {
  const text = git(["show", `:${stage(git, file)}`]);
  if (!what.test(text)) throw new Error(`${file} in ${root} has no ${what}`);
  write(file, `${text.replace(what, by)}\n`);
}

function stage(git: Workspace["git"], file: string): string {
  git(["add", file]);
  return file;
}

/** The command at six in the morning after a day, and the merge of what says `promote`. */
function night(workspace: Workspace, day: number): string {
  const now = new Date(instantOf(day) + 6 * 3_600_000).toISOString();
  const { stdout } = workspace.refit(["run", "stream", "--json", "--now", now], [1, 2, 3, 4]);
  const [outcome] = JSON.parse(stdout) as Outcome[];
  if (outcome === undefined) throw new Error(stdout);
  if (outcome.decision === "blocked") {
    const codes = outcome.findings.flatMap(({ code, severity }) => (severity === "warning" ? [] : [code]));
    return `${outcome.evidence === null ? "data refused" : "model refused"} (${[...new Set(codes)].join(", ")})`;
  }
  if ("version" in outcome && outcome.version !== null && outcome.decision !== "inconclusive") {
    workspace.git(["merge", "--quiet", "--no-edit", "refit--stream"]);
  }
  return outcome.decision;
}

/** Rows of a stream that stands still, spread over days; the target hangs on two of the columns. */
function rowsOf(seed: number) {
  const next = randomBits(seed, 11);
  const uniform = () => (next() + 0.5) / 4_294_967_296;
  return (day: number, count: number, days: number): Row[] =>
    Array.from({ length: count }, (_, i) => {
      const row = cleanRow(uniform, columns);
      const odds = Number(row[0]) + 0.4 * (Number(row[2]) - 3) + (row[4] === "c0" ? 0.5 : -0.5);
      const at = new Date(instantOf(day + (i * days) / count)).toISOString();
      return [at, ...row, uniform() < 1 / (1 + Math.exp(-odds)) ? "yes" : "no"];
    });
}

function csv(rows: readonly Row[]): string {
  const head = ["at", ...Array.from({ length: columns }, (_, i) => `x${i}`), "y"];
  const lines = rows.map((row) =>
    row.map((value) => (typeof value === "number" ? +value.toFixed(4) : value)).join(","),
  );
  return `${[head.join(","), ...lines].join("\n")}\n`;
}
