/** What `--json` prints, by command. Types only: the action reads it from a process. */
export type { Diagnosis } from "../ports/diagnosis.ts";
export type { PrunedContent } from "../ports/content-cache.ts";
export type { RunResult } from "../products/outcome.ts";
export type { TagResult } from "../versions/version-tags.ts";
export type { ModelStatus as StatusRow } from "@refit/core/report";
export type { HandedOver, TrainedModel } from "../runs/train-models.ts";
export type { CandidateOutcome, TrainedCandidatesOf } from "../runs/train-candidates.ts";
export type { DashboardRun } from "../runs/dashboard.ts";
export type { JobPlan, PlannedCandidate, PlannedModel } from "../runs/plan-models.ts";
export type { Reproduction } from "../runs/reproduce/reproduction.ts";
export type { AffectedAnswer } from "@refit/core/affected";
export type { ModelCheck } from "../runs/check.ts";
export type { Materialized } from "../runs/materialize.ts";
export type { Predicted } from "../runs/predict/predict.ts";
export type { Verification } from "../runs/verify/verification.ts";
export type { RollbackProposal } from "../runs/rollback.ts";
