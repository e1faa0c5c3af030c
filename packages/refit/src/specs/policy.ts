import { BacktestPolicyError } from "@refit/core/errors";
import type { LearnerDescriptor } from "@refit/core/runtime";
import type { ModelSpec } from "@refit/core/spec";
import { isMap, isScalar, parseDocument } from "yaml";
import { readModelSpec } from "./documents.ts";

/** A spec as a policy has it, and its text. */
export interface PolicySpec {
  readonly text: string;
  readonly spec: ModelSpec;
}

/** What the numbers of two policies have in common, so that they can be compared. */
const question = ["task", "data", "target", "positive", "time", "key", "group", "weight", "metrics"] as const;

/**
 * A `model.yaml` with the keys of another file in place of its own, each as a whole; the other may also be a `model.yaml`.
 *
 * @param file the policy's path, to name in problems.
 * @throws SpecInvalidError, BacktestPolicyError
 */
export function readPolicySpec(
  base: PolicySpec,
  file: string,
  text: string,
  learners: readonly LearnerDescriptor[],
): PolicySpec {
  const document = parseDocument(base.text, { version: "1.2", schema: "core" });
  const policy = parseDocument(text, { version: "1.2", schema: "core", prettyErrors: false });
  if (policy.errors.length > 0 || !isMap(policy.contents)) {
    // Whatever is wrong with it is said as of any spec.
    const spec = readModelSpec(file, text, learners);
    return { text, spec };
  }
  for (const { key, value } of policy.contents.items) if (isScalar(key)) document.set(key, value);
  const merged = document.toString();
  const spec = readModelSpec(file, merged, learners);
  const changed = question.filter((key) => JSON.stringify(spec[key]) !== JSON.stringify(base.spec[key]));
  if (changed.length > 0) throw new BacktestPolicyError(file, changed);
  return { text: merged, spec };
}
