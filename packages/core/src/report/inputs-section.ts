import { counted } from "./number-text.ts";
import type { ReportInput } from "./report-input.ts";
import { tableOf, type Section } from "./section.ts";
import { data, say } from "./text.ts";

/** What the model is given for a row. */
export function inputsSection({ inputs }: Pick<ReportInput, "inputs">): Section | null {
  if (inputs.length === 0) return null;
  const rows = inputs.map(({ name, type }) => [say`${data(name)}`, type]);
  const summary = say`${counted(inputs.length, "input")} of the challenger`;
  return {
    id: "inputs",
    title: "Inputs",
    body: [{ kind: "details", summary, blocks: [tableOf(["input", "type"], rows)] }],
    keep: 15,
  };
}
