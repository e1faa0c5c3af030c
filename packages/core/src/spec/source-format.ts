/** How a data file is read. */
export interface SourceFormat {
  readonly format: "csv" | "parquet" | "jsonl";
  /** `null`: found from the file itself, or not a delimited format. */
  readonly delimiter: string | null;
}

/** How a file is read, by its name; `null`: a name that refit does not read. */
export function sourceFormat(path: string): SourceFormat | null {
  const name = path.toLowerCase();
  if (/\.csv(?:\.gz)?$/.test(name)) return { format: "csv", delimiter: null };
  if (/\.tsv(?:\.gz)?$/.test(name)) return { format: "csv", delimiter: "\t" };
  if (/\.(?:jsonl|ndjson)(?:\.gz)?$/.test(name)) return { format: "jsonl", delimiter: null };
  if (name.endsWith(".parquet")) return { format: "parquet", delimiter: null };
  return null;
}

/** What to do with a file that exists and that refit does not read, by how its name ends; each as one sentence. */
const otherEndings: readonly (readonly [RegExp, (path: string) => string])[] = [
  [
    /\.(?:csv|tsv|jsonl|ndjson|parquet|txt|data|json)\.(?:zip|7z|bz2|xz|zst|rar|lz4|br)$|\.(?:zip|7z|rar|tar|tgz|bz2|xz|zst)$/i,
    () => "Unpack it first: of compressed files refit reads .gz only.",
  ],
  [/\.parquet\.gz$/i, () => "Unpack it first: Parquet is compressed inside."],
  [
    /\.(?:geo)?json$/i,
    (path) =>
      `If it has one object a line, rename it to .jsonl; a list becomes such lines by \`jq -c '.[]' ${path} > rows.jsonl\`.`,
  ],
  [
    /\.(?:txt|data|dat|tab|psv|asc|out)(?:\.gz)?$/i,
    () => "If it is text with a header line and separators, rename it to .csv, or to .tsv for tabs.",
  ],
  [/\.(?:xlsx?|xlsm|xlsb|ods|numbers)$/i, () => "Save the sheet as CSV in UTF-8."],
  [
    /\.(?:feather|arrow|ipc|avro|orc|rds|rda|rdata|sav|dta|sas7bdat|xpt|db|sqlite3?|duckdb|h5|hdf5|npy|npz|pkl|mat)$/i,
    () => "Export its rows as Parquet or CSV.",
  ],
];

/** Why a file of this name is not read, and what to do: two sentences. */
export function unreadEnding(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const ending = /\.[^.]+(?:\.(?:gz|zip|7z|bz2|xz|zst|rar))?$/i.exec(name)?.[0];
  const what = ending === undefined ? "Its name has no ending" : `Its name ends in ${ending}`;
  const advice =
    otherEndings.find(([pattern]) => pattern.test(name))?.[1](path) ??
    "Rename it, if it is one of those, or export its rows as one.";
  return `${what}; refit reads .csv, .tsv, .jsonl, .ndjson (each also with .gz) and .parquet. ${advice}`;
}
