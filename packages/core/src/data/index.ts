export { acceptanceEntry, refusalToAccept } from "./acceptance.ts";
export { acceptSuspects, nameAcceptor } from "./accept-suspects.ts";
export { alteredIntervals } from "./altered-intervals.ts";
export { bucketOf, largestKey } from "./buckets.ts";
export { answerErrors, type AnswerErrors, championCollapse } from "./champion-collapse.ts";
export { checkData } from "./check-data.ts";
export { staleData } from "./check-time.ts";
export {
  type ClassifierDrift,
  insufficientClassifier,
  judgeClassifier,
  leastClassifierRows,
} from "./classifier-drift.ts";
export { compareRows, type FileDigests, rowStanding } from "./compare-rows.ts";
export { driftVerdict, type DriftVerdict } from "./drift-verdict.ts";
export { excuseUnused, unusedColumns } from "./excuse-unused.ts";
export { excuseLinks, linkColumns } from "./excuse-links.ts";
export { type FindingCode, finding, findingCodes } from "./finding-codes.ts";
export type { Finding } from "./finding.ts";
export {
  closesAt,
  type TimeInterval,
  intervalFile,
  intervalNamed,
  intervalOfFile,
  type IntervalUnit,
} from "./intervals.ts";
export { type ColumnDrift, type ColumnRoles, measureDrift } from "./measure-drift.ts";
export { rolesIn } from "./roles-in.ts";
export { mayShareRows } from "./may-share-rows.ts";
export { mergeProfiles, topTexts } from "./merge-profiles.ts";
export { profilePredictions } from "./profile-predictions.ts";
export { type ModelTraits, profileVersion } from "./profile-version.ts";
export type { ColumnProfile, Profile } from "./profile.ts";
export { repeatedFiles } from "./repeated-files.ts";
export { repeatedKeys } from "./repeated-keys.ts";
export { repeatedRows } from "./repeated-rows.ts";
export { uncountedRows } from "./uncounted-rows.ts";
export {
  type ColumnInfo,
  type DatePart,
  type FeatureSpec,
  type TargetSpec,
  type ValueFeature,
  featureSpec,
} from "../features/feature-spec.ts";
export { fitFeatures } from "../features/fit-features.ts";
export { type GivenRows, type InputKind, preparedRows, rawRows } from "../features/given-rows.ts";
export { expectedRaw, type RawColumn, rawTexts } from "../serving/raw-texts.ts";
export { checkCandidateColumns } from "../features/check-candidates.ts";
export { checkClasses, encodeTarget, fitTarget, labelledRows } from "../features/fit-target.ts";
export { columnLeak } from "../split/column-leak.ts";
export {
  areCopiesNatural,
  copyNumbers,
  digestsApart,
  haveManyCopies,
  naturalCopies,
  positionsApart,
} from "../split/copies.ts";
export { findLeakage, type Leakage, type LeakageRequest } from "../split/find-leakage.ts";
export { type RowGroups, groupNumbers } from "../split/group-numbers.ts";
export { type Split, splitRows } from "../split/split-rows.ts";
export { timeBlocks } from "../split/time-blocks.ts";
export { trainingWindow } from "../split/training-window.ts";
export { unseenRows } from "../split/unseen-rows.ts";
