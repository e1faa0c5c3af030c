import type { ShadowAnswer } from "@refit/core/report";
import type { ServedPrediction } from "./logged-rows.ts";
import type { RowAnswers } from "./row-answers.ts";
import type { ShadowedVersion } from "./shadowed-versions.ts";

/** In parts of an answer: a service of somebody's own may compute with fewer bits. */
const otherBits = 1e-6;

/**
 * Whether a version answers as it did when it served.
 *
 * @param given to rows, of which those that lack an input of its own say nothing.
 * @returns `null`: it has answered none of them.
 */
export function servedSkew(
  version: Pick<ShadowedVersion, "treeId" | "lacking">,
  given: RowAnswers,
): ShadowAnswer["skew"] {
  let [rows, differing, largest] = [0, 0, 0];
  for (const [{ answers, input }, now] of given) {
    const served = answers.get(version.treeId);
    if (served === undefined || version.lacking(input).length > 0) continue;
    const then = numbersOf(served, now.length);
    const apart = Math.max(...Array.from(now, (value, i) => Math.abs(value - (then[i] ?? Infinity))));
    const size = Math.max(1, ...Array.from(now, Math.abs));
    rows += 1;
    if (apart > otherBits * size) differing += 1;
    if (Number.isFinite(apart)) largest = Math.max(largest, apart);
  }
  return rows === 0 ? null : { rows, differing, largest };
}

/** As a model gives them: of two classes the probability of the second. */
function numbersOf(prediction: ServedPrediction, width: number): readonly number[] {
  if ("value" in prediction) return [prediction.value];
  return width === 1 ? prediction.probabilities.slice(1, 2) : prediction.probabilities;
}
