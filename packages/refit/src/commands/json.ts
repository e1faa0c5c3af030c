/** What `--json` prints, by command. Types only: the action reads it from a process. */
import type { Told } from "@refit/core/answers";
import type { ModelStatus } from "@refit/core/report";
import type { RunResult as CodeRunResult } from "../products/outcome.ts";
import type { ModelCheck as CodeModelCheck } from "../runs/check.ts";
import type { Materialized as CodeMaterialized } from "../runs/materialize.ts";
import type { JobPlan as CodeJobPlan, PlannedModel as CodePlannedModel } from "../runs/plan-models.ts";
import type { TrainedCandidatesOf as CodeTrainedCandidatesOf } from "../runs/train-candidates.ts";
import type { HandedOver as CodeHandedOver, TrainedModel as CodeTrainedModel } from "../runs/train-models.ts";

export type {
  Diagnosis,
  PrunedContent,
  Predicted,
  Reproduction,
  RollbackProposal,
  TagResult,
  Verification,
} from "@refit/core/answers";
export type { AffectedAnswer } from "@refit/core/affected";
export type { DashboardRun } from "../runs/dashboard.ts";
export type { CandidateOutcome } from "../runs/train-candidates.ts";
export type { PlannedCandidate } from "../runs/plan-models.ts";

// In the code their times are epoch milliseconds.
export type RunResult = Told<CodeRunResult>;
export type StatusRow = Told<ModelStatus>;
export type HandedOver = Told<CodeHandedOver>;
export type TrainedModel = Told<CodeTrainedModel>;
export type TrainedCandidatesOf = Told<CodeTrainedCandidatesOf>;
export type JobPlan = Told<CodeJobPlan>;
export type PlannedModel = Told<CodePlannedModel>;
export type ModelCheck = Told<CodeModelCheck>;
export type Materialized = Told<CodeMaterialized>;
