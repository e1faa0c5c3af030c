import type { ColumnInfo } from "../features/column-info.ts";
import type { Column } from "../features/column.ts";

/** A row, by name of column. Columns that the version does not read are ignored. */
export type InputRecord = Readonly<Record<string, unknown>>;
/** Rows as columns of one length. */
export type InputColumns = Readonly<Record<string, ArrayLike<unknown>>>;

/** Names that were sent and that the version does not read. */
export interface IgnoredColumns {
  readonly count: number;
  /** The first 20 of them. */
  readonly names: readonly string[];
}

export interface TypedRows {
  readonly rows: number;
  /** In the order of the inputs. */
  readonly columns: readonly Column[];
  readonly ignored: IgnoredColumns;
}

/** A value that its column cannot have; `undefined`: there is none. */
export interface RefusedValue {
  readonly input: ColumnInfo;
  readonly row: number;
  readonly value: unknown;
}
