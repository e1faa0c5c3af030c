/** What `--json` prints, by command. Types only: the action reads it from a process. */
export type { Diagnosis } from "../ports/diagnosis.ts";
export type { Outcome } from "../products/outcome.ts";
export type { TagResult } from "../versions/version-tags.ts";
export type { Row as StatusRow } from "./status.ts";
export type { HandedOver, TrainedModel } from "../runs/train-models.ts";
export type { Verification } from "../runs/verify.ts";

/** Of `rollback`. */
export interface RollbackProposal {
  readonly model: string;
  /** Number of the version. */
  readonly to: number;
  readonly branch: string;
  /** `null`: a dry run. */
  readonly url: string | null;
  readonly operation: "created" | "updated" | "unchanged" | null;
}
