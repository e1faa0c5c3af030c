import type { FeatureSpec } from "@refit/core/data";
import type { ArtifactFiles, CandidateSettings, LabelledRows, Learner } from "@refit/core/runtime";
import type { Declared } from "@refit/core/history";
import { shipsAll, type ModelSpec } from "@refit/core/spec";

/** Where the training of a candidate with `start: warm` began. Reasons are clauses. */
export type Start =
  | { readonly kind: "cold"; readonly because: string }
  | {
      readonly kind: "warm";
      /** Number and tree id of the version. */
      readonly number: number;
      readonly treeId: string;
      readonly artifact: ArtifactFiles;
      /** Why the training that candidates are chosen by started anew; `null`: it did not. */
      readonly chosenCold: string | null;
    };

export interface Candidate {
  readonly settings: CandidateSettings;
  readonly algorithmVersion: number;
  /** Of its artifact. */
  readonly bytes: number;
  /** The primary metric on validation rows; `undefined` where it does not exist, or nobody measured it. */
  readonly validation: number | undefined;
  /** The only candidate, and validation rows settle nothing of it, so that it was trained on them at once. Absent: they have measured it. */
  readonly alone?: true;
  /** Whether its answers to the validation rows differ: early stopping may keep no tree at all. `true` where nothing stops early. */
  readonly learned: boolean;
  readonly seconds: number;
  /** Absent: it asks for no warm start. */
  readonly start?: Start;
  /** Why it was not trained, as a sentence; `undefined`: it was. */
  readonly failure?: string | undefined;
  /** What a search in another job has found, in short; absent: nothing, or the settings say it. */
  readonly found?: string | undefined;
}

export interface Challenger extends Candidate {
  readonly artifact: ArtifactFiles;
  /** Files of its own program, by path from the repository's root; empty: its learner has none. */
  readonly code: ArtifactFiles;
  /** Whether training again with the same rows and seed gives the same model. */
  readonly reproducible: boolean;
  /** Digest of its program, which has just given the same model twice: for the ledger. Absent: nothing new is known. */
  readonly repeated?: string;
  /** The primary metric on rows that it was trained on; `undefined` where nobody has measured it. */
  readonly training?: number | undefined;
  /** Some of the rows that it was trained on, to be answered together with the holdout; absent: they are measured, or nobody asks. */
  readonly known?: LabelledRows;
  /** What a person says of it; absent: refit has trained it. */
  readonly declared?: Declared | undefined;
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
  /** Newest instant that it has learned from, ISO 8601; `null`: without `time`, or nobody said it. */
  readonly trainedUntil: string | null;
  /** Rows that it has learned from; `null`: it was trained elsewhere. */
  readonly rows: number | null;
}

/** Whether what was judged is trained once more on all rows before it ships: only where that gives the model that was meant. */
export function shipsTrainedAgain(
  spec: ModelSpec,
  { reproducible, declared }: Pick<Challenger, "reproducible" | "declared">,
): boolean {
  return reproducible && declared === undefined && shipsAll(spec);
}

/** What a version says of its training: what a search has found, of other learners what model.yaml says. */
export function toldSettings(
  { searches, settle }: Pick<Learner, "searches" | "settle">,
  settings: CandidateSettings,
  artifact: ArtifactFiles,
): CandidateSettings {
  if (searches !== true) return settings;
  const { calibration } = settings;
  return { ...(settle(settings, artifact) as CandidateSettings), ...(calibration && { calibration }) };
}

export function artifactBytes(artifact: ArtifactFiles): number {
  return [...artifact.values()].reduce((sum, file) => sum + file.byteLength, 0);
}
