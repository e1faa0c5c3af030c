import { posix } from "node:path";
import { globRoot, schemeOf } from "@refit/core/spec";
import type { Repository } from "../../../ports/repository.ts";
import type { GitProcess } from "../../git/git-process.ts";

/** The most folders that git is asked about by name: it compares each file with each of them. */
const mostFolders = 64;

/**
 * Folders that the data manifests of the base commit name, as far as their text tells without being understood. A guess: it saves
 * questions, and decides nothing.
 */
export async function namedFolders(git: GitProcess, { root, baseCommit }: Repository): Promise<readonly string[]> {
  const plain = ["--no-color", "--no-line-number", "--no-column", "--no-textconv"];
  const lines = [
    "grep",
    "-h",
    "-I",
    ...plain,
    "--extended-regexp",
    "-e",
    "path[\"']?:",
    baseCommit,
    "--",
    "data-manifests",
  ];
  const { stdout } = await git.attempt(lines, { cwd: root });
  const paths = [...stdout.toString().matchAll(value)].map(
    ([, double, single, bare]) => double ?? single ?? bare!.trim(),
  );
  return paths.filter(isHere).map(globRoot);
}

/** What follows the key, in double quotes, in single ones, or bare. */
const value = /\bpath["']?:[ \t]+(?:"([^"\n]+)"|'([^'\n]+)'|([^\s"'#,{}[\]][^,}\]#\n]*))/g;

/** Git refuses a whole question for one path outside. */
function isHere(source: string): boolean {
  return (
    schemeOf(source) === "" &&
    !posix.isAbsolute(source) &&
    posix.normalize(source) === source &&
    !source.startsWith("..")
  );
}

/** The folders, or few that hold them all. */
export function fewFolders(folders: readonly string[]): readonly string[] {
  const parts = [...new Set(folders)].map((folder) => folder.split("/"));
  for (let depth = Math.max(...parts.map(({ length }) => length)); depth > 0; depth--) {
    const few = new Set(parts.map((each) => each.slice(0, depth).join("/")));
    if (few.size <= mostFolders) return [...few];
  }
  return [""];
}
