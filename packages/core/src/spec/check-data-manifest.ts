import { findingCodes } from "../data/finding-codes.ts";
import { addressProblems, schemeWords } from "./address-rules.ts";
import { check, entryRule } from "./check.ts";
import type { Checked, Rule } from "./check.ts";
import { columnNameProblem } from "./column-name.ts";
import { constraintProblems } from "./constraint-rules.ts";
import { acceptedFinding, dataManifest, field, furtherTable, source } from "./data-manifest.ts";
import type { AcceptedFinding, DataManifest, Field, Source } from "./data-manifest.ts";
import { folderProblems, noFilesHere, remoteFileProblems } from "./file-column-rules.ts";
import { nearest } from "./nearest.ts";
import { escapes, repeated } from "./path-rules.ts";
import { quoted } from "../errors/name-words.ts";
import { problemAt } from "./problems.ts";
import type { SpecProblem } from "./problems.ts";
import { schemeOf } from "./source-scheme.ts";
import { tableProblems, tablesProblems } from "./table-rules.ts";
import { numberFormProblems } from "./written-form-rules.ts";

/**
 * Reads the contents of a data manifest: keys, types, and combinations that can never work.
 *
 * @param schemes what a path may begin with, as `schemeOf` reads it.
 */
export function checkDataManifest(document: unknown, schemes: readonly string[]): Checked<DataManifest> {
  const entryRules = [
    entryRule(["sources"], source, (entry, i) => sourceProblems(entry, i, schemes)),
    entryRule(["schema", "fields"], field, fieldProblems),
    entryRule(["tables"], furtherTable, (table, i) =>
      tableProblems(table, i, {
        fields: (fields) => [...fields.flatMap(fieldProblems), ...duplicateFields(fields), ...noFilesHere(fields)],
        source: (entry, place) => sourceProblems(entry, place, schemes),
      }),
    ),
    entryRule(["checks", "accept"], acceptedFinding, notAcceptable),
  ];
  return check(dataManifest, rules, entryRules, document);
}

const rules: readonly Rule<DataManifest>[] = [
  {
    reads: ["sources"],
    find({ sources }) {
      const paths = sources.map(({ path }) => path);
      return repeated(paths, (i) => ["sources", i, "path"]);
    },
  },
  { reads: ["schema"], find: ({ schema }) => duplicateFields(schema.fields) },
  {
    reads: ["schema", "sensitive", "checks"],
    find: ({ schema, sensitive, checks }) => {
      const keys = schema.primaryKey;
      const primaryKey = typeof keys === "string" ? [keys] : (keys ?? []);
      const keyPath = (i: number) => ["schema", "primaryKey", ...(typeof keys === "string" ? [] : [i])];
      return [
        ...primaryKey.flatMap((column, i) => renamedColumn(schema.fields, column, keyPath(i))),
        ...sensitive.flatMap((column, i) => renamedColumn(schema.fields, column, ["sensitive", i])),
        ...checks.accept.flatMap(({ column }, i) =>
          renamedColumn(schema.fields, column, ["checks", "accept", i, "column"]),
        ),
        ...repeated(primaryKey, (i) => ["schema", "primaryKey", i]),
        ...repeated(sensitive, (i) => ["sensitive", i]),
      ];
    },
  },
  { reads: ["sources", "schema"], find: ({ sources, schema }) => remoteFileProblems(sources, schema.fields) },
  { reads: ["tables", "views", "prepare"], find: tablesProblems },
  {
    reads: ["prepare"],
    find: ({ prepare }) =>
      prepare?.trim() === "" ? [problemAt(["prepare"], "holds no SQL; remove it to use the source as it is")] : [],
  },
];

function fieldProblems(entry: Field, i: number): SpecProblem[] {
  return [
    ...fieldNameProblems(entry, i),
    ...numberFormProblems(entry, i),
    ...constraintProblems(entry, i),
    ...folderProblems(entry, i),
  ];
}

function fieldNameProblems({ name }: Field, i: number): SpecProblem[] {
  const problem = columnNameProblem(name);
  return problem === null ? [] : [problemAt(["schema", "fields", i, "name"], problem)];
}

const acceptable = Object.entries(findingCodes).flatMap(([code, { severity }]) =>
  severity === "suspect" ? [code] : [],
);

