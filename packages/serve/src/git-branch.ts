import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { fromGit, type GitFolder } from "@refit/runtime/node";
import type { VersionSource } from "./follow.ts";
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
  /** @param folder from the root of the repository, such as `models/churn/champion` */
  source(folder: string): VersionSource;
}

interface FolderQuestion {
  readonly folders: ReadonlySet<string>;
  readonly trees: Promise<ReadonlyMap<string, string>>;
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
  const folders = new Set<string>();
  let asked: FolderQuestion | null = null;

  /** A question that is under way answers for all folders that it has named. */
  function trees(folder: string): Promise<ReadonlyMap<string, string>> {
    if (asked?.folders.has(folder) === true) return asked.trees;
    const question: FolderQuestion = { folders: new Set(folders), trees: treesOf(git, named, [...folders]) };
    const end = () => {
      if (asked === question) asked = null;
    };
    question.trees.then(end, end);
    asked = question;
    return question.trees;
  }
  return {
    source(given) {
      const folder = given.replace(/\/+$/, "");
      folders.add(folder);
      return () =>
        unlessStale(remote, async () => {
          const treeId = (await trees(folder)).get(folder);
          if (treeId === undefined) throw new Error(`Git has no ${named}:${folder}.`);
          let files: ReturnType<typeof fromGit> | undefined;
          const read = async (path: string) => {
            files ??= fromGit({ repository, revision: treeId, folder: "" });
            return (await files).read(path);
          };
          return { id: treeId, treeId, read };
        });
    },
  };
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

/** Tree ids by folder; without those that are none. */
async function treesOf(
  git: RunGit,
  revision: string,
  folders: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  try {
    const list = await git("ls-tree", "-z", "--full-tree", "--end-of-options", revision, ...folders);
    return new Map([...list.matchAll(/040000 tree (\w+)\t([^\0]+)\0/g)].map(([, id, folder]) => [folder!, id!]));
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
