import type { RowContext } from "../products/context.ts";

/** Columns of the source that identify a row: the model's `key`, where the source has it, else the schema's `primaryKey`. */
export function rowKey(
  { spec, manifest }: Pick<RowContext, "spec" | "manifest">,
  columns: readonly string[],
): string[] {
  const declared = [[spec.key ?? []].flat(), [manifest.schema.primaryKey ?? []].flat()];
  return declared.find((key) => key.length > 0 && key.every((name) => columns.includes(name))) ?? [];
}
