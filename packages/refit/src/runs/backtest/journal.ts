import path from "node:path";
import type { BacktestNight } from "@refit/core/backtest";
import type { Files } from "../../ports/files.ts";
import { keep, readKept } from "./kept-json.ts";
import type { ReplicaRefs } from "./replay-policy.ts";

/** A night that is done, with where the repositories of the policies stood after it. */
export interface JournalEntry {
  readonly night: BacktestNight;
  /** By the policy's id. */
  readonly refs: Readonly<Record<string, ReplicaRefs>>;
}

/** The nights that earlier processes have done; a kill loses the one that it came in. */
export async function readJournal(files: Pick<Files, "read">, folder: string): Promise<JournalEntry[]> {
  const entries: JournalEntry[] = [];
  for (;;) {
    const stored = await readKept<JournalEntry>(files, placeOf(folder, entries.length));
    if (stored === null) return entries;
    entries.push(stored.value);
  }
}

export async function writeJournal(
  files: Pick<Files, "write">,
  folder: string,
  index: number,
  entry: JournalEntry,
): Promise<void> {
  await keep(files, placeOf(folder, index), entry);
}

const placeOf = (folder: string, index: number) =>
  path.join(folder, "nights", `${String(index).padStart(5, "0")}.json`);
