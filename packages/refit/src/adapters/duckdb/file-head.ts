import type { ColumnInfo } from "@refit/core/data";
import type { FetchedFile, RowRanges } from "../../ports/sources.ts";

/** A file that can be read: its columns, and SQL that gives them as text. */
export interface FileHead {
  /** Logical path. */
  readonly path: string;
  readonly format: FetchedFile["format"];
  /** Absolute path of the plain (unzipped) bytes. */
  readonly localPath: string;
  readonly delimiter: string;
  /** As written in the file. */
  readonly columns: readonly string[];
  /** Types that the format itself states (Parquet), one per column; `null`: the format knows text only. */
  readonly types: readonly (ColumnInfo["type"] | null)[];
  /** Types by `exactTypeOf`, one per column; `null`: its values are read from their texts. */
  readonly exact: readonly (ColumnInfo["type"] | null)[];
  /** A table expression with the columns `c0`, `c1`, … as text, and `v0`, `v1`, … as they are where `exact` has a type. */
  readonly relation: string;
  /** The only rows that are loaded; absent: all. */
  readonly only?: RowRanges;
}
