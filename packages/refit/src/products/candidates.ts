import type { CandidateFolder, HandedOverModel, HandedOverPart } from "@refit/core/history";
import type { ArtifactFiles } from "@refit/core/runtime";

/** What other jobs have trained, so that it is not trained here. */
export type Candidates = ChosenCandidates | TrainedCandidates;

/** A folder of one job that trained all and chose, whose digest is the one that was handed on. */
export interface ChosenCandidates {
  readonly kind: "chosen";
  /** `undefined`: none for this model. */
  of(model: string): HandedOverModel | undefined;
  /** The artifact of one of its models; empty: there is none. */
  artifact(model: string, part: HandedOverPart): Promise<ArtifactFiles>;
}

/** The folders of jobs that trained one candidate each. Nobody has chosen yet. */
export interface TrainedCandidates {
  readonly kind: "trained";
  /** Of what was there and is not used, what and why, one sentence each. */
  readonly refused: readonly string[];
  /** Those of a model, sorted by the names of their folders. */
  of(model: string): readonly NamedFolder[];
  artifact(folder: NamedFolder): Promise<ArtifactFiles>;
}

export interface NamedFolder extends CandidateFolder {
  /** 64 hex digits: what is in it. */
  readonly name: string;
}
