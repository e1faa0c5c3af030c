import type { LoggedRow } from "./logged-rows.ts";
import type { ShadowedVersion } from "./shadowed-versions.ts";

/** What a version answers to rows, as `Predictor.predict` gives it for each, in their order. */
export type RowAnswers = ReadonlyMap<LoggedRow, Float64Array>;

/** Asks them in one question. */
export async function answersTo(
  version: Pick<ShadowedVersion, "answer">,
  rows: readonly LoggedRow[],
): Promise<RowAnswers> {
  const values = await version.answer(rows.map(({ input }) => input));
  const width = values.length / rows.length;
  return new Map(rows.map((row, i) => [row, values.subarray(i * width, (i + 1) * width)]));
}
