export { type Json, canonicalJson } from "../digest/canonical-json.ts";
export { type SettingChange, changedSettings } from "../digest/changed-settings.ts";
export { type InputDigests, digestInputs } from "../digest/input-digest.ts";
export { importDigests } from "../digest/import-digests.ts";
export { digestPolicy } from "../digest/policy-digest.ts";
export {
  type TrainedCandidateFacts,
  candidateDigest,
  candidateFile,
  parseTrainedCandidate,
} from "../handover/candidate-folder.ts";
export { checkHandOver } from "../handover/check-hand-over.ts";
export {
  type HandOver,
  type HandedOverModel,
  type HandedOverPart,
  handedOverParts,
  handOverDigest,
  handOverFile,
  handOverLimits,
  isHandOverPath,
  parseHandOver,
} from "../handover/hand-over.ts";
export { type JobMatrix, type MatrixUnit, jobMatrix, mostMatrixJobs } from "../handover/job-matrix.ts";
export { nextModel } from "../handover/next-model.ts";
export {
  type CandidateFolder,
  type PickedCandidate,
  absenceSentence,
  checkFolders,
  pickCandidates,
} from "../handover/pick-candidates.ts";
export { type Canary, type StoppedCanary, readCanary } from "./read-canary.ts";
export { type VersionTag, gtoTags } from "./gto-tags.ts";
export { type HistoryEvent, type ModelHistory, type ModelVersion, liveAt, readHistory } from "./read-history.ts";
export type { FolderCommit, FolderState, TreeFacts, TreeFile } from "./version.ts";
export { attemptOf } from "../ledger/attempt-of.ts";
export { ledgerKey } from "../ledger/ledger-key.ts";
export { type LedgerLine, appendLedgerLines, distinctLines, writeLedgerLines } from "../ledger/ledger-lines.ts";
export { readLedgerLines } from "../ledger/read-ledger-lines.ts";
export { type JudgedFacts, type LedgerRow, type RowOf, ledgerRow } from "../ledger/ledger-row.ts";
export { rowsOfKind } from "../ledger/rows-of-kind.ts";
export { hasRepeated } from "../ledger/has-repeated.ts";
export { lookNumber } from "../ledger/look-number.ts";
export { type Fate, fateOf } from "../ledger/fate-of.ts";
export { type PastEvent, pastEvents } from "../ledger/past-events.ts";
export { rolledBackRows } from "../ledger/rolled-back-rows.ts";
export { type ClaimBook, checkTree, claimBook } from "../lineage/check-tree.ts";
export { type Claims, type ContentFacts, readClaims } from "../lineage/claims.ts";
export { type FolderFiles, compareFolders } from "../lineage/compare-folders.ts";
export { knownFormat } from "../lineage/known-format.ts";
export { lfsPointer, lfsPointerMaxBytes } from "../lineage/lfs-pointer.ts";
export { learnedUntil } from "../lineage/learned-until.ts";
export {
  type CardWords,
  type Declared,
  type HoldoutFacts,
  type Lineage,
  type LineageFile,
  type ShownLineage,
  lineage,
} from "../lineage/lineage.ts";
export { type RemoteVersion, remoteKey } from "../lineage/remote-version.ts";
export { sameCard } from "../lineage/same-card.ts";
export { nextAnchor } from "../lineage/next-anchor.ts";
export { parseFeatureSpec, parseLineage, parseProfile, parseShownLineage } from "../lineage/parse-stored.ts";
export {
  canaryBranch,
  canaryFolder,
  championFolder,
  checkModelName,
  flatName,
  groupBranch,
  groupOfBranch,
  importBranch,
  isCanaryBranch,
  isPolicyBranch,
  ledgerBranch,
  modelOf,
  outputPattern,
  policyBranch,
  proposalBranch,
  proposalBranchOf,
  pathsOfBranch,
  rollbackBranch,
  rolloutPath,
  specPath,
} from "./model-names.ts";
