import type { FileHead } from "./file-head.ts";
import type { Session } from "./session.ts";

/** Columns from which a file is wide: to plan a statement over it takes longer than to read some rows. */
export const wideFrom = 100;
/** Texts of all wide files together that are kept: some hundred megabytes. */
const mostTexts = 20_000_000;

/** How many texts there still is room for. */
export interface TextRoom {
  left: number;
}

export function textRoom(): TextRoom {
  return { left: mostTexts };
}

/**
 * Reads a wide file with few rows into a table of its texts, so that what is asked of them column by column is not planned over
 * the file again: over 10,000 columns that takes a hundred times as long.
 *
 * @returns the head of the table; of the file where it is narrow, or has too many rows.
 */
export async function keepWideTexts(session: Session, head: FileHead, rows: number, room: TextRoom): Promise<FileHead> {
  const texts = rows * head.columns.length;
  if (head.columns.length <= wideFrom || texts > room.left) return head;
  const table = `refit_texts_${mostTexts - room.left}`;
  room.left -= texts;
  const names = head.columns.map((_, i) => `c${i}`);
  await session.run(`CREATE OR REPLACE TABLE ${table} AS SELECT ${names.join(", ")} FROM ${head.relation}`);
  return { ...head, relation: table };
}

/** Whether the texts of a column are few beside its plan, so that those of many columns are laid below one another. */
export function areBelow(rows: number, columns: number): boolean {
  return columns > wideFrom && rows * columns <= mostTexts;
}

/** Forgets the tables of texts. */
export async function dropWideTexts(session: Session, heads: readonly FileHead[]): Promise<void> {
  for (const { relation } of heads) {
    if (relation.startsWith("refit_texts_")) await session.run(`DROP TABLE ${relation}`);
  }
}
