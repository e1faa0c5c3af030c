import type { DeclaredColumn } from "./declared-column.ts";
import { yamlText } from "./yaml-text.ts";

/** What a data manifest begins with. */
export interface NewManifest {
  /** File or glob. */
  readonly file: string;
  readonly columns: readonly DeclaredColumn[];
  /** Names of columns without a value. */
  readonly empty: readonly string[];
  readonly missingValues: readonly string[];
  /** Identifies a row and stays a feature; `null`: nothing is declared. */
  readonly primaryKey: string | null;
  /** SQL; `null`: the source is right as it is. */
  readonly prepare: string | null;
  readonly rows: number;
}

/** Longer, people would not read the list, and from 250,000 characters on refit would not read the file. */
const longestFields = 100_000;

/** The text of a data manifest. */
export function manifestText(manifest: NewManifest): string {
  const { file, columns, empty, missingValues, primaryKey, prepare, rows } = manifest;
  return [
    "# Where the rows are, and what must hold for them. Reference: `refit schema data-manifest`",
    "sources:",
    `  - { path: ${yamlText(file)} } # a glob such as data/*.csv also reads files that arrive later`,
    "schema:",
    ...fieldLines(columns),
    ...empty.map((name) => `    # ${JSON.stringify(name)} has no values yet; its type is inferred when they come`),
    ...(missingValues.length > 1 ? [`  missingValues: ${JSON.stringify(missingValues)}`] : []),
    ...(primaryKey === null ? [] : [`  primaryKey: ${yamlText(primaryKey)}`]),
    ...(prepare === null
      ? ["# prepare: |            # optional: one SELECT over `source`, in DuckDB's SQL", "#   SELECT * FROM source"]
      : prepareLines(prepare)),
    "checks:",
    `  minRows: ${Math.max(1, Math.floor(rows / 2))}`,
    "sensitive: [] # columns whose values must not appear in reports",
    "",
  ].join("\n");
}

function prepareLines(sql: string): string[] {
  // A block cannot hold every character, and a name may have any.
  const isPlain = /^[\x20-\x7E\u00A1-\uD7FF]*$/.test(sql);
  return isPlain ? ["prepare: |", `  ${sql}`] : [`prepare: ${JSON.stringify(sql)}`];
}

/** Every column with the type that was found; of too many only those whose texts need more than a type to be read. */
function fieldLines(columns: readonly DeclaredColumn[]): string[] {
  const all = columns.map(fieldLine);
  if (all.join("\n").length <= longestFields) return ["  fields:", ...all];
  const special = columns.filter((column) => Object.keys(column).length > 2).map(fieldLine);
  const note = `# the types of ${columns.length} columns are inferred; name those here that you know better`;
  return special.length === 0 ? [`  fields: [] ${note}`] : [`  fields: ${note}`, ...special];
}

function fieldLine({ name, from, type, missingValues, ...form }: DeclaredColumn): string {
  const words = [
    `name: ${yamlText(name)}`,
    ...(from === undefined ? [] : [`from: ${yamlText(from)}`]),
    `type: ${type}`,
    ...Object.entries(form).map(([key, value]) => `${key}: ${JSON.stringify(value)}`),
    ...(missingValues === undefined ? [] : [`missingValues: ${JSON.stringify(missingValues)}`]),
  ];
  return `    - { ${words.join(", ")} }`;
}
