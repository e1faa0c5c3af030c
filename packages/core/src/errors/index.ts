export { type CalledProgram, type CommandOutcome, CommandFailedError } from "./command-errors.ts";
export { NoCanaryError } from "./canary-errors.ts";
export { BacktestPolicyError, BacktestSpanError, BacktestTimeError } from "./backtest-errors.ts";
export {
  ColumnMissingError,
  DataLimitError,
  PrepareInvalidError,
  PrepareNotRowWiseError,
  SourceLfsPointerError,
  SourceOutsideError,
  SourceVanishedError,
} from "./data-errors.ts";
export { FeatureConflictError, FeatureMismatchError } from "./feature-errors.ts";
export { InputInvalidError, type InputProblem } from "./input-errors.ts";
export { failedModel, type FailedModel, isOfOneModel } from "./failed-model.ts";
export { NotServedError } from "./serve-errors.ts";
export { PackageMissingError } from "./package-errors.ts";
export { NotExportableError } from "./export-errors.ts";
export { ArtifactInvalidError } from "./artifact-errors.ts";
export { FormatNewerError, refuseNewer } from "./format-errors.ts";
export {
  ForgePermissionError,
  ForgeRefusedError,
  ForgeRepositoryUnknownError,
  ForgeUnavailableError,
  PullRequestsOffError,
  TokenInvalidError,
  TokenMissingError,
  TokenReadOnlyError,
} from "./forge-errors.ts";
export {
  BareRepositoryError,
  BaseDivergedError,
  BaseNotFoundError,
  BranchCheckedOutError,
  BranchHeldError,
  BranchInTheWayError,
  GitFailedError,
  GitIdentityError,
  GitLockedError,
  GitMissingError,
  GitSigningError,
  leftLockWords,
  LedgerBusyError,
  LedgerProtectedError,
  type LeftLock,
  NoCommitsError,
  NotARepositoryError,
  PushRejectedError,
  RefMovedError,
  RemoteUnreachableError,
  ShallowCloneError,
} from "./git-errors.ts";
export { CandidatesAlteredError, CandidatesInvalidError, CandidatesMissingError } from "./handover-errors.ts";
export { ImportInvalidError } from "./import-errors.ts";
export {
  LearnerDivergedError,
  LearnerMissingError,
  NegativeTargetError,
  OnnxRuntimeMissingError,
  RowsSeenError,
  TrainingLimitError,
  NetworkInvalidError,
} from "./learner-errors.ts";
export { LfsMissingError, LfsObjectMissingError } from "./lfs-errors.ts";
export { MetricInvalidError, MetricValueError } from "./metric-errors.ts";
export { quoted, quotedList } from "./name-words.ts";
export { childEnvironment } from "./child-environment.ts";
export { docsPage, moreAbout } from "./docs-page.ts";
export { RefitError } from "./refit-error.ts";
export { systemRefusal } from "./system-errors.ts";
export {
  ManifestMissingError,
  ModelNameError,
  ModelProcessEndedError,
  ModelTooLargeError,
  ModelTwiceError,
  ModelUnknownError,
  NothingToRejectError,
  NothingToRollBackError,
  SpecNotOnBaseError,
  TimeTypeError,
  UnreadableDataError,
  UsageError,
  VersionBrokenError,
  ReportMissingError,
  VersionUnknownError,
  ViewMissingError,
  WeightInvalidError,
} from "./run-errors.ts";
export { redact, withoutSecrets } from "./secrets.ts";
export { KeyInvalidError, type KeyProblem, SignatureInvalidError, type SignatureProblem } from "./signing-errors.ts";
export { SourceAlteredError, SourceRefusedError, SourceUnreachableError } from "./source-errors.ts";
export { type LocatedProblem, SpecInvalidError } from "./spec-errors.ts";
export { UnseenClassError } from "./target-errors.ts";
export { FilesInTheWayError, type InTheWay } from "./write-errors.ts";
