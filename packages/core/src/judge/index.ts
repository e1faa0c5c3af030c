export { ALPHA } from "./alpha.ts";
export { anchorBest } from "./anchor-best.ts";
export {
  canaryChange,
  type CanaryChange,
  type LiveFolders,
  type RolloutFile,
  rolloutProblems,
} from "./canary-change.ts";
export { compareModels, type ModelsCompared } from "./compare-models.ts";
export { type SliceGroup, compareSlices } from "./compare-slices.ts";
export type { Comparison, ComparisonKind, DeclaredModel, ElsewhereFacts, TestResult } from "./comparison.ts";
export type { CostFacts, LatencyFacts } from "./cost.ts";
export { countClasses } from "./class-rows.ts";
export { checkGap } from "./drawbacks.ts";
export type { EvaluationFile } from "./evaluation-file.ts";
export { excuseFindings } from "./excuse-findings.ts";
export { isAgainstChampion } from "./is-against-champion.ts";
export { judge } from "./judge.ts";
export {
  type JudgedOnce,
  judgedTogether,
  type MeasuredRows,
  type MeasuredTogether,
  type StoredEvaluation,
  type StoredPair,
  turned,
} from "./judged-together.ts";
export { learnerChange } from "./learner-change.ts";
export { measureFairness } from "./measure-fairness.ts";
export { relianceOf } from "./reliance-of.ts";
export type { RelianceFacts } from "./reliance.ts";
export { metricRow } from "./metric-row.ts";
export { pickRows } from "./pick-rows.ts";
export { primaryRow } from "./primary-row.ts";
export { scaleOfErrors, startOfCanary } from "./start-canary.ts";
export { checkLearned, isConstant } from "./sanity.ts";
export { type TestPolicy, runTests } from "./run-tests.ts";
export { shadowFacts } from "./shadow-facts.ts";
export type { Verdict, VerdictReason } from "./verdict.ts";
export { weakenedChecks } from "./weakened-checks.ts";
export { weakenedPolicy } from "./weakened-policy.ts";
export { chooseCandidate } from "../learners/choose-candidate.ts";
export { changedInputs, changedLevels, whyCold, whySeen } from "../learners/why-cold.ts";
export { everyNth, sampleRows } from "../learners/sample-rows.ts";
export { meanMove, shuffleImportance, shuffled, visitedAtOnce, visitShuffled } from "../learners/shuffle-importance.ts";
export { predictedClasses } from "../metrics/confusion.ts";
export { evaluateMetrics, improvement, metricOf } from "../metrics/metrics.ts";
export { answersFor, type ModelAnswers } from "../metrics/model-answers.ts";
export { dummyPredictions } from "./dummy.ts";
