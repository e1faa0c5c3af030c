import { finding, type Finding } from "@refit/core/data";
import { quoted } from "@refit/core/errors";
import { columnNameKey, columnNameProblem, nearest, type DataManifest, type Field } from "@refit/core/spec";

import type { ColumnInfo } from "@refit/core/data";
import type { KnownColumn } from "../../ports/tables.ts";
import type { FileHead } from "./file-head.ts";

/** A column of `source`, over all files. */
export interface PlannedColumn {
  /** Its name from here on. */
  readonly name: string;
  /** Its name in the files. */
  readonly raw: string;
  /** As declared; `null`: not in the manifest's schema. */
  readonly field: Field | null;
  /** Declared, known from an earlier version, or stated by the format; `null`: to be inferred. */
  readonly type: ColumnInfo["type"] | null;
  /** Texts that mean that there is no value. */
  readonly missingValues: readonly string[];
  /** Its values appear in no message. */
  readonly sensitive: boolean;
  /** Its position in each file, -1 where a file does not have it. */
  readonly positions: readonly number[];
}

/**
 * Lays the files' columns side by side, by name.
 *
 * A declared column must be in every file. Another one may begin in a later file (`new-column`), but that it ends, or
 * that no file has what an earlier version knew, is suspect (`gone-column`). Where it is not, it reads as no value.
 */
export function layColumns(
  heads: readonly FileHead[],
  manifest: DataManifest,
  knownTypes: readonly KnownColumn[],
): { readonly columns: readonly PlannedColumn[]; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const fields = new Map(manifest.schema.fields.map((field) => [field.from ?? field.name, field]));
  const places = heads.map((head) => new Map(head.columns.map((name, i) => [name, i])));
  const raws = new Set([...heads.flatMap((head) => head.columns), ...fields.keys()]);
  const known = new Map(knownTypes.map(({ name, type }) => [name, type]));

  const columns = [...raws].map((raw): PlannedColumn => {
    const field = fields.get(raw) ?? null;
    const name = field?.name ?? raw;
    const positions = places.map((place) => place.get(raw) ?? -1);
    const type = field?.type ?? known.get(name) ?? statedType(heads, positions);
    findings.push(...gaps(heads, { name, raw, positions, declared: field !== null }, known));
    const missingValues = field?.missingValues ?? manifest.schema.missingValues;
    return { name, raw, field, type, missingValues, sensitive: manifest.sensitive.includes(name), positions };
  });
  findings.push(...goneColumns(known.keys(), columns, heads), ...badNames(columns, heads), ...clashes(columns));
  return { columns, findings };
}

/** The type that typed files agree on. */
function statedType(heads: readonly FileHead[], positions: readonly number[]): ColumnInfo["type"] | null {
  const stated = new Set(heads.flatMap((head, i) => (positions[i]! < 0 ? [] : [head.types[positions[i]!]!])));
  if (stated.size === 2 && stated.has("integer") && stated.has("number")) return "number";
  return stated.size === 1 ? [...stated][0]! : null;
}

function gaps(
  heads: readonly FileHead[],
  column: {
    readonly name: string;
    readonly raw: string;
    readonly positions: readonly number[];
    readonly declared: boolean;
  },
  known: ReadonlyMap<string, unknown>,
): Finding[] {
  const { name, raw, positions, declared } = column;
  const first = positions.findIndex((position) => position >= 0);
  const missing = heads.filter((_, i) => positions[i]! < 0 && (declared || i > first));
  const gone = missing.map(({ path, columns }) => {
    const near = nearest(raw, columns);
    const advice = near === undefined ? "" : ` It has ${quoted(near)}.`;
    const message = `${quoted(path)} has no column ${quoted(raw)}.${advice}`;
    return finding(declared ? "missing-column" : "gone-column", { file: path, column: name }, message);
  });
  const isNew = !declared && (first > 0 || (known.size > 0 && !known.has(name)));
  if (!isNew) return gone;
  const { path } = heads[first]!;
  const message = `${quoted(path)} has a new column ${quoted(raw)}.`;
  return [finding("new-column", { file: path, column: name }, message), ...gone];
}

function goneColumns(
  known: Iterable<string>,
  columns: readonly PlannedColumn[],
  heads: readonly FileHead[],
): Finding[] {
  if (heads.length === 0) return [];
  const here = new Set(columns.map(({ name }) => name));
  return [...known]
    .filter((name) => !here.has(name))
    .map((name) =>
      finding("gone-column", { column: name }, `No file has the column ${quoted(name)} that the data had before.`),
    );
}

/** What no column may be named, once renaming is done. The manifest's own names were checked with it. */
function badNames(columns: readonly PlannedColumn[], heads: readonly FileHead[]): Finding[] {
  return columns.flatMap(({ name, positions }) => {
    const problem = columnNameProblem(name);
    if (problem === null) return [];
    const first = positions.findIndex((position) => position >= 0);
    const file = heads[first];
    if (file === undefined) return [];
    const place = { file: file.path, column: name, ...(file.format === "csv" && { line: 1 }) };
    return [finding("column-name", place, `column ${positions[first]! + 1} of ${quoted(file.path)} ${problem}.`)];
  });
}

/** Names that are one name to SQL, or to whoever reads them, once renaming is done. */
function clashes(columns: readonly PlannedColumn[]): Finding[] {
  const seen = new Map<string, PlannedColumn>();
  return columns.flatMap((column) => {
    const key = columnNameKey(column.name);
    const other = seen.get(key);
    seen.set(key, column);
    if (other === undefined) return [];
    const sameToSql = other.name.toLowerCase() === column.name.toLowerCase();
    const message = sameToSql
      ? `The columns ${quoted(other.raw)} and ${quoted(column.raw)} would both be named ${quoted(column.name)}.`
      : `The columns ${quoted(other.raw)} and ${quoted(column.raw)} look the same to a reader.`;
    return [finding("duplicate-column", { column: column.name }, message)];
  });
}
