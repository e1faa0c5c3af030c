import * as z from "zod";
import { canonicalJson } from "../digest/canonical-json.ts";
import type { Sha256 } from "../digest/input-digest.ts";
import { CandidatesInvalidError } from "../errors/handover-errors.ts";
import { refuseNewer } from "../errors/format-errors.ts";
import { knownFormat } from "../lineage/known-format.ts";

/** Of the folder of one candidate: everything else in it is its artifact, below `artifact/`. */
export const candidateFile = "candidate.json";

const trainedCandidate = z.object({
  format: z.literal(1),
  model: z.string(),
  inputDigest: z.string(),
  /** Tree id of the champion that was live; `null`: none. */
  parent: z.string().nullable(),
  /** Its number in `candidates` of model.yaml, from 1: the settings are read from there. */
  candidate: z.int().min(1),
  seconds: z.number().min(0),
  /** Why it was not trained, as a sentence; absent: it was. */
  failure: z.string().max(10_000).optional(),
});
/** `candidate.json`: what a job that trains one candidate says of it. */
export type TrainedCandidateFacts = Omit<z.infer<typeof trainedCandidate>, "format">;

/**
 * Keys that are not known are passed over.
 *
 * @throws CandidatesInvalidError naming the first field that is not what a training job writes, FormatNewerError
 */
export function parseTrainedCandidate(text: string): TrainedCandidateFacts {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new CandidatesInvalidError(`${candidateFile} is not JSON`, { cause });
  }
  refuseNewer(candidateFile, value, knownFormat);
  const result = trainedCandidate.safeParse(value);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new CandidatesInvalidError(`${candidateFile}, ${issue!.path.join(".") || "as a whole"}: ${issue!.message}`);
  }
  const { format: _format, ...facts } = result.data;
  return facts;
}

/** What names a candidate before it is trained: the inputs decide about its settings, so that its number is enough. */
export type CandidateIdentity = Pick<TrainedCandidateFacts, "model" | "inputDigest" | "parent" | "candidate">;

/** Changes with data, settings, code, learner and champion: other jobs train exactly this one, or none. @returns `sha256:…` */
export function candidateDigest({ model, inputDigest, parent, candidate }: CandidateIdentity, sha256: Sha256): string {
  return `sha256:${sha256(canonicalJson({ model, inputDigest, parent, candidate }))}`;
}
