export { addArrivals, type AnsweredRows, type ArrivalSums, noArrivals, sumArrivals } from "./arrivals.ts";
export type { CanaryEvidence, CanarySettings } from "./canary-bets.ts";
export type { Histogram } from "./histogram.ts";
export { measureSums, type MeasuredSums } from "./measure-sums.ts";
export { predictionLine } from "./prediction-line.ts";
export { addSums, noSums, type LossSum, type ProductionSums } from "./production-sums.ts";
export { type LabelledRows, sumRows, type SumSettings } from "./sum-rows.ts";
export {
  type CanaryBounds,
  type CanaryDecision,
  canaryDifference,
  type CanaryDifference,
  type CanaryLook,
  type CanaryReason,
  decideCanary,
} from "./canary-decision.ts";
export { type ArmCounts, checkSampleRatio, type SampleRatio } from "./sample-ratio.ts";
