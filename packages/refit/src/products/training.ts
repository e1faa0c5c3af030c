import type { FeatureSpec } from "@refit/core/data";
import type { ArtifactFiles, CandidateSettings } from "@refit/core/runtime";

export interface Candidate {
  readonly settings: CandidateSettings;
  readonly algorithmVersion: number;
  /** Of its artifact. */
  readonly bytes: number;
  /** The primary metric on validation rows; `undefined` where it does not exist. */
  readonly validation: number | undefined;
  /** Whether its answers to the validation rows differ: early stopping may keep no tree at all. */
  readonly learned: boolean;
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
  /** The same, trained on all rows before the holdout: what is judged. */
  readonly challenger: Challenger;
  /** The champion's settings, trained on the rows before the holdout; `null`: the champion itself is judged. */
  readonly procedure: ArtifactFiles | null;
  /** The challenger, trained on all rows by another job; `null`: that is done here, after the verdict. */
  readonly shipped: ArtifactFiles | null;
}

/** What goes live. */
export interface Shipped {
  readonly artifact: ArtifactFiles;
  /** sha256 over the files of the model that was judged; `null`: that is this one. */
  readonly judgedArtifact: string | null;
  /** The transform, as fitted to the rows that it has learned from. */
  readonly featureSpec: FeatureSpec;
  /** Newest instant that it has learned from, ISO 8601; `null`: without `time`. */
  readonly trainedUntil: string | null;
  /** Rows that it has learned from. */
  readonly rows: number;
}

export function artifactBytes(artifact: ArtifactFiles): number {
  return [...artifact.values()].reduce((sum, file) => sum + file.byteLength, 0);
}
