import type { CandidateSettings, LearnerDescriptor } from "@refit/core/runtime";

export const autoDescriptor = {
  name: "auto",
  algorithmVersion: 1,
  description:
    "Chooses among boosted trees and linear models, and averages up to three of them: see [how](../auto.md). `candidates: auto` is short for this one candidate.",
  settings: {
    models: {
      type: "integer",
      minimum: 1,
      maximum: 3,
      default: 3,
      description: "Maximum number of models whose answers are averaged.",
    },
    tries: {
      type: "integer",
      minimum: 1,
      maximum: 8,
      default: 8,
      description: "Number of configurations to try, the most promising first.",
    },
  },
} as const satisfies LearnerDescriptor;

/** The settings of a learner of this package. */
export type MemberSettings = Readonly<Record<string, string | number>> & { readonly learner: "gbdt" | "linear" };

/** A model of a blend. */
export interface Member {
  /** Of the average; all shares add up to 1. */
  readonly share: number;
  /** With the number of trees that was decided on. */
  readonly settings: MemberSettings;
}

/** Of a candidate, or settled: `chosen` is what the search found. */
export interface AutoSettings extends Pick<CandidateSettings, "training"> {
  readonly learner: "auto";
  readonly models: number;
  readonly tries: number;
  readonly chosen?: readonly Member[];
}
