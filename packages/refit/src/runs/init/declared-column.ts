import type { ColumnInfo } from "@refit/core/data";

/** A column as the manifest is to declare it. */
export interface DeclaredColumn extends ColumnInfo {
  readonly format?: string;
}
