import { finding, quoted, type DataManifest, type Field, type Finding } from "@refit/core";

import type { ColumnInfo } from "../../ports.ts";
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
  /** Its values appear in no message. */
  readonly sensitive: boolean;
  /** Its position in each file, -1 where a file does not have it. */
  readonly positions: readonly number[];
}

/**
 * Lays the files' columns side by side, by name.
 *
 * A declared column must be in every file. Another one may begin in a later file (`new-column`, read as no value
 * before), but not end.
 */
export function layColumns(
  heads: readonly FileHead[],
  manifest: DataManifest,
  knownTypes: readonly ColumnInfo[],
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
    findings.push(...gaps(heads, positions, name, raw, field !== null));
    return { name, raw, field, type, sensitive: manifest.sensitive.includes(name), positions };
  });
  return { columns, findings: [...findings, ...clashes(columns)] };
}

/** The type that typed files agree on. */
function statedType(heads: readonly FileHead[], positions: readonly number[]): ColumnInfo["type"] | null {
  const stated = new Set(heads.flatMap((head, i) => (positions[i]! < 0 ? [] : [head.types[positions[i]!]!])));
  if (stated.size === 2 && stated.has("integer") && stated.has("number")) return "number";
  return stated.size === 1 ? [...stated][0]! : null;
}

function gaps(
  heads: readonly FileHead[],
  positions: readonly number[],
  name: string,
  raw: string,
  declared: boolean,
): Finding[] {
  const first = positions.findIndex((position) => position >= 0);
  const missing = heads.filter((_, i) => positions[i]! < 0 && (declared || i > first));
  const errors = missing.map(({ path, columns }) => {
    const near = columns.find((other) => other.trim().toLowerCase() === raw.trim().toLowerCase());
    const advice = near === undefined ? "" : ` It has ${quoted(near)}.`;
    return finding(
      "missing-column",
      { file: path, column: name },
      `${quoted(path)} has no column ${quoted(raw)}.${advice}`,
    );
  });
  if (declared || first === 0) return errors;
  const { path } = heads[first]!;
  const message = `${quoted(path)} begins a column ${quoted(raw)} that the ${first} ${first === 1 ? "file" : "files"} before it do not have.`;
  return [finding("new-column", { file: path, column: name }, message), ...errors];
}

/** Names that are one name to SQL, once renaming is done. */
function clashes(columns: readonly PlannedColumn[]): Finding[] {
  const seen = new Map<string, PlannedColumn>();
  return columns.flatMap((column) => {
    const other = seen.get(column.name.toLowerCase());
    seen.set(column.name.toLowerCase(), column);
    if (other === undefined) return [];
    const message = `The columns ${quoted(other.raw)} and ${quoted(column.raw)} would both be named ${quoted(column.name)}.`;
    return [finding("duplicate-column", { column: column.name }, message)];
  });
}
