export { type ArmRows, type ArmSums, addArms, sumArm } from "./arm-sums.ts";
export { addArrivals, type AnsweredRows, type ArrivalSums, noArrivals, sumArrivals } from "./arrivals.ts";
export { dayFile, dayFileText, armsOfDay, mergeDayFiles, readDayFile, type DayFile, type DayPart } from "./day-file.ts";
export { type CanaryEvidence, type CanarySettings, stakes } from "./canary-bets.ts";
export type { Histogram } from "./histogram.ts";
export { measuredArms, type MeasuredArm } from "./measured-arms.ts";
export { measureSums, type MeasuredSums } from "./measure-sums.ts";
export { logFindings, type LogOddities } from "./log-findings.ts";
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
export { answersOf, estimateClasses, type PerformanceEstimate, type ReferenceRows } from "./estimate-classes.ts";
export { type ErrorModel, estimateErrors, learnErrors } from "./estimate-errors.ts";
export { type ArrivalDay, type LabelDelays, learnDelays } from "./learn-delays.ts";
export { type LiveDay, type LiveWindow, liveWindows } from "./live-windows.ts";
export { type DayMaturity, type Immaturity, type Maturity, matureDays } from "./mature-days.ts";
export type { WatchPolicy } from "./performance-evidence.ts";
export { type WatchedPerformance, watchPerformance } from "./watch-performance.ts";
export { liveState, type LiveState } from "./live-versions.ts";
