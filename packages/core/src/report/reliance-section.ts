import type { RelianceFacts } from "../judge/reliance.ts";
import { counted, intervalText, number, optionalSigned } from "./number-text.ts";
import { paragraph, tableOf, type Section } from "./section.ts";
import { data, say } from "./text.ts";

/** Which inputs the challenger relies on. */
export function relianceSection(reliance: RelianceFacts | null): Section | null {
  const first = reliance?.columns[0];
  if (!reliance || first === undefined) return null;
  const { metric: name, champion } = first.metric;
  const rows = reliance.columns.map(({ input, metric }) => [
    say`${data(input)}`,
    number(metric.challenger),
    `${optionalSigned(metric.improvement)}${intervalText(metric)}`,
  ]);
  const more = reliance.inputs - rows.length;
  const others = more === 0 ? "" : ` The other ${counted(more, "input")} moved the predictions less.`;
  const words = say`The challenger’s ${name} on ${counted(reliance.rows, "holdout row")} is ${number(champion)}. The table shows it after the values of one input were shuffled among the rows (once, at random).${others} Inputs that carry the same information can replace each other, so each of them can look unimportant.`;
  const table = tableOf(["input", `${name} after shuffling`, "better (+) or worse (−) by (90 % interval)"], rows);
  const summary = say`${name} when an input is shuffled`;
  const body = [{ kind: "details" as const, summary, blocks: [paragraph(words), table] }];
  return { id: "reliance", title: "What the challenger relies on", body, keep: 35 };
}
