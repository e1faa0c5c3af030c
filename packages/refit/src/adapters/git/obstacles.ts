import { readdir } from "node:fs/promises";
import path from "node:path";
import { BranchInTheWayError, GitIdentityError, GitLockedError, type RefitError } from "@refit/core/errors";
import type { Obstacles } from "../../ports/git.ts";
import { ageOf } from "./git-lock.ts";
import type { GitProcess } from "./git-process.ts";
import { leftAge, leftLocks } from "./left-locks.ts";

/** What would stop a commit, seen before the work is done that it is for. */
export function gitObstacles(git: GitProcess): Obstacles {
  return {
    async toCommit({ commonDir }, branches) {
      const found: RefitError[] = [];
      if (!(await hasIdentity(git))) found.push(new GitIdentityError());
      const heads = path.join(commonDir, "refs/heads");
      const [inTheWay, here] = [await branchesBelow(git, branches), new Set(await readdir(heads).catch(() => []))];
      for (const branch of branches) {
        const below = inTheWay.get(branch);
        if (below !== undefined) found.push(new BranchInTheWayError(branch, `refs/heads/${below}`));
        if (!here.has(`${branch}.lock`)) continue;
        const lock = path.join(heads, `${branch}.lock`);
        const age = await ageOf(lock);
        if (age !== null && age > leftAge) found.push(new GitLockedError(lock, age));
      }
      return found;
    },

    leftLocks: (repository) => leftLocks(git, repository),

    async toAdd({ root }, files) {
      // The command takes no pathspecs, and refuses this word about them.
      const options = { cwd: root, input: files.join("\0"), env: { GIT_LITERAL_PATHSPECS: "0" } };
      const { stdout } = await git.attempt(["check-ignore", "--verbose", "-z", "--stdin"], options);
      const told = stdout.toString().split("\0");
      const ignored = new Map<string, { pattern: string; source: string; line: number }>();
      for (let i = 0; i + 3 < told.length; i += 4) {
        const [source, line, pattern, file] = told.slice(i, i + 4) as [string, string, string, string];
        // The last rule that names a file may be one that takes it in again.
        if (!pattern.startsWith("!")) ignored.set(file, { pattern, source, line: Number(line) });
      }
      // Our own word for it comes last.
      const isSparse = (await git.config()).all("core.sparsecheckout").includes("true");
      return { ignored, isSparse };
    },
  };
}

/** By each of the branches one whose name begins with it and a slash, where there is one. */
async function branchesBelow(git: GitProcess, branches: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const asked = branches.length > mostPatterns ? ["refs/heads/"] : branches.map((branch) => `refs/heads/${branch}/`);
  const names = (await git.run(["for-each-ref", "--format=%(refname:lstrip=2)", ...asked])).split("\n");
  const below = new Map<string, string>();
  for (const name of names.reverse()) {
    for (let slash = name.indexOf("/"); slash !== -1; slash = name.indexOf("/", slash + 1)) {
      below.set(name.slice(0, slash), name);
    }
  }
  return below;
}

/** git compares each ref with each pattern. */
const mostPatterns = 16;

/** git has more ways to find out who somebody is; only where the plain ones do not settle it, it is asked. */
async function hasIdentity(git: GitProcess): Promise<boolean> {
  const config = await git.config();
  const isSettled = ["AUTHOR", "COMMITTER"].every((role) => {
    const named = git.env[`GIT_${role}_NAME`];
    const mailed = git.env[`GIT_${role}_EMAIL`];
    if (named !== undefined && mailed !== undefined) return isName(named) && mailed !== "";
    if (named !== undefined || mailed !== undefined) return false;
    if (config.keys.some((key) => key.startsWith(`${role.toLowerCase()}.`))) return false;
    return isName(config.all("user.name").at(-1) ?? "") && (config.all("user.email").at(-1) ?? "") !== "";
  });
  if (isSettled) return true;
  const asked = ["GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT"].map((name) => git.attempt(["var", name]));
  return (await Promise.all(asked)).every(({ exitCode }) => exitCode === 0);
}

/** git strips punctuation from the ends of a name, and takes no name that is nothing else. */
const isName = (name: string) => /\w/.test(name);
