import { finding } from "../data/finding-codes.ts";
import type { Finding } from "../data/finding.ts";
import { quoted } from "../errors/name-words.ts";
import type { ClassValue } from "../features/feature-spec.ts";
import type { FeatureColumn } from "../learners/learner.ts";
import { featureStrength, type LabelledFeature } from "./feature-strength.ts";
import { filledForOneClass } from "./filled-for-one-class.ts";
import { findLateValues } from "./find-late-values.ts";

type RowsWord = "training rows" | "rows";

/**
 * What `featureStrength` measures per task, from where on it is told, and from where on it is too good to be true: honest columns
 * that tell much are as strong as a leak with a few wrong values (docs/decisions/0053).
 */
const strengths = {
  binary: { name: "ROC AUC", told: 0.95, suspicious: 0.99 },
  multiclass: { name: "share of errors avoided", told: 0.95, suspicious: 0.99 },
  regression: { name: "rank R²", told: 0.98, suspicious: 0.99 },
} as const;

/**
 * What one feature alone gives away.
 *
 * @param names the feature's own, and that of the column that it is made of. @param target `classes`: its values, `null` for a number; `rows`: what the rows are called.
 */
export function featureLeaks(
  names: { readonly name: string; readonly input: string },
  labelled: LabelledFeature,
  { classes, rows }: { readonly classes: readonly ClassValue[] | null; readonly rows: RowsWord },
): Finding[] {
  const told = tellsTarget(names, labelled, rows);
  if (told?.code === "leak-suspect") return [told];
  const late = classes === null ? null : findLate(names, labelled, { classes, rows });
  return [late ?? told].filter((found) => found !== null);
}

function findLate(names: FeatureNames, labelled: LabelledFeature, known: KnownClasses): Finding | null {
  return filledInLate(names, labelled, known) ?? filledForOne(names, labelled, known);
}

interface KnownClasses {
  readonly classes: readonly ClassValue[];
  readonly rows: RowsWord;
}

type FeatureNames = Parameters<typeof featureLeaks>[0];

/** One feature that is nearly the target itself, or so strong that a person should know; `null`: it is neither. */
function tellsTarget({ name, input }: FeatureNames, labelled: LabelledFeature, rows: RowsWord): Finding | null {
  const { name: measure, told, suspicious } = strengths[labelled.task];
  const strength = featureStrength(labelled);
  if (strength === undefined || strength.value < told) return null;
  const measured = `${measure} ${shown(strength.value)} on ${strength.rows} ${rows}`;
  if (strength.value < suspicious) {
    const words = `${quoted(name)} alone predicts much of the target: ${measured} (reported from ${told}, suspicious from ${suspicious}). Is it filled in after the outcome is known?`;
    return finding("leak-hint", { column: input }, words);
  }
  const words = `${quoted(name)} almost determines the target: ${measured} (suspicious from ${suspicious}).`;
  return finding("leak-suspect", { column: input }, words);
}

/** Three digits, cut off and not rounded: 0.9896 is not above a limit of 0.99. */
const shown = (strength: number) => (Math.floor(strength * 1000) / 1000).toFixed(3);

/** One feature that has a usual value except where the outcome is known; `null`: it is not. */
function filledInLate(
  { name, input }: FeatureNames,
  { feature, target }: LabelledFeature,
  { classes, rows }: KnownClasses,
): Finding | null {
  const late = findLateValues(feature, target, classes.length);
  if (late === null) return null;
  const words =
    `${quoted(name)} has one value in ${percent(late.usualShare)} of the ${rows}; in the other ${late.otherRows} ` +
    `the target is ${quoted(String(classes[late.label]))} in ${percent(late.shareElsewhere)}, against ${percent(late.shareAtUsual)}. ` +
    "Is it filled in after the outcome is known?";
  return finding("leak-hint", { column: input }, words);
}

/** One feature that has a value only where the outcome is one class; `null`: it is not. */
function filledForOne(
  { name, input }: FeatureNames,
  { feature, target }: LabelledFeature,
  { classes, rows }: KnownClasses,
): Finding | null {
  const isFilled = filledRows(feature);
  const found = filledForOneClass(isFilled, target, classes.length);
  if (found === null) return null;
  const words =
    `${quoted(name)} has a value in ${found.rows} of ${target.length} ${rows}; there the target is ` +
    `${quoted(String(classes[found.label]))} in ${percent(found.share)}, against ${percent(found.shareElsewhere)} of the others. ` +
    "Is it filled in after the outcome is known?";
  return finding("leak-hint", { column: input }, words);
}

/** [rows]: 1 where there is a value. */
function filledRows(feature: FeatureColumn): Uint8Array {
  if (feature.kind === "categorical") return feature.codes.map((code) => (code === 0 ? 0 : 1));
  const { values } = feature;
  const isFilled = new Uint8Array(values.length);
  for (let row = 0; row < values.length; row++) isFilled[row] = Number.isNaN(values[row]) ? 0 : 1;
  return isFilled;
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
