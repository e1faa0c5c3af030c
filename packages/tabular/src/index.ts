import { auto } from "./auto/auto.ts";
import { explainGbdt } from "./gbdt/explain-gbdt.ts";
import { gbdt } from "./gbdt/gbdt.ts";
import { explainLinear } from "./linear/explain-linear.ts";
import { linear } from "./linear/linear.ts";

export type { Explainer } from "./explain/explainer.ts";
export { type ColumnImportance, treeImportance } from "./gbdt/tree-importance.ts";
export { auto, gbdt, linear };

/** Every learner of this package, by the word that `model.yaml` uses. */
export const learners = { gbdt, linear, auto } as const;

/** What explains the answers of a learner's models, by the same words. */
export const explainers = { gbdt: explainGbdt, linear: explainLinear } as const;
