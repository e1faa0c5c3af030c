import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import type { TemporaryRepository } from "@refit/testkit";
import { allRefs, forgePages } from "./refs.ts";

/** All that a later run or a person can tell apart after commands that ran with the same `--now`, without durations. */
export async function endStateOf(repository: TemporaryRepository) {
  const refs = await allRefs(repository);
  const ledgers = await Promise.all(
    refs.filter((line) => line.includes("/refit-ledger ")).map((line) => ledgerAt(repository, line)),
  );
  const pages = Object.entries(await forgePages(repository));
  return {
    refs: refs.filter((line) => !line.includes("/refit-ledger ")),
    ledgers,
    pages: pages.map(([name, text]) => [name, withoutMeasurements(text)]),
    workTree: await repository.git("status", "--porcelain=v2", "--branch", "--untracked-files=all"),
    worktrees: await repository.git("worktree", "list"),
    leftovers: await leftoversOf(repository),
  };
}

/** Rows are a set, and of reports only the names count: they tell how long something took. */
async function ledgerAt({ git, remote }: TemporaryRepository, line: string) {
  const [place, ref] = line.split(" ") as [string, string];
  const at = place === "here" ? [] : ["--git-dir", remote!];
  const files = (await git(...at, "ls-tree", "-r", "--name-only", ref)).split("\n");
  const rows: string[] = [];
  for (const file of files.filter((name) => name.endsWith(".jsonl")))
    rows.push(...(await git(...at, "show", `${ref}:${file}`)).split("\n").map((row) => `${file} ${row}`));
  return { place, ref, files, rows: rows.sort() };
}

const withoutMeasurements = (text: string) => text.replaceAll(/\d[\d.,]* (ms|s|min)\b/g, "some time");

/** What only a process that was killed leaves: locks, registrations of worktrees, scratch; git's own objects apart. */
async function leftoversOf({ root, remote }: TemporaryRepository): Promise<string[]> {
  const found: string[] = [];
  for (const folder of [path.join(root, ".git"), remote]) {
    if (folder === null) continue;
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    for (const entry of entries) {
      const file = path.relative(folder, path.join(entry.parentPath, entry.name));
      if (file.startsWith("objects/")) continue;
      if (/\.(lock|tmp|new)$|^worktrees\/|^refit\/(scratch|worktrees)\/[^/]+$|^refit\/index-/.test(file))
        found.push(file);
    }
  }
  return found.sort();
}

/** The locks that messages say to delete, deleted as they say. @returns their paths. */
export async function removeNamedLocks(said: string): Promise<string[]> {
  const files = [...said.matchAll(/delete it with `rm "([^"]+\.(?:lock|new))"`/g)].map(([, file]) => file!);
  const named = [...new Set(files)];
  for (const file of named) await rm(file); // fails where there is none
  return named;
}
