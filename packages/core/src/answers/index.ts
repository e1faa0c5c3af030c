export type { BacktestAnswer } from "./backtest-answer.ts";
export { answerSchemas } from "./answer-schemas.ts";
export { publishedSchema, schemaAddress } from "./published-schema.ts";
export { answerOf, instantText, type Told } from "./told.ts";
export type {
  Accepted,
  CanaryAnswer,
  ChooseAnswer,
  ImportAnswer,
  PlanAnswer,
  RejectAnswer,
  RollbackProposal,
  RunAnswer,
  TagResult,
  TrainAnswer,
} from "./run-answers.ts";
export type {
  DiffAnswer,
  DriftAnswer,
  Exported,
  FeaturesAnswer,
  Hindrance,
  LogAnswer,
  Predicted,
  ProbedVersion,
  Reproduction,
  ServeAnswer,
  Signed,
  Verification,
  Verified,
} from "./version-answers.ts";
export type {
  CheckAnswer,
  ToldDemo,
  Diagnosis,
  ErrorAnswer,
  Explanation,
  Forgotten,
  PrunedContent,
  PrunedFiles,
  WrittenSite,
} from "./repository-answers.ts";
export type { MonitorAnswer } from "./production-answers.ts";
