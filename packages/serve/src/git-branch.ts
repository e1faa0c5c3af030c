import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { fromGit, type GitFolder } from "@refit/runtime/node";
import { canaryPlace, foundCanary, type CanaryPlace } from "./canary-place.ts";
import type { VersionSource } from "./follow.ts";
import type { FoundCanary } from "./follow-canary.ts";
import { remoteLook, unlessStale } from "./remote-look.ts";

/** A branch of a repository on this machine, which git must be installed for. */
export interface GitBranchPlace extends Omit<GitFolder, "folder"> {
  /**
   * A remote, such as `origin`, whose branch `revision` is fetched before each look if it has another commit there; left out: whoever fetches decides
   * when the branch changes. Git logs in as it does by hand, and never asks. Nothing else is fetched, and nothing is pushed.
   */
  readonly fetch?: string;
}

/** What a branch has in several folders, by one question to git for all of them. */
export interface GitBranch {
  /** @param folder from the root of the repository, such as `models/churn/champion`; beside a folder of this name, `canary` and `rollout.yaml` are looked for, too */
  source(folder: string): VersionSource;
}

interface FolderQuestion {
  readonly paths: ReadonlySet<string>;
  readonly entries: Promise<ReadonlyMap<string, BranchEntry>>;
}

interface BranchEntry {
  readonly kind: "tree" | "blob";
  readonly id: string;
}

/** @throws where `fetch` is given, and no branch */
export function gitBranch({ repository, revision = "HEAD", fetch }: GitBranchPlace): GitBranch {
  if (fetch !== undefined && revision === "HEAD") throw new Error("`fetch` needs `revision`, the name of a branch.");
  const git = gitOf(repository);
  const named = fetch === undefined ? revision : `refs/remotes/${fetch}/${revision}`;
  const remote =
    fetch === undefined
      ? async () => null
      : remoteLook(() => bringBranch(git, fetch, revision), { now: () => performance.now() });
  const paths = new Set<string>();
  let asked: FolderQuestion | null = null;

  /** A question that is under way answers for all paths that it has named. */
  function entriesFor(path: string): Promise<ReadonlyMap<string, BranchEntry>> {
    if (asked?.paths.has(path) === true) return asked.entries;
    const question: FolderQuestion = { paths: new Set(paths), entries: entriesOf(git, named, [...paths]) };
    const end = () => {
      if (asked === question) asked = null;
    };
    question.entries.then(end, end);
    asked = question;
    return question.entries;
  }
  const filesOf = (treeId: string) => {
    let files: ReturnType<typeof fromGit> | undefined;
    return async (path: string) => {
      files ??= fromGit({ repository, revision: treeId, folder: "" });
      return (await files).read(path);
    };
  };
  return {
    source(given) {
      const folder = given.replace(/\/+$/, "");
      const beside = canaryPlace(folder);
      for (const path of [folder, ...(beside === null ? [] : Object.values(beside))]) paths.add(path);
      const textOf = lastText((id) => git("cat-file", "blob", id));
      return () =>
        unlessStale(remote, async () => {
          const entries = await entriesFor(folder);
          const found = entries.get(folder);
          if (found?.kind !== "tree") throw new Error(`Git has no ${named}:${folder}.`);
          const canary = beside && (await canaryOf(entries, beside, { textOf, filesOf }));
          return { id: found.id, treeId: found.id, read: filesOf(found.id), canary };
        });
    },
  };
}

/** Keeps the last one: contents never change. */
function lastText(read: (id: string) => Promise<string>): (id: string) => Promise<string> {
  let last: { readonly id: string; readonly text: string } | null = null;
  return async (id) => {
    if (last?.id !== id) last = { id, text: await read(id) };
    return last.text;
  };
}

interface ObjectReaders {
  readonly textOf: (id: string) => Promise<string>;
  readonly filesOf: (treeId: string) => FoundCanary["read"];
}

async function canaryOf(
  entries: ReadonlyMap<string, BranchEntry>,
  { folder, rollout }: CanaryPlace,
  { textOf, filesOf }: ObjectReaders,
): Promise<FoundCanary | null> {
  const [tree, file] = [entries.get(folder), entries.get(rollout)];
  if (tree?.kind !== "tree" || file === undefined) return null;
  const version = { id: tree.id, treeId: tree.id, read: filesOf(tree.id) };
  return foundCanary(version, () => textOf(file.id));
}

type RunGit = (...args: readonly string[]) => Promise<string>;

const run = promisify(execFile);

function gitOf(repository: string): RunGit {
  const env = { ...process.env, GIT_TERMINAL_PROMPT: "0", GIT_OPTIONAL_LOCKS: "0", LC_ALL: "C" };
  return async (...args) => {
    const options = { encoding: "utf8", maxBuffer: 2 ** 31 - 1, env } as const;
    return (await run("git", ["-C", repository, ...args], options)).stdout;
  };
}

/** What is there, by path. */
async function entriesOf(
  git: RunGit,
  revision: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, BranchEntry>> {
  try {
    const list = await git("ls-tree", "-z", "--full-tree", "--end-of-options", revision, ...paths);
    const entries = [...list.matchAll(/(?:040000 (tree)|100644 (blob)) (\w+)\t([^\0]+)\0/g)];
    return new Map(
      entries.map(([, tree, , id, path]) => [path!, { kind: tree === undefined ? "blob" : "tree", id: id! }]),
    );
  } catch (error) {
    throw new Error(`Git has no ${revision}: ${saidBy(error)}`, { cause: error });
  }
}

/** Asks for one ref, and fetches it alone where it is another one. @throws where the remote does not answer, or has no such branch */
async function bringBranch(git: RunGit, remote: string, branch: string): Promise<void> {
  const ref = `refs/heads/${branch}`;
  const here = `refs/remotes/${remote}/${branch}`;
  const isHere = async (id: string) => (await git("for-each-ref", "--format=%(objectname)", here)).trim() === id;
  const quietly = ["--quiet", "--no-tags", "--no-prune", "--no-write-fetch-head", "--no-recurse-submodules"];
  const fetch = () => git("fetch", ...quietly, "--refmap=", "--end-of-options", remote, `+${ref}:${here}`);
  try {
    const [there] = (await git("ls-remote", "--end-of-options", remote, ref)).split("\t");
    if (!there) throw new Error(`it has no branch ${branch}`);
    if (await isHere(there)) return;
    // Another process that fetches into this repository moves the ref, and this one then may not.
    await fetch().catch(async () => (await isHere(there)) || fetch());
  } catch (error) {
    throw new Error(`Git cannot fetch ${branch} from ${remote}: ${saidBy(error)}`, { cause: error });
  }
}

const mostLetters = 300;

/** What git has said, in one line. */
function saidBy(error: unknown): string {
  const { stderr, message } = error as { readonly stderr?: string; readonly message: string };
  const said = (stderr ?? "").trim().replace(/\s+/g, " ") || message;
  return withoutLogin(said).slice(0, mostLetters);
}

/** Addresses may hold a password. */
const withoutLogin = (text: string) => text.replace(/(\w+:\/\/)[^\s/@]+@/g, "$1");
