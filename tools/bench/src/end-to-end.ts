import { readdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, loadavg } from "node:os";
import path from "node:path";
import { median, type Measured, words } from "./measure.ts";
import { spend, type Spending } from "./spend.ts";
import { pythonWithPeers } from "./learners/environment.ts";
import { wideModel, type WideModel } from "./wide-model.ts";
import { refitBin } from "./workspace.ts";

const example = "examples/python";

/** Of LightGBM on both sides. Where others are at work, its threads mostly wait for each other: 16 CPU seconds in place of one. */
const threads = loadavg()[0]! < availableParallelism() ? 2 : 1;

const candidates = {
  "our trees": "{ learner: gbdt, trees: 100, earlyStoppingRounds: 0 }",
  "LightGBM by `command`": `{ learner: command, train: [python, train.py], predict: [python, predict.py], code: [train.py, predict.py, refit_job.py], threads: ${threads}, validation: false, settings: { rounds: 100 } }`,
} as const;

interface RunKind {
  readonly when: string;
  readonly args: readonly string[];
}

/** Its ledger remembers that the program gives the same model again, as on all nights but the first of each 30 days. */
const usual: RunKind = { when: "", args: [] };
/** That is long ago, as it is of a new program: it is trained twice on 2,000 rows first. */
const tried: RunKind = {
  when: ", which is tried first",
  args: ["--now", new Date(Date.now() + 31 * 86_400_000).toISOString()],
};

/**
 * `refit run` from new rows to a proposal, beside the shortest honest Python script: the older 70 % of the rows made the champion,
 * then the others come, and the newest 20 % judge, from which neither model has learned. Both train 100 trees of 31 leaves, up to
 * these rows and then on all. There is one candidate, and nothing stops it early, so that refit needs no training without validation rows.
 */
export async function benchEndToEnd(rows: number, runs: number): Promise<Measured[]> {
  const python = pythonWithPeers();
  if ("missing" in python) throw new Error(`The peers cannot be installed: ${python.missing}`);
  process.env["PATH"] = `${path.dirname(python.bin)}${path.delimiter}${process.env["PATH"]}`;
  const measured: Measured[] = [];
  for (const [name, candidate] of Object.entries(candidates))
    measured.push(...(await compare(rows, runs, { name, candidate, python: python.bin })));
  return measured;
}

interface Side {
  readonly name: string;
  readonly candidate: string;
  readonly python: string;
}

async function compare(rows: number, runs: number, side: Side): Promise<Measured[]> {
  const model = wideModel({ files: 1, rows: 0.7 * rows, days: [0, 0.7] });
  try {
    for (const file of ["lightgbm/train.py", "lightgbm/predict.py", "refit_job.py"])
      model.write(path.basename(file), readFileSync(path.join(example, file), "utf8"));
    model.commitSpecs({ candidate: side.candidate, minRows: 100 });
    model.promote();
    await script(model, side.python, "../champion.txt");
    model.addFile(0.3 * rows, [0.7, 1]);
    const kinds = side.candidate.includes("command") ? [usual, tried] : [usual];
    const measured: Measured[] = [];
    for (const kind of kinds) measured.push(...(await inTurn(model, side, { ...kind, rows, runs })));
    return measured;
  } finally {
    model.remove();
  }
}

async function inTurn(
  model: WideModel,
  { name, python }: Side,
  { when, args, rows, runs }: RunKind & { readonly rows: number; readonly runs: number },
): Promise<Measured[]> {
  const own: Spending[] = [];
  const theirs: Spending[] = [];
  for (let i = 0; i < runs; i++) {
    own.push(await retrain(model, args));
    theirs.push(await script(model, python));
  }
  const [refit, other] = [middle(own), middle(theirs)];
  const what = `\`refit run\` of ${rows.toLocaleString("en")} rows × 20 columns with a live champion, ${name}${when}, over a Python script that reads, trains twice, measures and bootstraps, LightGBM on ${threads === 1 ? "one thread" : "two threads"}`;
  return [
    {
      what: `${what}: time by the clock`,
      refit: spentWords(refit),
      against: spentWords(other),
      ratio: refit.wall / other.wall,
      bar: "1.5",
      runs,
    },
    {
      what: `The same, ${name}${when}: processor time`,
      refit: words(refit.cpu),
      against: words(other.cpu),
      ratio: refit.cpu / other.cpu,
      bar: "–",
      runs,
    },
  ];
}

/** By hand, since few of the rows are new. What it leaves behind is taken back, so that each run judges anew. */
async function retrain(model: WideModel, args: readonly string[]): Promise<Spending> {
  model.clearCache();
  const ledger = model.git(["rev-parse", "refit-ledger"]);
  const run = await spend(model, process.execPath, [refitBin, "run", "wide", "--force", "a benchmark", ...args]);
  if (!/wide: (?:proposed|inconclusive|rejected)/.test(run.stdout))
    throw new Error(`It judged nothing:\n${run.stdout}${run.stderr}`);
  model.git(["update-ref", "refs/heads/refit-ledger", ledger]);
  model.git(["update-ref", "-d", "refs/heads/refit--wide"]);
  rmSync(path.join(model.root, ".git/refit/proposals"), { recursive: true, force: true });
  return { ...run, stages: joined(run.stages) };
}

/** Progress of one stage comes in quarters; notices are not stages. */
function joined(stages: Spending["stages"]): Spending["stages"] {
  const sums = new Map<string, number>();
  let current = "start";
  for (const [line, wall] of stages) {
    if (!/^(?:note:|  )/.test(line)) current = line.replace(/ \d+ %$/, "");
    sums.set(current, (sums.get(current) ?? 0) + wall);
  }
  return [...sums];
}

/** @param shipped the model that it trains on all rows: of the first call the champion of the others. */
async function script(model: WideModel, python: string, shipped = "../shipped.txt"): Promise<Spending> {
  const files = readdirSync(path.join(model.root, "data")).map((file) => `data/${file}`);
  const program = path.resolve("tools/bench/src/end-to-end.py");
  const run = await spend(model, python, [program, String(threads), files.join(" "), "../champion.txt", shipped]);
  const told = JSON.parse(run.stdout) as {
    readonly stages: Readonly<Record<string, readonly [wall: number, cpu: number]>>;
  };
  return { ...run, stages: Object.entries(told.stages).map(([name, [wall]]) => [name, 1000 * wall]) };
}

type Spent = Pick<Spending, "wall" | "cpu" | "stages">;

function middle(runs: readonly Spending[]): Spent {
  const of = (value: (run: Spending) => number) => median(runs.map(value));
  const stages = runs[0]!.stages.map(([name], i) => [name, of((run) => run.stages[i]?.[1] ?? 0)] as const);
  return { wall: of(({ wall }) => wall), cpu: of(({ cpu }) => cpu), stages };
}

/** With the stages that took the most time of the clock. */
function spentWords({ wall, stages }: Spent): string {
  const longest = stages.filter(([, took]) => took > wall / 50).map(([name, took]) => `${name} ${words(took)}`);
  return `${words(wall)}: ${longest.join(", ")}`;
}
