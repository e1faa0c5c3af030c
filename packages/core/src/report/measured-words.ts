import type { MeasuredModel, MeasuredRows } from "../judge/judged-together.ts";
import { counted } from "./number-text.ts";

/** `412 rows, 2026-04-01 to 2026-06-30`. */
export function measuredRowsWords({ rows, from, to }: MeasuredRows): string {
  const count = counted(rows, "row");
  return from === null || to === null ? count : `${count}, ${from.slice(0, 10)} to ${to.slice(0, 10)}`;
}

/** What stands for a version in a comparison, as a sentence; `null`: what ships, which has not learned from the rows. */
export function measuredModelSentence(label: string, model: MeasuredModel): string | null {
  switch (model) {
    case "shipped":
      return null;
    case "judged":
      return `The numbers of ${label} are those of the model that was judged: it had not learned from these rows; what ships has.`;
    case "trained-again":
      return `The numbers of ${label} are those of its settings, trained again without these rows, since what ships has learned from them.`;
    case "elsewhere":
      return `${label} was trained elsewhere and may have learned from these rows, so its numbers may be too good.`;
  }
}
