import type { ColumnInfo } from "@refit/core/data";
import type { Field } from "@refit/core/spec";

/** A column as the manifest is to declare it. */
export type DeclaredColumn = ColumnInfo &
  Pick<Field, "from" | "format" | "decimalChar" | "groupChar" | "bareNumber" | "unit" | "missingValues" | "folder">;
