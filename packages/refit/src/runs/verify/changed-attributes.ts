import { posix } from "node:path";
import type { Ports } from "../../ports/index.ts";
import type { Repository } from "../../ports/repository.ts";

/**
 * Files of git attributes that a pull request changes. They decide how git turns what it has stored into the files that are
 * read, so what is read would be the pull request's own word.
 */
export async function changedAttributes(
  { ancestry, git }: Pick<Ports, "ancestry" | "git">,
  { baseCommit }: Repository,
  head: string,
): Promise<readonly string[]> {
  const tip = await git.resolve(`${head}^0`);
  const from = tip && (await ancestry.mergeBase(tip, baseCommit));
  const [now, before] = [await attributesOf(git, head), await attributesOf(git, from ?? baseCommit)];
  return [...new Set([...now.keys(), ...before.keys()])].filter((path) => now.get(path) !== before.get(path)).sort();
}

async function attributesOf(git: Ports["git"], commit: string): Promise<ReadonlyMap<string, string>> {
  const entries = await git.list(commit);
  const files = entries.filter(({ path }) => posix.basename(path) === ".gitattributes");
  return new Map(files.map(({ path, id }) => [path, id]));
}
