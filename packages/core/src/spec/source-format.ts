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
