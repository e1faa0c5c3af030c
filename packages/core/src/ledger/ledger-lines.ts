import { canonicalJson, type Json } from "../digest/canonical-json.ts";
import { ledgerKey } from "./ledger-key.ts";
import type { LedgerRow } from "./ledger-row.ts";

/** One line of `models/<model>.jsonl`. */
export interface LedgerLine {
  /** Equal keys are the same row, which is not written again. */
  readonly key: string;
  /** The line as it stands in the file, without its end. */
  readonly text: string;
  /** What decides; `null`: a kind of row that a newer refit wrote. */
  readonly row: LedgerRow | null;
}

/** New rows, as lines. */
export function writeLedgerLines(rows: readonly LedgerRow[]): LedgerLine[] {
  return rows.map((row) => ({ key: ledgerKey(row), text: canonicalJson(row as unknown as Json), row }));
}

/**
 * The file with those of the lines at its end whose key it does not have. What is in it already stays byte for byte.
 *
 * @param text the file; empty: there is none.
 * @param known its lines.
 */
export function appendLedgerLines(text: string, known: readonly LedgerLine[], added: readonly LedgerLine[]): string {
  const fresh = distinctLines(known, added).slice(distinctLines(known).length);
  const before = text === "" || text.endsWith("\n") ? text : `${text}\n`;
  return fresh.length === 0 ? text : before + fresh.map((line) => `${line.text}\n`).join("");
}

/** Each key once, at its first place. */
export function distinctLines<Line extends Pick<LedgerLine, "key">>(...lists: readonly (readonly Line[])[]): Line[] {
  const lines = new Map<string, Line>();
  for (const line of lists.flat()) if (!lines.has(line.key)) lines.set(line.key, line);
  return [...lines.values()];
}
