import { inputColumns, type Column, type LabelledRows, type ProgramInputs } from "@refit/core/runtime";

type Target = ProgramInputs["target"];

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
