import { longHistory } from "./long-history.ts";
import { median, type Measured, words } from "./measure.ts";
import { modelRepository } from "./model-repository.ts";
import { firstSnapshot } from "./snapshot.ts";
import { spend } from "./spend.ts";
import { wideModel } from "./wide-model.ts";
import { createWorkspace, refitBin, type Workspace } from "./workspace.ts";

const RUNS = 3;
const ROWS_PER_FILE = 500;
const MODELS = 100;

/** Milliseconds of processor time by what was done, with a memory figure where there is one. */
type Costs = ReadonlyMap<string, { readonly cpu: number; readonly peakMiB?: number }>;

/**
 * How costs grow with one amount at a time, each over that of the smallest amount, in processor time: versions of a model, rows of a file,
 * files, open proposals. Models have a bench of their own.
 */
export async function benchGrowth(big: boolean): Promise<Measured[]> {
  return [
    ...(await series("versions", [100, 1_000, 10_000], ofVersions)),
    ...(await series("rows × 20 columns", [10_000, 100_000, ...(big ? [1_000_000] : [])], ofRows)),
    ...(await series(`files of ${ROWS_PER_FILE} rows`, [10, 100, 1_000], ofFiles)),
    ...(await series(`open proposals of ${MODELS} models`, [1, 10, 100], ofProposals)),
  ];
}

async function series(
  unit: string,
  amounts: readonly number[],
  measure: (amount: number) => Promise<Costs>,
): Promise<Measured[]> {
  const rows: Measured[] = [];
  const least = new Map<string, number>();
  for (const amount of amounts) {
    process.stderr.write(`  ${amount} ${unit} …\n`);
    for (const [what, { cpu, peakMiB }] of await measure(amount)) {
      const first = least.get(what) ?? cpu;
      least.set(what, first);
      rows.push({
        what: `${what}, ${amount.toLocaleString("en")} ${unit}, over ${amounts[0]!.toLocaleString("en")}`,
        refit: `CPU ${words(cpu)}${peakMiB === undefined ? "" : `, ${Math.round(peakMiB)} MiB`}`,
        against: words(first),
        ratio: cpu / first,
        bar: "–",
        runs: RUNS,
      });
    }
  }
  return rows;
}

/** What a command and the gits that it starts take. @param before is done before each run, and not measured. */
async function costOf(
  workspace: Workspace,
  args: readonly string[],
  before: () => void = () => {},
): Promise<{ readonly cpu: number; readonly stdout: string }> {
  const runs: number[] = [];
  let stdout = "";
  for (let i = 0; i < RUNS; i++) {
    before();
    const spending = await spend(workspace, process.execPath, [refitBin, ...args]);
    runs.push(spending.cpu);
    ({ stdout } = spending);
  }
  return { cpu: median(runs), stdout };
}

async function ofVersions(versions: number): Promise<Costs> {
  const workspace = createWorkspace();
  try {
    workspace.git(["fast-import", "--quiet"], longHistory(versions));
    workspace.git(["reset", "--quiet", "--hard", "main"]);
    const first = await costOf(workspace, ["log", "bench"], workspace.clearCache);
    return new Map([
      ["`refit log`, the first time", first],
      ["`refit log` again", await costOf(workspace, ["log", "bench"])],
    ]);
  } finally {
    workspace.remove();
  }
}

async function ofRows(rows: number): Promise<Costs> {
  const workspace = wideModel({ files: 1, rows });
  try {
    workspace.commitSpecs({ candidate: "{ learner: linear }", minRows: 1_000_000_000 });
    const runs = Array.from({ length: RUNS }, () => firstSnapshot(workspace));
    const of = (part: "cpu" | "peakMiB") => median(runs.map((run) => run[part]));
    return new Map([["first snapshot of a CSV file", { cpu: of("cpu"), peakMiB: of("peakMiB") }]]);
  } finally {
    workspace.remove();
  }
}

async function ofFiles(files: number): Promise<Costs> {
  const workspace = wideModel({ files, rows: ROWS_PER_FILE });
  try {
    const first = await costOf(workspace, ["run", "wide"], () => {
      workspace.clearCache();
      for (const branch of workspace.git(["for-each-ref", "--format=%(refname)", "refs/heads/refit*"]).split("\n"))
        if (branch !== "") workspace.git(["update-ref", "-d", branch]);
    });
    workspace.git(["merge", "--quiet", "refit--wide"]);
    workspace.refit(["run", "wide"]);
    const quiet = await costOf(workspace, ["run", "wide"]);
    const added = await costOf(workspace, ["run", "wide"], () => workspace.addFile(ROWS_PER_FILE));
    return new Map([
      ["`refit run` that trains a linear model", first],
      ["`refit run` after one new file", added],
      ["`refit run` with nothing to do", quiet],
    ]);
  } finally {
    workspace.remove();
  }
}

async function ofProposals(amount: number): Promise<Costs> {
  const repository = modelRepository(MODELS);
  try {
    repository.propose(amount);
    const { cpu, stdout } = await costOf(repository, ["status", "--json"]);
    const shown = [...stdout.matchAll(/"proposalState": "/g)].length;
    if (shown !== amount) throw new Error(`${shown} proposals are shown of ${amount}.`);
    return new Map([["`refit status`", { cpu }]]);
  } finally {
    repository.remove();
  }
}
