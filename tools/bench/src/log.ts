import { championFolder, longHistory } from "./long-history.ts";
import { inTurn, type Measured, median, timed, words } from "./measure.ts";
import { createWorkspace, type Workspace } from "./workspace.ts";

const RUNS = 5;

/** `refit log` over the floor: `git log --raw`, and one `git cat-file --batch` of every version's metrics. */
export function benchLog(versions: number): Measured[] {
  const workspace = createWorkspace();
  try {
    workspace.git(["fast-import", "--quiet"], longHistory(versions));
    workspace.git(["reset", "--quiet", "--hard", "main"]);
    const log = () => {
      const lines = workspace.refit(["log", "bench"]).stdout.trimEnd().split("\n");
      // Its titles come first.
      if (lines.length !== versions + 1) throw new Error(`${lines.length} lines for ${versions} versions.`);
    };
    const floor = () => plainGit(workspace);
    floor();
    const cold = median(
      Array.from({ length: RUNS }, () => {
        workspace.clearCache();
        return timed(log);
      }),
    );
    const warm = inTurn(RUNS, log, floor);
    const what = `\`refit log\` of ${versions.toLocaleString("en")} versions, over \`git log --raw\` and one \`git cat-file --batch\``;
    return [row(`${what}, the first time`, cold, warm.second), row(`${what}, again`, warm.first, warm.second)];
  } finally {
    workspace.remove();
  }
}

function row(what: string, refit: number, against: number): Measured {
  return { what, refit: words(refit), against: words(against), ratio: refit / against, bar: "2", runs: RUNS };
}

function plainGit(workspace: Workspace): void {
  const log = workspace.git([
    "log",
    "--first-parent",
    "--raw",
    "--no-abbrev",
    "--format=%H",
    "main",
    "--",
    championFolder,
  ]);
  const metrics = [...log.matchAll(/^:\d+ \d+ \w+ (\w+) \w\t.*\/metrics\.json$/gm)].map(([, id]) => id);
  workspace.git(["cat-file", "--batch"], `${metrics.join("\n")}\n`);
}
