import type { ColumnInfo } from "@refit/core/data";
import type { PlannedColumn } from "./layout.ts";

/** A column with its type settled. */
export interface TypedColumn extends PlannedColumn {
  readonly type: ColumnInfo["type"];
}
