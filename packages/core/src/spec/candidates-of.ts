import type { CandidateSettings } from "../learners/learner-settings.ts";
import { onnxDescriptor } from "../learners/onnx-descriptor.ts";
import type { ModelSpec } from "./model-spec.ts";

/** The candidates, each with the rows that it learns from; one that was trained elsewhere learns from none. */
export function candidatesOf({
  candidates,
  training,
}: Pick<ModelSpec, "candidates" | "training">): CandidateSettings[] {
  if (training === undefined) return [...candidates];
  const keeps = ({ training: own, learner }: CandidateSettings) => own !== undefined || learner === onnxDescriptor.name;
  return candidates.map((candidate) => (keeps(candidate) ? candidate : { ...candidate, training }));
}
