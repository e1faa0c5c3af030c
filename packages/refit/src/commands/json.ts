/** What `--json` prints, by command. Types only: the action reads it from a process. */
import type { Told } from "@refit/core/answers";
import type { ModelStatus } from "@refit/core/report";
import type { RunResult } from "../products/outcome.ts";
import type { ModelCheck } from "../runs/check.ts";
import type { Materialized } from "../runs/materialize.ts";
import type { JobPlan, PlannedModel } from "../runs/plan-models.ts";
import type { TrainedCandidatesOf } from "../runs/train-candidates.ts";
import type { HandedOver, TrainedModel } from "../runs/train-models.ts";

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
export type ToldRun = Told<RunResult>;
export type StatusRow = Told<ModelStatus>;
export type ToldHandOver = Told<HandedOver>;
export type ToldTrainedModel = Told<TrainedModel>;
export type ToldTrainedCandidates = Told<TrainedCandidatesOf>;
export type ToldPlan = Told<JobPlan>;
export type ToldPlannedModel = Told<PlannedModel>;
export type ToldCheck = Told<ModelCheck>;
export type ToldMaterialized = Told<Materialized>;
