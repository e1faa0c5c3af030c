import { gbdtDefaults } from "../../../packages/tabular/src/made-up.fixture.ts";

/** 100 trees of 31 leaves, as LightGBM's defaults have them: what both sides train and predict with. */
export const standardTrees = { ...gbdtDefaults, trees: 100 };
