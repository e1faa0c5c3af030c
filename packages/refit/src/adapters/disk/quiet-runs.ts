import { type BigIntStats, lstatSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Files } from "../../ports/files.ts";
import type { QuietRun, QuietRuns } from "../../ports/quiet-runs.ts";
import { openSealedJson, sealJson } from "../../sealed-json.ts";
import { version } from "../../version.ts";
import { encodeText } from "../../text.ts";
import type { GitProcess } from "../git/git-process.ts";
import { noteAnswer } from "../git/last-fetch.ts";
import { headsThere, type SharedBase } from "../git/shared-heads.ts";

interface QuietStamp extends QuietRun {
  readonly version: string;
  /** What each path looked like: size, times and inode, or that it was not there. */
  readonly seen: Readonly<Record<string, string>>;
  /** What the remote had; `null`: there is none. */
  readonly shared: SharedStamp | null;
}

interface SharedStamp extends SharedBase {
  readonly heads: readonly string[];
  /** Whether the run was to push what it finds unpushed. */
  readonly publishes: boolean;
}

/** How a run reaches the remote, and whether it may write there. */
export interface QuietReach {
  readonly git: GitProcess;
  readonly publishes: boolean;
}

/** A file that changed this shortly before the run may change again without another time stamp. */
const RACY = 2000;
/** With more paths than this, asking git is not slower. */
const MOST_PATHS = 50_000;

/**
 * The last quiet run of these models, while all that it looked at looks the same; else `null`. Reads file stats only, and asks the
 * remote, where there is one, for the heads that a run looks at.
 *
 * @param open called where the remote is to be asked.
 */
export async function recallQuietRun(
  folder: string,
  models: readonly string[],
  open: () => Promise<QuietReach>,
): Promise<QuietRun | null> {
  const commonDir = gitFolder(folder);
  const stamp = commonDir === null ? null : readStamp(stampFile(commonDir));
  if (stamp === null || JSON.stringify(stamp.models) !== JSON.stringify(models)) return null;
  if (!Object.entries(stamp.seen).every(([file, then]) => statsOf(file) === then)) return null;
  if (stamp.shared === null) return stamp;
  if (!(await isStillShared(stamp.shared, await open()))) return null;
  await noteAnswer(commonDir!);
  return stamp;
}

/** A remote that does not answer has told nothing: the run says so. */
async function isStillShared(then: SharedStamp, { git, publishes }: QuietReach): Promise<boolean> {
  if (publishes !== then.publishes) return false;
  return JSON.stringify(await headsThere(git, then)) === JSON.stringify(then.heads);
}

/** Where git's own files cannot tell whether something changed: another forge, a chosen base, a borrowed repository. */
export const noQuietRuns: QuietRuns = { remember: async () => {} };

/**
 * Quiet runs of an ordinary clone, kept in its git folder; elsewhere git is asked.
 *
 * @param startedAt when the run began, epoch milliseconds by the machine's clock: what changed since is not trusted.
 */
export function quietRuns(
  folder: string,
  {
    files,
    startedAt,
    publishes,
  }: Pick<QuietReach, "publishes"> & { readonly files: Files; readonly startedAt: number },
): QuietRuns {
  const commonDir = gitFolder(folder);
  return {
    async remember({ baseBranch, remote, sharedHeads: heads = [] }, run, watched) {
      if (commonDir === null || isUnsure(commonDir, remote)) return;
      const paths = [...gitPaths(commonDir), ...watched];
      if (paths.length > MOST_PATHS) return;
      const seen: Record<string, string> = {};
      for (const file of paths) {
        const stat = lookAt(file);
        if (stat !== null && changedAt(stat) >= startedAt - RACY) return;
        seen[file] = described(stat);
      }
      const shared = remote === null ? null : { baseBranch, remote, heads, publishes };
      const stamp = encodeText(sealJson({ version, ...run, seen, shared } satisfies QuietStamp));
      // Where it cannot be kept, the next run asks git.
      await files.write(stampFile(commonDir), stamp, { lasting: false }).catch(() => {});
    },
  };
}

const stampFile = (commonDir: string) => path.join(commonDir, "refit", "cache", "quiet-run.json");

/** The `.git` folder that a folder belongs to; `null` for a linked worktree, a submodule, or none. */
function gitFolder(folder: string): string | null {
  for (let at = folder; ; at = path.dirname(at)) {
    const found = lstatSync(path.join(at, ".git"), { throwIfNoEntry: false });
    if (found !== undefined) return found.isDirectory() ? path.join(at, ".git") : null;
    if (path.dirname(at) === at) return null;
  }
}

function readStamp(file: string): QuietStamp | null {
  if (statsOf(file) === "absent") return null;
  const stamp = openSealedJson(textOf(file))?.value as QuietStamp | undefined;
  return stamp?.version === version ? stamp : null;
}

/** Empty where it cannot be read: the run is then asked for as if there had been none before. */
function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

/** Whatever names a commit, and what refit keeps of proposals and alerts. */
function gitPaths(commonDir: string): string[] {
  const names = [
    "HEAD",
    "config",
    "packed-refs",
    "packed-refs.lock",
    "info/exclude",
    "refit/proposals",
    "refit/rollbacks",
    "refit/alerts",
  ];
  return [...names.map((name) => path.join(commonDir, name)), ...below(path.join(commonDir, "refs"))];
}

/** The folder and everything in it, to any depth. */
function below(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return [folder, ...entries.map((entry) => path.join(entry.parentPath, entry.name))];
}

/** Whether files that nobody watches may say something about remotes, or none of several is the shared one. */
function isUnsure(commonDir: string, remote: string | null): boolean {
  const config = readFileSync(path.join(commonDir, "config"), "utf8");
  return /^\s*\[\s*include/im.test(config) || (remote === null && /^\s*\[\s*remote/im.test(config));
}

const statsOf = (file: string) => described(lookAt(file));

function described(stat: BigIntStats | null): string {
  return stat === null ? "absent" : `${stat.size} ${stat.mtimeNs} ${stat.ctimeNs} ${stat.ino}`;
}

/** Epoch milliseconds. */
const changedAt = ({ mtimeMs, ctimeMs }: BigIntStats) => Math.max(Number(mtimeMs), Number(ctimeMs));

/** `null` where there is nothing, or a file where its folder would be. */
function lookAt(file: string): BigIntStats | null {
  try {
    return lstatSync(file, { bigint: true });
  } catch {
    return null;
  }
}
