import type { ColumnInfo, Finding } from "@refit/core/data";
import type { OpenRequest } from "./tables.ts";

/** A text of a column, as it is in the files. */
export interface ColumnText {
  readonly text: string;
  /** Rows that have it. */
  readonly count: number;
  /** Where it stands first: logical path, and the row in that file from 1. */
  readonly file: string;
  readonly row: number;
}

/** Files as they are written, before anything about their columns is declared. */
export interface SurveyedSource {
  /** By their names in the files, with the types that the texts suggest where those of `missingValues` are left aside. */
  readonly columns: readonly ColumnInfo[];
  readonly rowsByFile: ReadonlyMap<string, number>;
  readonly findings: readonly Finding[];
  /** Of the first file; empty where it has none. */
  readonly delimiter: string;
  /**
   * The different texts of columns: those that do not look like numbers first, then in the order of the files; of very many
   * only the first.
   *
   * @param among only those that are one of these, white space aside; `null`: all.
   */
  texts(
    columns: readonly string[],
    among: readonly string[] | null,
  ): Promise<ReadonlyMap<string, readonly ColumnText[]>>;
  /** One row by column, and its line where the file has lines. @param number in its file, from 1. */
  row(
    file: string,
    number: number,
  ): Promise<{ readonly line: number | null; readonly texts: ReadonlyMap<string, string | null> }>;
  close(): Promise<void>;
}

/** A look at data about which nothing is known yet. */
export interface Surveys {
  open(request: OpenRequest): Promise<SurveyedSource>;
}
