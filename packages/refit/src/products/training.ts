import type { ArtifactFiles, CandidateSettings } from "@refit/core/runtime";

export interface Candidate {
  readonly settings: CandidateSettings;
  readonly algorithmVersion: number;
  /** Of its artifact. */
  readonly bytes: number;
  /** The primary metric on validation rows; `undefined` where it does not exist. */
  readonly validation: number | undefined;
  readonly seconds: number;
}

export interface Challenger extends Candidate {
  readonly artifact: ArtifactFiles;
  /** The primary metric on rows that it was trained on; `undefined` where nobody measured it. */
  readonly training?: number | undefined;
}

export interface Training {
  readonly candidates: readonly Candidate[];
  /** The one of `candidates` that did best. */
  readonly chosen: Candidate;
  /** The same, trained on all rows before the holdout. */
  readonly challenger: Challenger;
}