function notAcceptable({ finding }: AcceptedFinding, i: number): SpecProblem[] {
  if (acceptable.includes(finding)) return [];
  const severity = Object.entries(findingCodes).find(([code]) => code === finding)?.[1].severity;
  const path = ["checks", "accept", i, "finding"];
  if (severity === "warning")
    return [problemAt(path, `${quoted(finding)} is a warning, which blocks nothing; there is nothing to accept`)];
  const known = `; these can be accepted: ${acceptable.join(", ")}`;
  if (severity === "error")
    return [problemAt(path, `${quoted(finding)} is an error, which cannot be accepted${known}`)];
  const near = nearest(finding, acceptable);
  return [
    problemAt(
      path,
      `there is no finding ${quoted(finding)}${near === undefined ? known : `; did you mean ${quoted(near)}?`}`,
    ),
  ];
}

const formats = [".csv", ".tsv", ".csv.gz", ".tsv.gz", ".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz", ".parquet"];

/** Longer than any path that a file system knows. */
const longestPath = 4096;

function sourceProblems(entry: Source, i: number, schemes: readonly string[]): SpecProblem[] {
  const { path, delimiter } = entry;
  const at = ["sources", i, "path"];
  if (path.length > longestPath) return [problemAt(at, `is longer than ${longestPath} characters`)];
  const scheme = schemeOf(path);
  if (!schemes.includes(scheme)) {
    const known = schemes.map(schemeWords).join(", ");
    const advice = "commit or git-ignore the file and name its path";
    return [problemAt(at, `${schemeWords(scheme)} is not a known kind of source (known: ${known}); ${advice}`)];
  }
  const remote = addressProblems(entry).map(({ key, sentence }) => problemAt(["sources", i, key], sentence));
  if (scheme !== "") return remote;
  return [...remote, ...fileProblems(path, delimiter, i)];
}

function fileProblems(path: string, delimiter: string | undefined, i: number): SpecProblem[] {
  const at = ["sources", i, "path"];
  const outside = escapes(path);
  if (outside !== null) return [problemAt(at, outside)];

  // The ending of a glob such as `data/*` is known only when its files are.
  const ending = /\.[^./*?[\]{}]+(?:\.gz)?$/i.exec(path.slice(path.lastIndexOf("/") + 1))?.[0].toLowerCase();
  if (ending === undefined) return [];
  if (!formats.includes(ending)) {
    return [problemAt(at, `${quoted(path)} ends in ${quoted(ending)}; refit reads ${formats.join(", ")}`)];
  }
  const isDelimited = ending.startsWith(".csv") || ending.startsWith(".tsv");
  if (delimiter === undefined || isDelimited) return [];
  return [problemAt(["sources", i, "delimiter"], `only CSV has a delimiter, and the path ends in ${quoted(ending)}`)];
}

function duplicateFields(fields: readonly Field[]): SpecProblem[] {
  // SQL ignores upper and lower case in column names.
  const names = fields.map(({ name }) => name.toLowerCase());
  const origins = fields.map(({ name, from }) => from ?? name);
  return fields.flatMap(({ name, from }, i) => {
    const sameName = names.indexOf(names[i]!);
    if (sameName < i) {
      const why = fields[sameName]!.name === name ? "" : "; SQL ignores upper and lower case";
      return [
        problemAt(["schema", "fields", i, "name"], `${quoted(name)} is already the name of fields[${sameName}]${why}`),
      ];
    }
    const sameOrigin = origins.indexOf(origins[i]!);
    if (sameOrigin === i) return [];
    const path = ["schema", "fields", i, from === undefined ? "name" : "from"];
    return [problemAt(path, `the source column ${quoted(origins[i]!)} is already read by fields[${sameOrigin}]`)];
  });
}

/** A column that `from` renamed is known by its new name only; other columns may be inferred, so they are not judged. */
function renamedColumn(fields: readonly Field[], column: string, path: SpecProblem["path"]): SpecProblem[] {
  if (fields.some(({ name }) => name === column)) return [];
  const renamed = fields.find(({ from }) => from === column);
  if (renamed === undefined) return [];
  return [
    problemAt(
      path,
      `the column ${quoted(column)} is renamed to ${quoted(renamed.name)} in schema.fields; use that name`,
    ),
  ];
}
