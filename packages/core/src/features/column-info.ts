import type { fieldTypes } from "../spec/field-types.ts";

/*
 * Parts of `features.json` whose types name no schema, so that what is published with them needs no schema library either; the schemas
 * in `feature-spec.ts` give the same.
 */

/** A column without its values. */
export type ColumnInfo = { name: string; type: (typeof fieldTypes)[number] };

export type ClassValue = string | number | boolean;

export type TargetSpec = {
  name: string;
  task: "binary" | "multiclass" | "regression";
  /** Binary: [negative, positive]. Multiclass: sorted. Regression: `null`. */
  classes: ClassValue[] | null;
};
