import type { Declared } from "../lineage/lineage.ts";
import { declaredInstant } from "../spec/declared-instant.ts";
import type { CandidateSettings, LearnerDescriptor, SettingsOf } from "./learner-settings.ts";

/** A model that was trained elsewhere. Plain data, like the others: a run that trains nothing loads no runtime. */
export const onnxDescriptor = {
  name: "onnx",
  algorithmVersion: 1,
  description:
    "A model that was trained elsewhere, as an ONNX file: refit runs it with the package `onnxruntime-web`, judges it on rows that are newer than what it has learned from, and never trains it. Needs `time`: see [how](../models-from-elsewhere.md).",
  settings: {
    file: {
      type: "text",
      description: "The model, from the root of the repository, such as `models/churn/onnx/model.onnx`.",
    },
    trainedUntil: {
      type: "text",
      description:
        "The newest row that the model has learned from, according to whoever trained it: a day, such as `2026-03-31`, which counts to its end, or a time with a zone. refit cannot check it; the proposal and `lineage.json` say so.",
    },
  },
} as const satisfies LearnerDescriptor;

export type OnnxSettings = SettingsOf<typeof onnxDescriptor>;

/** What a person says of a candidate that refit does not train; `null`: refit trains it. */
export function declaredOf(candidate: CandidateSettings): (Declared & { readonly trainedUntil: string }) | null {
  if (candidate.learner !== onnxDescriptor.name) return null;
  const { trainedUntil } = candidate as unknown as OnnxSettings;
  return { by: "candidate", trainedUntil: new Date(declaredInstant(trainedUntil)!).toISOString() };
}
