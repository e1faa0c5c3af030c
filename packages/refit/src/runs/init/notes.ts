import { quoted, quotedList } from "@refit/core/errors";
import { placeKey, type DecidedRows } from "./decide-rows.ts";
import type { DeclaredColumn } from "./declared-column.ts";
import type { DataNote } from "./data-note.ts";

/** Notes as sentences, with the line in which each shows first. */
export function placedNotes(notes: readonly DataNote[], { lines, fileCount }: DecidedRows): string[] {
  return notes.map(({ what, at, advice }) => {
    const line = at === null ? null : (lines.get(placeKey(at)) ?? null);
    const file = at === null || fileCount < 2 ? "" : ` of ${quoted(at.file)}`;
    const place = at === null ? "" : `, first in ${line === null ? `row ${at.row}` : `line ${line}`}${file}`;
    return `${what}${place}. ${advice}`;
  });
}

/** Columns of whole numbers that are given the decimal comma of the others. */
export function fractionNote(before: readonly DeclaredColumn[], after: readonly DeclaredColumn[]): string[] {
  const given = after.filter(({ decimalChar }, i) => decimalChar !== before[i]!.decimalChar).map(({ name }) => name);
  if (given.length === 0) return [];
  const have = given.length === 1 ? "has" : "have";
  return [
    `${quotedList(given, 3)} ${have} whole numbers. A fraction would be read with \`decimalChar: ","\`, as in the other columns.`,
  ];
}

/** @param isFile whether the key is a column of files. */
export function keyNote(key: string | null, unsure: string | null, isFile: boolean): string[] {
  if (key !== null && isFile)
    return [
      `${quoted(key)} names another file in every row, so it identifies a row (\`primaryKey\`): a file that is replaced is a correction of its row.`,
    ];
  if (key !== null) return [`${quoted(key)} identifies a row (\`key\`): it is not a feature.`];
  if (unsure === null) return [];
  return [
    `${quoted(unsure)} has another whole number in every row, but is not named or counted like an identifier: it stays a feature. If it identifies a row, set \`key: ${unsure}\` in model.yaml.`,
  ];
}

/** A date column that nobody has named as the time; one that only rows of one outcome have is none. */
export function timeNotes(
  columns: readonly DeclaredColumn[],
  {
    time,
    target,
    leaks,
  }: { readonly time: string | null; readonly target: string; readonly leaks: readonly (string | null)[] },
): string[] {
  if (time !== null) return [];
  const dates = columns.filter(
    ({ name, type }) => (type === "date" || type === "datetime") && name !== target && !leaks.includes(name),
  );
  if (dates.length === 0) return [];
  const names = dates.slice(0, 3).map(({ name }) => quoted(name));
  const hold = names.length === 1 ? "holds" : "hold";
  return [
    `${names.join(", ")} ${hold} dates, and without \`--time\` the holdout is a random fifth of the rows. If rows arrive over time, run init again with \`--time\`: then the newest rows are held out.`,
  ];
}
