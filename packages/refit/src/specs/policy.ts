import { BacktestPolicyError } from "@refit/core/errors";
import type { PolicyChange } from "@refit/core/backtest";
import type { LearnerDescriptor } from "@refit/core/runtime";
import type { ModelSpec } from "@refit/core/spec";
import { isMap, parseDocument, stringify } from "yaml";
import { readModelSpec } from "./documents.ts";
import { editInText, putKeysInText, type TextEdit } from "./edit-in-text.ts";

/** A spec as a policy has it, and its text. */
export interface PolicySpec {
  readonly text: string;
  readonly spec: ModelSpec;
}

/** A policy, and what it changes of another one. */
export interface ChangedPolicy extends PolicySpec {
  readonly changes: readonly PolicyChange[];
}

const yaml = { version: "1.2", schema: "core" } as const;

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
): ChangedPolicy {
  const policy = parseDocument(text, { ...yaml, prettyErrors: false });
  if (policy.errors.length > 0 || !isMap(policy.contents)) {
    // Whatever is wrong with it is said as of any spec.
    const spec = readModelSpec(file, text, learners);
    return { text, spec, changes: [] };
  }
  const merged = putKeysInText(base.text, text, "candidates");
  const spec = readModelSpec(file, merged, learners);
  const changed = question.filter((key) => JSON.stringify(spec[key]) !== JSON.stringify(base.spec[key]));
  if (changed.length > 0) throw new BacktestPolicyError(file, changed);
  return { text: merged, spec, changes: changesBetween(base.text, merged) };
}

/** A `model.yaml` with other numbers in some places, and its comments and layout. @throws SpecInvalidError */
export function editPolicySpec(
  base: PolicySpec,
  name: string,
  edits: readonly TextEdit[],
  learners: readonly LearnerDescriptor[],
): ChangedPolicy {
  const text = editInText(base.text, edits, "candidates");
  return { text, spec: readModelSpec(name, text, learners), changes: changesBetween(base.text, text) };
}

/** On one line. */
const flow = { collectionStyle: "flow", lineWidth: 0 } as const;

/** In the order of the keys, those that are new last. */
function changesBetween(before: string, after: string): PolicyChange[] {
  const [old, now] = [before, after].map((text) => parseDocument(text, yaml).toJS() as Record<string, unknown>);
  const keys = new Set([...Object.keys(old!), ...Object.keys(now!)]);
  const changes = [...keys].map((key) => ({ key, before: written(key, old![key]), after: written(key, now![key]) }));
  return changes.filter((change) => change.before !== change.after);
}

function written(key: string, value: unknown): string | null {
  return value === undefined
    ? null
    : stringify({ [key]: value }, flow)
        .trimEnd()
        .replace(/^\{ (.*) \}$/s, "$1");
}
