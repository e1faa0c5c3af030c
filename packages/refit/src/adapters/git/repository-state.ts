import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { GitProcess } from "./git-process.ts";

/** Files that decide what git does, from the git common directory. */
const decisive = ["config", "config.worktree", "info/attributes"];

/**
 * What stands in a repository besides its objects, by name: `HEAD`, each ref, each tracked file that is not as committed or staged,
 * and what decides what git does. Two calls of git; an edit of a file that was edited before is not seen.
 *
 * @returns `null` where git cannot tell.
 */
export async function repositoryState(git: GitProcess): Promise<ReadonlyMap<string, string> | null> {
  const [status, refs, folder] = await Promise.all([
    git.attempt(
      ["status", "--porcelain=v2", "--branch", "-z", "--untracked-files=no", "--no-renames", "--ignore-submodules=all"],
      { env: { GIT_OPTIONAL_LOCKS: "0" } },
    ),
    git.attempt(["for-each-ref", "--format=%(refname) %(objectname)"]),
    git.attempt(["rev-parse", "--git-common-dir"]),
  ]);
  if ([status, refs, folder].some(({ exitCode }) => exitCode !== 0)) return null;
  const common = path.resolve(git.cwd, folder.stdout.toString().trimEnd());
  return new Map([
    ...status.stdout.toString().split("\0").flatMap(statusEntry),
    ...refs.stdout.toString().split("\n").flatMap(refEntry),
    ...(await decisiveFiles(common)),
  ]);
}

type Entry = readonly [name: string, value: string];

/** `# branch.oid <id>`, or `1 <state> … <path>`: eight fields before the path. */
function statusEntry(line: string): Entry[] {
  const header = /^# branch\.(oid|head) (.*)$/.exec(line);
  if (header !== null) return [[header[1] === "oid" ? "the commit of HEAD" : "HEAD", header[2]!]];
  const file = /^(?:1 (?:\S+ ){7}|u (?:\S+ ){9})/.exec(line);
  return file === null ? [] : [[line.slice(file[0].length), file[0]]];
}

function refEntry(line: string): Entry[] {
  const [ref, id] = line.split(" ");
  return id === undefined ? [] : [[ref!, id]];
}

async function decisiveFiles(common: string): Promise<Entry[]> {
  const hooks = await readdir(path.join(common, "hooks")).catch(() => []);
  const files = [...decisive, ...hooks.map((name) => `hooks/${name}`)];
  const entries = files.map(async (name): Promise<Entry[]> => {
    const bytes = await readFile(path.join(common, name)).catch(() => null);
    return bytes === null ? [] : [[`.git/${name}`, createHash("sha256").update(bytes).digest("hex")]];
  });
  return (await Promise.all(entries)).flat();
}
