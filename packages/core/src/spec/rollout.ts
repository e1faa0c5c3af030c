import * as z from "zod";
import { canaryTerms, stepProblems } from "./canary-policy.ts";
import { check, type Checked, type Rule } from "./check.ts";
import { problemAt } from "./problems.ts";

/** `models/<model>/rollout.yaml`, beside `canary/`. refit writes it; what is live and to whom follows from it. */
export const rolloutSpec = z.strictObject({
  percent: z
    .number()
    .min(0)
    .max(99)
    .describe(
      "Share of the requests that the canary answers now, in percent: one of `steps`. 0 is a shadow: it is asked, and the champion answers.",
    ),
  ...canaryTerms,
  loss: z
    .enum(["brier", "zeroOne", "absolute"])
    .describe(
      "What one answer costs, from 0 to 1. `brier`: half the sum of the squared differences between the probabilities of all classes and what came. " +
        "`zeroOne`: 1 for a wrong class. `absolute`: the absolute error of a regression, divided by `scale` and at most 1.",
    ),
  scale: z
    .number()
    .positive()
    .optional()
    .describe(
      "With `loss: absolute`: the 99th percentile of the champion's absolute errors on the holdout, in the unit of the target.",
    ),
});
export type Rollout = z.infer<typeof rolloutSpec>;

const rules: readonly Rule<Rollout>[] = [
  { reads: ["steps"], find: ({ steps }) => stepProblems(steps, ["steps"]) },
  {
    reads: ["percent", "steps"],
    find: ({ percent, steps }) =>
      steps.includes(percent)
        ? []
        : [problemAt(["percent"], `must be one of steps (${steps.join(", ")}), and is ${percent}`)],
  },
  {
    reads: ["loss", "scale"],
    find: ({ loss, scale }) => {
      if ((loss === "absolute") === (scale !== undefined)) return [];
      const sentence =
        scale === undefined
          ? "is missing: with loss: absolute, errors are divided by it"
          : `is only for loss: absolute, and loss is ${loss}; remove it`;
      return [problemAt(["scale"], sentence)];
    },
  },
];

/** Checks the contents of a `rollout.yaml`. */
export function checkRollout(document: unknown): Checked<Rollout> {
  return check(rolloutSpec, rules, [], document);
}

/** As refit writes it: one key a line, so that a step changes one line. */
export function rolloutText(rollout: Rollout): string {
  const keys = Object.keys(rolloutSpec.shape) as (keyof Rollout)[];
  const lines = keys.flatMap((key) => {
    const value = rollout[key];
    return value === undefined ? [] : [`${key}: ${Array.isArray(value) ? `[${value.join(", ")}]` : String(value)}\n`];
  });
  return lines.join("");
}
