export type { BacktestResult, CoarseResult, PolicyChange, Stretch } from "./backtest-result.ts";
export type { BacktestNight, Line, LineNight } from "./backtest.ts";
export { bestSchedule, choosePolicy } from "./choose-policy.ts";
export { noChangeAnswers } from "./no-change.ts";
export {
  type PolicyTrial,
  type SearchSpace,
  bestTrial,
  coarseNights,
  coarseTrials,
  fineTrials,
  trialName,
} from "./search-trials.ts";
export { type Span, defaultSpan, nightsOf, nightsToChooseOn } from "./nights.ts";
export {
  type ComparedLine,
  type LineSummary,
  type SummaryRequest,
  compareLine,
  sharedNights,
  summariseLine,
} from "./summarise-line.ts";
