import { groupOfBranch, pathsOfBranch } from "@refit/core/history";
import type { Repository } from "../../ports/repository.ts";
import type { GitProcess } from "./git-process.ts";

/** A commit that the base branch does not have. */
interface AddedCommit {
  readonly parents: readonly string[];
  /** It carries the trailer `Refit-Model`, and was committed when it was authored. */
  readonly isByRefit: boolean;
}

/** What a head adds to the base branch. */
export interface AddedCommits {
  readonly commits: readonly AddedCommit[];
  /** Commits of the base branch that it goes on from. */
  readonly forks: readonly string[];
}

/** Ids of files and folders that commits of the base branch have brought, by path; `null`: it was removed. */
type BroughtIds = ReadonlyMap<string, ReadonlySet<string | null>>;

/** What is known of one base commit. Of commits nothing changes, so that none of it grows old. */
interface KnownProposals {
  readonly baseCommit: string;
  /** Heads that git was asked about. */
  readonly heads: Set<string>;
  readonly commits: Map<string, AddedCommit>;
  /** What each branch of ours had as its head, and what that was made to replace, when all of them were asked about. */
  readonly branches: Promise<readonly OwnBranch[]>;
  readonly brought: Map<string, Promise<BroughtIds>>;
}

interface OwnBranch {
  readonly branch: string;
  readonly head: string;
  /** `nothing`: it had none before it; empty: refit did not make it. */
  readonly replaces: string;
}

const memories = new WeakMap<GitProcess, KnownProposals>();

/** Asks about all branches of ours at once: each proposal would cost several processes. */
function memoryOf(git: GitProcess, repository: Repository): KnownProposals {
  const before = memories.get(git);
  if (before?.baseCommit === repository.baseCommit) return before;
  const { baseCommit } = repository;
  const [heads, commits] = [new Set<string>(), new Map<string, AddedCommit>()];
  const branches = ownBranches(git, repository).then(async (found) => {
    const all = [...new Set(found.map(({ head }) => head))];
    // Where one of them cannot be read, each is asked about by itself.
    await readAdded(git, { baseCommit, heads, commits }, all).catch(() => {});
    return found;
  });
  const memory: KnownProposals = { baseCommit, heads, commits, branches, brought: new Map() };
  memories.set(git, memory);
  return memory;
}

async function ownBranches(git: GitProcess, { remote }: Repository): Promise<readonly OwnBranch[]> {
  const places = ["refs/heads/", ...(remote === null ? [] : [`refs/remotes/${remote}/`])];
  const format = "--format=%(refname) %(objectname) %(trailers:key=Refit-Replaces,valueonly,separator=%x2C)";
  const { stdout } = await git.attempt(["for-each-ref", format, ...places.map((place) => `${place}refit-*`)]);
  return stdout
    .toString()
    .split("\n")
    .flatMap((line) => {
      const [ref = "", head = "", replaces = ""] = line.split(" ");
      const place = places.find((each) => ref.startsWith(each)) ?? "";
      const branch = ref.slice(place.length);
      return proposing.test(branch) ? [{ branch, head, replaces }] : [];
    });
}

/** Not the ledger, whose commits are not of the base branch. */
const proposing = /^refit(-[a-z]+)?--/;

async function readAdded(
  git: GitProcess,
  { baseCommit, heads, commits }: Pick<KnownProposals, "baseCommit" | "heads" | "commits">,
  asked: readonly string[],
): Promise<void> {
  if (asked.length === 0) return;
  const format = "--format=%H%x09%P%x09%at %ct%x09%(trailers:key=Refit-Model,valueonly,separator=%x2C)";
  const input = [...asked, `^${baseCommit}`].map((line) => `${line}\n`).join("");
  const told = await git.run(["log", "-z", format, "--stdin"], { input });
  for (const line of told.split("\0").slice(0, -1)) {
    const [id = "", parents = "", times = "", model = ""] = line.split("\t");
    const [authored, committed] = times.split(" ");
    const isByRefit = authored === committed && model !== "";
    commits.set(id, { parents: parents.split(" ").filter(Boolean), isByRefit });
  }
  for (const head of asked) heads.add(head);
}

/** What a head adds to the base branch; no commits: it is a part of it. */
export async function addedBy(git: GitProcess, repository: Repository, head: string): Promise<AddedCommits> {
  const memory = memoryOf(git, repository);
  await memory.branches;
  if (!memory.heads.has(head)) await readAdded(git, memory, [head]);
  const added = new Map<string, AddedCommit>();
  const forks = new Set<string>();
  const waiting = [head];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const commit = memory.commits.get(id);
    if (commit === undefined) forks.add(id);
    else if (!added.has(id)) waiting.push(...commit.parents);
    if (commit !== undefined) added.set(id, commit);
  }
  return { commits: [...added.values()], forks: [...forks] };
}

/** What a head was made to take the place of, as its trailer says; empty: it does not say. */
export async function replacedBy(git: GitProcess, repository: Repository, head: string): Promise<string> {
  const branches = await memoryOf(git, repository).branches;
  const known = branches.find((each) => each.head === head);
  if (known !== undefined) return known.replaces;
  return (
    await git.run(["log", "-1", `--format=%(trailers:key=Refit-Replaces,valueonly,separator=%x2C)`, head])
  ).trim();
}

/**
 * Whether a commit of the base line since a fork brought this content to a path of a branch. All branches that go on from the same commit
 * are asked about at once.
 */
export async function wasBrought(
  git: GitProcess,
  repository: Repository,
  { fork, path, content }: { readonly fork: string; readonly path: string; readonly content: string | null },
): Promise<boolean> {
  if (fork === repository.baseCommit) return false;
  const memory = memoryOf(git, repository);
  const known = await memory.brought.get(fork);
  if (known?.has(path) === true) return known.get(path)!.has(content);
  const brought = pathsFrom(git, repository, fork).then((paths) =>
    readBrought(git, repository, fork, [...new Set([path, ...paths])]),
  );
  memory.brought.set(fork, brought);
  brought.catch(() => memory.brought.delete(fork));
  return (await brought).get(path)!.has(content);
}

async function pathsFrom(git: GitProcess, repository: Repository, fork: string): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const { branch, head } of await memoryOf(git, repository).branches) {
    const { forks } = await addedBy(git, repository, head);
    // What a group brings is asked about by itself: it comes in one commit.
    if (forks.includes(fork) && groupOfBranch(branch) === null) paths.push(...pathsOfBranch(branch, repository));
  }
  return paths;
}

const asItIs = ["--no-abbrev", "--no-renames", "--no-color", "--no-ext-diff", "--no-relative"];

async function readBrought(
  git: GitProcess,
  { baseCommit }: Repository,
  fork: string,
  paths: readonly string[],
): Promise<BroughtIds> {
  const line = ["log", "--first-parent", "--diff-merges=first-parent", "--raw", "-t", "-z", ...asItIs, "--format="];
  const input = [baseCommit, `^${fork}`, "--", ...paths].map((each) => `${each}\n`).join("");
  const tokens = (await git.run([...line, "--stdin"], { input })).split("\0");
  const brought = new Map(paths.map((path) => [path, new Set<string | null>()]));
  for (let i = 0; i < tokens.length; i++) {
    const [, mode, , id] = /^\s*:/.test(tokens[i]!) ? tokens[i]!.trim().split(" ") : [];
    if (mode === undefined || id === undefined) continue;
    brought.get(tokens[++i] ?? "")?.add(mode === "000000" ? null : id);
  }
  return brought;
}
