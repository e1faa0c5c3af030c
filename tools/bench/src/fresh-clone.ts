import { readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { median, type Measured, timed, words } from "./measure.ts";
import { wideModel, type WideModel } from "./wide-model.ts";
import { refitBin } from "./workspace.ts";

const PAIRS = 9;
/** Milliseconds within which refit does not trust what changed. */
const TOO_YOUNG = 2500;

/** `refit run` when nothing changed, in a clone that no refit has seen and then again in it, against a Node process that does nothing. */
export function benchFreshClone(): Measured[] {
  const workspace = wideModel({ files: 3, rows: 1_000 });
  try {
    const clone = path.join(workspace.root, "../clone");
    publish(workspace);
    const run = () => {
      const { stdout } = workspace.node([refitBin, "run", "wide", "--directory", clone]);
      if (!stdout.includes("nothing has changed")) throw new Error(`Something had changed:\n${stdout}`);
    };
    const bare = () => void workspace.node(["-e", "0"]);
    const renew = () => {
      rmSync(clone, { recursive: true, force: true });
      workspace.git(["clone", "--quiet", "--no-local", "../remote.git", clone]);
    };
    const fresh = () => {
      renew();
      return timed(run);
    };
    fresh();
    const first = Array.from({ length: PAIRS }, () => ({ refit: fresh(), bare: timed(bare) }));
    renew();
    const processes = startedBy(workspace, run);
    rest();
    run();
    const again = Array.from({ length: PAIRS }, () => ({ refit: timed(run), bare: timed(bare) }));
    return [
      row(`in a fresh clone (${processes} processes of git)`, "6", first),
      row(`again in it (${startedBy(workspace, run)} processes of git)`, "–", again),
    ];
  } finally {
    workspace.remove();
  }
}

/** A live model on tracked data, on a remote. */
function publish(workspace: WideModel): void {
  workspace.write(".gitignore", "");
  workspace.commitAll("Data");
  workspace.promote();
  workspace.git(["init", "--quiet", "--bare", "--initial-branch=main", "../remote.git"]);
  workspace.git(["remote", "add", "origin", "../remote.git"]);
  workspace.git(["push", "--quiet", "origin", "main", "refit-ledger", "refit--wide"]);
}

/** How many processes of git work starts, those that git starts itself among them. */
function startedBy(workspace: WideModel, work: () => void): number {
  const env = workspace.env as Record<string, string>;
  const folder = path.join(workspace.root, "../trace");
  workspace.write("../trace/.keep", "");
  env["GIT_TRACE2_EVENT"] = folder;
  try {
    work();
    return readdirSync(folder).length - 1;
  } finally {
    delete env["GIT_TRACE2_EVENT"];
    rmSync(folder, { recursive: true });
  }
}

function row(what: string, bar: string, runs: readonly { readonly refit: number; readonly bare: number }[]): Measured {
  const refit = median(runs.map((run) => run.refit));
  const bare = median(runs.map((run) => run.bare));
  return {
    what: `\`refit run\` with nothing to do ${what}, over a bare \`node -e 0\``,
    refit: words(refit),
    against: words(bare),
    ratio: refit / bare,
    bar,
    runs: runs.length,
  };
}

function rest(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, TOO_YOUNG);
}
