import type { Column } from "../features/column.ts";
import type { FeatureMatrix, InputRows } from "./learner.ts";

/** The columns that a matrix was made of, for a learner that reads those. */
export function inputRowsOf({ inputs }: FeatureMatrix): InputRows {
  if (inputs === undefined) throw new TypeError("rows for a program need the columns that they were made of");
  return inputs;
}

/** In the order of the inputs. */
export async function inputColumns(features: FeatureMatrix): Promise<Column[]> {
  const { columns, read } = inputRowsOf(features);
  const values: Column[] = [];
  for (const { name } of columns) values.push(await read(name));
  return values;
}
