import { quoted } from "../errors/name-words.ts";
import type { DataManifest, Field, FurtherTable, Source } from "./data-manifest.ts";
import { nearest } from "./nearest.ts";
import { problemAt, problemBelow, type SpecProblem } from "./problems.ts";

/** The rules that a further table shares with the model's own rows. */
export interface SharedRules {
  fields(fields: readonly Field[]): readonly SpecProblem[];
  source(source: Source, index: number): readonly SpecProblem[];
}

/** What is wrong with a further table by itself. */
export function tableProblems(table: FurtherTable, index: number, shared: SharedRules): SpecProblem[] {
  const { fields, primaryKey } = table.schema;
  const own = [...shared.fields(fields), ...table.sources.flatMap((source, i) => shared.source(source, i))];
  const keys = typeof primaryKey === "string" ? [primaryKey] : (primaryKey ?? []);
  const keyPath = (i: number) => ["schema", "primaryKey", ...(typeof primaryKey === "string" ? [] : [i])];
  const problems = [...own, ...keys.flatMap((key, i) => undeclared(fields, key, keyPath(i))), ...timeProblems(table)];
  return problems.map((problem) => problemBelow(["tables", index], problem));
}

function undeclared(fields: readonly Field[], column: string, path: SpecProblem["path"]): SpecProblem[] {
  const names = fields.map(({ name }) => name);
  if (names.includes(column)) return [];
  const near = nearest(column, names);
  const meant = near === undefined ? "" : `; did you mean ${quoted(near)}?`;
  return [problemAt(path, `the table has no column ${quoted(column)} in schema.fields${meant}`)];
}

function timeProblems({ availableAt, schema: { fields } }: FurtherTable): SpecProblem[] {
  if (availableAt === undefined) return [];
  const type = fields.find(({ name }) => name === availableAt)?.type;
  if (type === undefined) return undeclared(fields, availableAt, ["availableAt"]);
  if (type === "date" || type === "datetime") return [];
  return [problemAt(["availableAt"], `${quoted(availableAt)} is a ${type}; expected a date or a datetime`)];
}

/** What is wrong with all further tables and feature views together. */
export function tablesProblems({ tables = [], views = [], prepare }: DataManifest): SpecProblem[] {
  const places = [
    ...tables.map(({ name }, i) => ({ name, path: ["tables", i, "name"], words: `tables[${i}]` })),
    ...views.map((name, i) => ({ name, path: ["views", i], words: `views[${i}]` })),
  ];
  const repeated = places.flatMap(({ name, path }, i) => {
    const first = places.find((place) => place.name === name)!;
    return first === places[i] ? [] : [problemAt(path, `${quoted(name)} is already ${first.words}`)];
  });
  if (places.length === 0 || prepare !== undefined) return repeated;
  const key = tables.length > 0 ? "tables" : "views";
  return [...repeated, problemAt([key], "nothing reads them: write the `prepare` that does")];
}
