import * as z from "zod";
import { problemAt, type SpecProblem } from "./problems.ts";

/** 100 is no step: that is the promotion. */
const percent = z.number().min(0).max(99);

/** What a canary has to show, and how much it gets until then: the same words in `model.yaml` and in `rollout.yaml`. */
export const canaryTerms = {
  steps: z
    .array(percent)
    .min(1)
    .describe(
      "Shares of the requests, in percent, that the canary answers one after the other, each larger than the one before. 0 is a shadow: it is asked, and the champion answers.",
    ),
  minLabels: z
    .int()
    .positive()
    .describe("Smallest number of requests with a known label, since the last step, before the next step is proposed."),
  maxDays: z
    .number()
    .positive()
    .describe("Number of days after which a canary that has not been promoted or stopped needs a person's attention."),
  margin: z
    .number()
    .positive()
    .max(1)
    .describe(
      "How much larger than the champion's the mean loss of the canary may truly be. Losses are between 0 and 1; `loss` in rollout.yaml says which one is used.",
    ),
  outcome: z
    .enum(["independent", "affected"])
    .describe(
      "`independent`: the label does not depend on which version answered, so both are compared on every request. " +
        "`affected`: the answer changes what happens, so each version is measured only on the requests that it answered; that needs many more labels.",
    ),
};

/** `canary` in `model.yaml`. */
export const canaryPolicy = z.strictObject({
  steps: canaryTerms.steps.default([5, 25, 50]),
  minLabels: canaryTerms.minLabels.default(200),
  maxDays: canaryTerms.maxDays.default(28),
  margin: canaryTerms.margin.default(0.01),
  outcome: canaryTerms.outcome.default("independent"),
  merge: z
    .enum(["review", "auto"])
    .default("review")
    .describe(
      "`review`: a person merges. `auto`: turns on GitHub's auto-merge for proposals that stop a canary, if the base branch requires the check `refit`. A larger share and the promotion are always merged by a person.",
    ),
});
export type CanaryPolicy = z.infer<typeof canaryPolicy>;

/** What cannot work together in `model.yaml`. */
export function canaryProblems({
  canary,
  proposalGroup,
}: {
  readonly canary?: CanaryPolicy | undefined;
  readonly proposalGroup?: string | undefined;
}): SpecProblem[] {
  if (canary === undefined) return [];
  const inGroup =
    "cannot be combined with proposalGroup: models of a group go live in one commit, and a canary goes live by itself; remove one of the two";
  return [
    ...stepProblems(canary.steps, ["canary", "steps"]),
    ...(proposalGroup === undefined ? [] : [problemAt(["canary"], inGroup)]),
  ];
}

/** Each step is larger than the one before. @param place of the list. */
export function stepProblems(steps: readonly number[], place: SpecProblem["path"]): SpecProblem[] {
  return steps.flatMap((step, i) =>
    i === 0 || step > steps[i - 1]!
      ? []
      : [problemAt([...place, i], `must be larger than the step before it (${steps[i - 1]!}), and is ${step}`)],
  );
}
