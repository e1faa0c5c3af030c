import path from "node:path";
import type { BacktestStep } from "@refit/core/backtest";
import type { Files } from "../../ports/files.ts";
import { openSealedJson, sealJson } from "../../sealed-json.ts";
import { decodeText, encodeText } from "../../text.ts";
import type { ReplicaRefs } from "./replay-policy.ts";

/** A step that is done, with where the repositories of the policies stood after it. */
export interface JournalEntry {
  readonly step: BacktestStep;
  /** By the policy's id. */
  readonly refs: Readonly<Record<string, ReplicaRefs>>;
}

/** The steps that earlier processes have done; a kill loses the one that it came in. */
export async function readJournal(files: Files, folder: string): Promise<JournalEntry[]> {
  const entries: JournalEntry[] = [];
  for (;;) {
    const bytes = await files.read(placeOf(folder, entries.length));
    const stored = bytes && openSealedJson(decodeText(bytes));
    if (stored === null) return entries;
    entries.push(stored.value as JournalEntry);
  }
}

export async function writeJournal(files: Files, folder: string, index: number, entry: JournalEntry): Promise<void> {
  await files.write(placeOf(folder, index), encodeText(sealJson(entry)), { lasting: false });
}

const placeOf = (folder: string, index: number) => path.join(folder, "steps", `${String(index).padStart(5, "0")}.json`);
