export type { BacktestStep, Line, LineStep } from "./backtest.ts";
export { bestCadence, choosePolicy } from "./choose-policy.ts";
export { noChangeAnswers } from "./no-change.ts";
export { type Span, defaultSpan, stepsOf, stepsToChooseOn } from "./steps.ts";
export { type LineSummary, sharedSteps, summariseLine } from "./summarise-line.ts";
