import type { Sha256 } from "../digest/input-digest.ts";
import type { Column } from "../features/column.ts";

/**
 * A name for each row that its key alone decides, whatever file it is read from: the first 128 bits of the sha256 of the key's values.
 * The values themselves need not be kept. `null`: a part of the key is missing.
 *
 * @param columns of the key, all with as many rows.
 */
export function rowNames(columns: readonly Column[], rows: number, sha256: Sha256): (string | null)[] {
  return Array.from({ length: rows }, (_, row) => {
    const parts = columns.map((column) => partOf(column, row));
    return parts.includes(null) ? null : sha256(JSON.stringify(parts)).slice(0, 32);
  });
}

function partOf(column: Column, row: number): string | null {
  if (column.kind === "text") return column.dictionary[column.codes[row]!] ?? null;
  const value = column.values[row]!;
  return Number.isFinite(value) ? String(value) : null;
}
