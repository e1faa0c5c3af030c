import { open } from "node:fs/promises";
import { csvOf, type Column } from "@refit/core/runtime";
import { writeRowGroups } from "./parquet/write-row-groups.ts";

/** A file of rows for a program. */
export interface RowsFile {
  /** Its ending says the format. */
  readonly path: string;
  readonly columns: readonly Column[];
  readonly rows: number;
}

export async function writeRows({ path: file, columns, rows }: RowsFile): Promise<void> {
  await (file.endsWith(".csv") ? writeCsv(file, columns, rows) : writeRowGroups(file, columns, rows));
}

async function writeCsv(file: string, columns: readonly Column[], rows: number): Promise<void> {
  const handle = await open(file, "wx");
  try {
    for (const text of csvOf(columns, rows)) await handle.write(text);
  } finally {
    await handle.close();
  }
}
