import { gbdt } from "./gbdt/gbdt.ts";
import { linear } from "./linear/linear.ts";

export { gbdt, linear };

/** Every learner of this package, by the word that `model.yaml` uses. */
export const learners = { gbdt, linear } as const;
