/** 100 trees of 31 leaves, as LightGBM's defaults have them: what both sides train and predict with. */
export const standardTrees = {
  learner: "gbdt" as const,
  trees: 100,
  leaves: 31,
  learningRate: 0.1,
  minLeafRows: 20,
  minCategoryRows: 20,
  l2: 1,
  rowFraction: 1,
  featureFraction: 1,
  maxBins: 255,
  earlyStoppingRounds: 0,
};
