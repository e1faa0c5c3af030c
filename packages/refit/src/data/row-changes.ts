import { SourceVanishedError } from "@refit/core/errors";
import type { Ports } from "../ports/index.ts";
import type { RowRanges } from "../ports/sources.ts";
import type { RowContext } from "../products/context.ts";
import type { RowChanges, RowExample } from "../products/row-news.ts";
import type { SnapshotFile } from "../products/snapshot.ts";
import { fetchStored } from "./earlier-file.ts";
import { withSource } from "./source-table.ts";

type RowChangesPorts = Pick<Ports, "scratch" | "git" | "sources" | "tables" | "out">;

/** A row of a file, its number from 1. */
export interface PlacedRow {
  readonly file: SnapshotFile;
  readonly row: number;
}

/** Rows that people are told about. */
export interface ChangedRows {
  readonly corrections: readonly { readonly now: PlacedRow; readonly before: PlacedRow }[];
  readonly added: readonly PlacedRow[];
  readonly lost: readonly PlacedRow[];
}

/** Corrections that are compared value by value. */
const mostCompared = 10_000;
const mostExamples = 3;
/** Values that an example of a whole row shows. */
const mostShown = 4;
/** A longer text is prose, and may tell of a person. */
const longestText = 40;

/** Names of columns that often hold what should not be shown. */
export const personalName =
  /(^|_|\b)(e[-_]?mail|phone|ssn|passport|iban|address|birth|surname|first_?name|last_?name|full_?name|salary|ip)(_|\b|$)/i;

/**
 * What was changed in rows that were corrected, column by column, with a few examples of corrected, new and lost rows. Nothing is shown
 * of columns that are sensitive or look as if they should be.
 */
export async function rowChanges(
  ports: RowChangesPorts,
  context: RowContext,
  { corrections, added, lost }: ChangedRows,
): Promise<RowChanges> {
  const compared = corrections.slice(0, mostCompared);
  const now = await readRows(ports, context, [
    ...compared.map((each) => each.now),
    ...(lost.length + compared.length > 0 ? added.slice(0, mostExamples) : []),
  ]);
  const then = await rowsOfThen(ports, context, [
    ...compared.map(({ before }) => before),
    ...lost.slice(0, mostExamples),
  ]);
  const counts = new Map<string, number>();
  const examples: RowExample[] = [];
  for (const { now: place, before } of compared) {
    const [is, was] = [now.get(keyOf(place)), then.get(keyOf(before))];
    if (is === undefined || was === undefined) continue;
    const changed = [...is].filter(([name, value]) => was.get(name) !== value).map(([name]) => name);
    for (const name of changed) counts.set(name, (counts.get(name) ?? 0) + 1);
    if (examples.length === mostExamples) continue;
    const values = changed.filter((name) => isShown(context, name, [is.get(name), was.get(name)]));
    examples.push(
      exampleOf(
        "corrected",
        place,
        values.slice(0, mostShown).map((column) => ({ column, was: was.get(column)!, is: is.get(column)! })),
      ),
    );
  }
  const whole = (kind: "added" | "lost", places: readonly PlacedRow[], rows: ReadonlyMap<string, RowTexts>) =>
    places.slice(0, mostExamples).flatMap((place) => {
      const row = rows.get(keyOf(place));
      if (row === undefined) return [];
      const names = [...row.keys()].filter((name) => isShown(context, name, [row.get(name)])).slice(0, mostShown);
      return [
        exampleOf(
          kind,
          place,
          names.map((column) => ({ column, was: null, is: row.get(column)! })),
        ),
      ];
    });
  return {
    columns: [...counts]
      .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
      .map(([column, rows]) => ({ column, rows })),
    examples: [...examples, ...whole("added", added, now), ...whole("lost", lost, then)],
  };
}

type RowTexts = ReadonlyMap<string, string | null>;

const keyOf = ({ file, row }: PlacedRow) => `${file.sha256} ${row}`;

function exampleOf(kind: RowExample["kind"], { file, row }: PlacedRow, values: RowExample["values"]): RowExample {
  return { kind, path: file.source.path, row, values };
}

function isShown({ manifest }: RowContext, name: string, texts: readonly (string | null | undefined)[]): boolean {
  if (manifest.sensitive.includes(name) || personalName.test(name)) return false;
  return texts.every((text) => (text ?? "").length <= longestText && !(text ?? "").includes("@"));
}

/** Their digests may be at hand, and what they named may not. */
async function rowsOfThen(...request: Parameters<typeof readRows>): ReturnType<typeof readRows> {
  try {
    return await readRows(...request);
  } catch (error) {
    if (error instanceof SourceVanishedError) return new Map();
    throw error;
  }
}

/** The values of some rows; those of files that cannot be had, or not be read together, are left out. */
async function readRows(
  ports: RowChangesPorts,
  context: RowContext,
  places: readonly PlacedRow[],
): Promise<ReadonlyMap<string, RowTexts>> {
  const rows = new Map<string, RowTexts>();
  const numbers = new Map<string, { readonly file: SnapshotFile; readonly numbers: Set<number> }>();
  for (const { file, row } of places) {
    const known = numbers.get(file.source.path) ?? { file, numbers: new Set() };
    known.numbers.add(row);
    numbers.set(file.source.path, known);
  }
  if (numbers.size === 0) return rows;
  const files = [...numbers.values()].map((each) => ({ ...each, wanted: [...each.numbers].sort((a, b) => a - b) }));
  const parts = files.map(({ file, wanted }): SnapshotFile => ({ ...file, only: rangesOfRows(wanted) }));
  const fetched = await fetchStored(ports.sources, context, parts);
  if (fetched.length === 0) return rows;
  const here = new Set(fetched.map(({ sha256 }) => sha256));
  await withSource(ports, context, { files: fetched, tables: new Map() }, async (table) => {
    if (table.findings.some(({ severity }) => severity === "error")) return;
    const names = table.columns.map(({ name }) => name);
    for (const { file, wanted } of files.filter((each) => here.has(each.file.sha256))) {
      const texts = await table.texts(file.source.path);
      for (const [i, row] of wanted.entries()) {
        rows.set(keyOf({ file, row }), new Map(names.map((name, k) => [name, texts[i]![k]!])));
      }
    }
  });
  return rows;
}

/** @param numbers ascending. */
function rangesOfRows(numbers: readonly number[]): RowRanges {
  const ranges: [number, number][] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last?.[1] === number - 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges;
}
