import {
  BareRepositoryError,
  BaseDivergedError,
  BaseNotFoundError,
  GitFailedError,
  NoCommitsError,
  NotARepositoryError,
  ShallowCloneError,
} from "@refit/core/errors";
import type { Repository } from "../../ports/repository.ts";
import type { GitProcess } from "./git-process.ts";
import type { listedRefs, Refs } from "./listed-refs.ts";
import { plainPlace } from "./plain-place.ts";
import { readRemotes, sharedRemote } from "./remotes.ts";
import { headsHere } from "./shared-heads.ts";

/** Where a repository lies and which remotes it has: what no fetch, commit or push changes. */
interface Whereabouts {
  readonly root: string;
  readonly commonDir: string;
  /** URL by name. */
  readonly remotes: ReadonlyMap<string, string>;
}

/**
 * Finds the repository, and the commit that is the truth by now: the newer of the local base branch and the remote's.
 * What does not change is asked once.
 *
 * @param base name of the base branch; `null`: the remote's HEAD, else `main` or `master`, else the current branch.
 */
export function locator(
  git: GitProcess,
  base: string | null,
  branches: Pick<ReturnType<typeof listedRefs>, "list" | "keptIn">,
): () => Promise<Repository> {
  let known: Whereabouts | null = null;
  return async () => {
    const [place, refs] = await Promise.all([known ?? findWhereabouts(git), branches.list()]);
    known = place;
    branches.keptIn(place.commonDir);
    return baseOf(git, base, place, refs);
  };
}

/** What a commit without a file holds, by its id in SHA-1 and in SHA-256; git knows the one of its own kind everywhere. */
const emptyTrees = [
  "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
  "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321",
] as const;

/** @param base name of the base branch; `null`: `main`. */
export function unversioned(git: GitProcess, base: string | null): () => Promise<Repository> {
  return async () => {
    const [{ root, commonDir }, { exitCode }] = await Promise.all([
      readPlace(git),
      git.attempt(["cat-file", "-e", emptyTrees[0]]),
    ]);
    const baseCommit = exitCode === 0 ? emptyTrees[0] : emptyTrees[1];
    return { root, commonDir, baseBranch: base ?? "main", baseCommit, remote: null, notices: [] };
  };
}

async function findWhereabouts(git: GitProcess): Promise<Whereabouts> {
  const [{ shallow, root, commonDir }, remotes] = await Promise.all([
    plainPlace(git).then((place) => place ?? readPlace(git)),
    readRemotes(git),
  ]);
  if (shallow) throw new ShallowCloneError(root);
  return { root, commonDir, remotes };
}

async function baseOf(git: GitProcess, base: string | null, place: Whereabouts, refs: Refs): Promise<Repository> {
  const { remotes } = place;
  if (refs.commits.size === 0) throw new NoCommitsError(place.root);

  const remote = sharedRemote(remotes);
  const baseBranch = base ?? defaultBranch(refs, remote);
  const local = baseBranch === null ? undefined : refs.commits.get(`refs/heads/${baseBranch}`);
  const shared = remote === null ? undefined : refs.commits.get(`refs/remotes/${remote}/${baseBranch}`);
  if (baseBranch === null || (local ?? shared) === undefined) throw new BaseNotFoundError(baseBranch);

  const notices: string[] = [];
  if (remote === null && remotes.size > 1) {
    notices.push(`There are ${remotes.size} remotes, and none is called origin, so refit works in this clone only.`);
  }
  let baseCommit = (local ?? shared)!;
  if (local !== undefined && shared !== undefined && local !== shared) {
    const counts = await git.run(["rev-list", "--left-right", "--count", `${local}...${shared}`]);
    const [ahead, behind] = counts.split("\t").map(Number) as [number, number];
    const isRewritten = ahead > 0 && behind > 0;
    if (isRewritten && !(await wasShared(git, local, `refs/remotes/${remote}/${baseBranch}`)))
      throw new BaseDivergedError(baseBranch, remote!, ahead, behind);
    if (behind > 0) baseCommit = shared;
    notices.push(
      isRewritten
        ? `${remote}/${baseBranch} was rewritten, and ${baseBranch} has no commit of its own; ${remote}/${baseBranch} is used.`
        : behind > 0
          ? `${baseBranch} is ${commits(behind)} behind ${remote}/${baseBranch}; ${remote}/${baseBranch} is used.`
          : `${baseBranch} is ${commits(ahead)} ahead of ${remote}/${baseBranch}; ${baseBranch} is used.`,
    );
  }
  const located = { root: place.root, commonDir: place.commonDir, baseBranch, baseCommit, remote, notices };
  return remote === null ? located : { ...located, sharedHeads: headsHere(refs.commits, { remote, baseBranch }) };
}

/** Whether the remote's branch once was at this commit or beyond, as its reflog says: then nothing here was never there. */
async function wasShared(git: GitProcess, commit: string, remoteRef: string): Promise<boolean> {
  const { exitCode, stdout } = await git.attempt(["merge-base", "--fork-point", remoteRef, commit]);
  return exitCode === 0 && stdout.toString().trim() === commit;
}

const commits = (count: number) => (count === 1 ? "1 commit" : `${count} commits`);

async function readPlace(git: GitProcess) {
  const questions = ["--is-bare-repository", "--is-shallow-repository", "--git-common-dir", "--show-toplevel"];
  const args = ["rev-parse", "--path-format=absolute", ...questions];
  const { exitCode, stdout, stderr } = await git.attempt(args);
  const [bare, shallow, commonDir, root] = stdout.toString().split("\n");
  if (bare === "true") throw new BareRepositoryError(git.cwd);
  if (stderr.includes("not a git repository")) throw new NotARepositoryError(git.cwd);
  if (exitCode !== 0) throw new GitFailedError(args.join(" "), exitCode, stderr);
  return { shallow: shallow === "true", commonDir: commonDir!, root: root! };
}

function defaultBranch(refs: Refs, remote: string | null): string | null {
  const prefix = `refs/remotes/${remote}/`;
  const head = refs.symbolic.get(`${prefix}HEAD`);
  if (head?.startsWith(prefix)) return head.slice(prefix.length);
  const known = (name: string) => refs.commits.has(`refs/heads/${name}`) || refs.commits.has(`${prefix}${name}`);
  return ["main", "master"].find(known) ?? refs.current;
}
