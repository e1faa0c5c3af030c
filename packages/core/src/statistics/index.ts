export { type Decline, type MeasuredThen, type ScoredRows, measureDecline } from "./measure-decline.ts";
export { harmonicAlpha } from "./multiplicity/harmonic-alpha.ts";
export { median } from "./resampling/median.ts";
export { quantile } from "./resampling/quantile.ts";
export { ratioOfMedians } from "./resampling/ratio-of-medians.ts";
export {
  type DrawReplicates,
  drawReplicates,
  pairedReplicate,
  type ReplicatesRequest,
} from "./resampling/paired-replicates.ts";
