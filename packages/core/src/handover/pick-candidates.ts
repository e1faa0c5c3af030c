import type { HeldBack } from "../decide/reason.ts";
import { checkHandOver } from "./check-hand-over.ts";
import type { TrainedCandidateFacts } from "./candidate-folder.ts";

/** The folder of one candidate, and a digest of its artifact alone: the time that it took does not belong to a model. */
export interface CandidateFolder extends TrainedCandidateFacts {
  readonly artifactDigest: string;
}

/** Why a candidate cannot be taken. */
export type Absence = "missing" | "doubled" | "other-inputs" | "other-champion";

export type PickedCandidate<T> = { readonly folder: T } | { readonly absence: Absence };

/** What is due now. */
type DueInputs = Parameters<typeof checkHandOver>[1];

/** Why a retrain that is due can take none of these folders; `null`: it can take some. */
export function checkFolders(
  folders: readonly CandidateFolder[],
  due: DueInputs,
): Extract<HeldBack, { kind: "handed-over" }> | null {
  if (folders.length === 0) return { kind: "handed-over", why: "no-folder" };
  const held = folders.map((folder) => checkHandOver(folder, due));
  return held.includes(null) ? null : held[0]!;
}

/**
 * For each candidate of model.yaml, in that order, the folder to take it from. Of a candidate that was trained twice, the one that succeeded
 * counts; two different models are none, since nothing says which is right.
 *
 * @param folders of one model.
 * @param count how many candidates the model has.
 */
export function pickCandidates<T extends CandidateFolder>(
  folders: readonly T[],
  due: DueInputs,
  count: number,
): readonly PickedCandidate<T>[] {
  return Array.from({ length: count }, (_, i) => {
    const named = folders.filter(({ candidate }) => candidate === i + 1);
    const fitting = named.filter((folder) => checkHandOver(folder, due) === null);
    const trained = fitting.filter(({ failure }) => failure === undefined);
    if (new Set(trained.map(({ artifactDigest }) => artifactDigest)).size > 1) return { absence: "doubled" };
    const [folder] = [...trained, ...fitting];
    if (folder !== undefined) return { folder };
    const why = named.map((each) => checkHandOver(each, due)!.why);
    return { absence: why.includes("other-inputs") ? "other-inputs" : why.length > 0 ? "other-champion" : "missing" };
  });
}

const absences: Readonly<Record<Absence, string>> = {
  missing:
    "No folder for it was handed over: its job failed, was cancelled, or uploaded nothing, or the folder was refused.",
  doubled: "Two jobs handed over different models for it, and it is not known which one is right.",
  "other-inputs": "It was trained on other data or settings than those of the base branch now.",
  "other-champion": "The champion changed after it was trained.",
};

export const absenceSentence = (absence: Absence): string => absences[absence];
