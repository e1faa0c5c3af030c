import { fillSettings } from "@refit/core/runtime";
import { gbdtDescriptor } from "../gbdt/settings.ts";
import { linearDescriptor } from "../linear/settings.ts";
import type { MemberSettings } from "./settings.ts";

type Given = Readonly<Record<string, number>>;

const trees = (given: Given) => withRoom(fillSettings(gbdtDescriptor, given) as MemberSettings);
const linear = (given: Given) => fillSettings(linearDescriptor, given) as MemberSettings;

/**
 * What is tried, the most useful first. Chosen by `npm run bench:portfolio` on twelve sets that nothing is judged on (docs/auto.md has the table).
 */
export const portfolio: readonly MemberSettings[] = [
  trees({ leaves: 63, learningRate: 0.1, minLeafRows: 8, minCategoryRows: 5, l2: 50, rowFraction: 0.8 }),
  linear({}),
  trees({ leaves: 3, learningRate: 0.03, minLeafRows: 8, minCategoryRows: 5, rowFraction: 0.8, featureFraction: 0.6 }),
  trees({ leaves: 12, learningRate: 0.1, minLeafRows: 3, l2: 0.1, rowFraction: 0.8, featureFraction: 0.6 }),
  trees({ leaves: 31, learningRate: 0.1, minLeafRows: 8, minCategoryRows: 5, featureFraction: 0.3 }),
  trees({ leaves: 31, learningRate: 0.03, minCategoryRows: 5, l2: 50 }),
  trees({ leaves: 8, learningRate: 0.05, minCategoryRows: 5, featureFraction: 0.6 }),
  trees({ leaves: 8, learningRate: 0.03, minLeafRows: 8, l2: 50, rowFraction: 0.5 }),
];

/** As many trees as a rate may need, and patience with them: both are larger where each tree says less. */
export function withRoom(settings: MemberSettings): MemberSettings {
  if (settings.learner !== "gbdt") return settings;
  const rate = settings["learningRate"] as number;
  return { ...settings, trees: Math.round(40 / rate), earlyStoppingRounds: Math.round(3 / rate) };
}

/** Values (rows × columns × outputs) that all trees of a model may look at together. */
const MOST_VALUES = 1_000_000_000;
/** Above this, trees step over what they look for, however many rows there are. */
const HIGHEST_RATE = 0.2;

/**
 * The same with a higher rate, and so fewer trees, where the rows are so many that it would take minutes.
 *
 * @param values rows × columns × outputs that it learns from.
 */
export function affordable(settings: MemberSettings, values: number): MemberSettings {
  const learningRate = Number(Math.min(HIGHEST_RATE, (40 * values) / MOST_VALUES).toPrecision(2));
  const isSlow = settings.learner === "gbdt" && learningRate > (settings["learningRate"] as number);
  return isSlow ? withRoom({ ...settings, learningRate }) : settings;
}
