import { quoted } from "../errors/name-words.ts";
import { problemAt } from "./problems.ts";
import type { SpecProblem } from "./problems.ts";

/** Why a path does not stay inside the repository, as a sentence; `null`: it does, as far as text can tell. */
export function escapes(path: string): string | null {
  const beginsAt = "paths start at the root of the repository, such as data/churn.csv";
  if (path.includes("\0")) return "contains a zero byte, which is not allowed in a path";
  if (/^(?:[a-z]:[\\/]|[\\/]|~)/i.test(path)) return `${quoted(path)} is absolute; ${beginsAt}`;
  if (path.includes("\\")) return `${quoted(path)} contains a backslash; write / between folders`;
  if (path.split("/").includes("..")) return `${quoted(path)} leaves the repository with ..; ${beginsAt}`;
  return null;
}

/** One problem for each entry that was in the list before. */
export function repeated(list: readonly string[], pathOf: (index: number) => SpecProblem["path"]): SpecProblem[] {
  const seen = new Set<string>();
  return list.flatMap((word, i) => {
    if (seen.has(word)) return [problemAt(pathOf(i), `${quoted(word)} is named twice`)];
    seen.add(word);
    return [];
  });
}
