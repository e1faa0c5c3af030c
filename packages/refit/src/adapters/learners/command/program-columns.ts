import type { Column, FeatureMatrix, InputRows, LabelledRows, ProgramInputs } from "@refit/core/runtime";

type Target = ProgramInputs["target"];

/** The columns that a program gets, in the order of the matrix. */
export function inputRowsOf({ inputs }: FeatureMatrix): InputRows {
  if (inputs === undefined) throw new TypeError("rows for a program need the columns that they were made of");
  return inputs;
}

export async function inputColumns(features: FeatureMatrix): Promise<Column[]> {
  const { columns, read } = inputRowsOf(features);
  const values: Column[] = [];
  for (const { name } of columns) values.push(await read(name));
  return values;
}

/** The columns, then the target in its own words, then the weight. @param weight its name; `null`: there is none. */
export async function labelledColumns(
  { features, target, weights }: LabelledRows,
  { name, classes }: Target,
  weight: string | null,
): Promise<Column[]> {
  const columns = await inputColumns(features);
  columns.push(targetColumn(name, classes, target));
  if (weight === null) return columns;
  const values = weights ?? new Float64Array(features.rows).fill(1);
  return [...columns, { kind: "number", name: weight, type: "number", values }];
}

function targetColumn(name: string, classes: Target["classes"], values: Float64Array): Column {
  if (classes === null) return { kind: "number", name, type: "number", values };
  if (typeof classes[0] === "string") {
    return { kind: "text", name, type: "string", dictionary: classes.map(String), codes: Int32Array.from(values) };
  }
  const type = typeof classes[0] === "boolean" ? "boolean" : "number";
  return { kind: "number", name, type, values: values.map((code) => Number(classes[code])) };
}

/** A name for the weight that no other column has. */
export function weightName(taken: readonly string[]): string {
  let name = "weight";
  while (taken.includes(name)) name += "_";
  return name;
}
