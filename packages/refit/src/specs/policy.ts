import { BacktestPolicyError } from "@refit/core/errors";
import type { LearnerDescriptor } from "@refit/core/runtime";
import type { ModelSpec } from "@refit/core/spec";
import { type Document, isMap, isScalar, parseDocument, stringify } from "yaml";
import { readModelSpec } from "./documents.ts";

/** A spec as a policy has it, and its text. */
export interface PolicySpec {
  readonly text: string;
  readonly spec: ModelSpec;
}

/** A key of `model.yaml` that a policy changes, as YAML; `null`: it is not written. */
export interface PolicyChange {
  readonly key: string;
  readonly before: string | null;
  readonly after: string;
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
): PolicySpec & { readonly changes: readonly PolicyChange[] } {
  const own = parseDocument(base.text, { version: "1.2", schema: "core" });
  const document = parseDocument(base.text, { version: "1.2", schema: "core" });
  const policy = parseDocument(text, { version: "1.2", schema: "core", prettyErrors: false });
  if (policy.errors.length > 0 || !isMap(policy.contents)) {
    // Whatever is wrong with it is said as of any spec.
    const spec = readModelSpec(file, text, learners);
    return { text, spec, changes: [] };
  }
  for (const { key, value } of policy.contents.items) if (isScalar(key)) document.set(key, value);
  const merged = document.toString();
  const spec = readModelSpec(file, merged, learners);
  const changed = question.filter((key) => JSON.stringify(spec[key]) !== JSON.stringify(base.spec[key]));
  if (changed.length > 0) throw new BacktestPolicyError(file, changed);
  const keys = policy.contents.items.flatMap(({ key }) => (isScalar(key) ? [String(key.value)] : []));
  const changes = keys.map((key) => ({ key, before: written(own, key), after: written(document, key)! }));
  return { text: merged, spec, changes: changes.filter(({ before, after }) => before !== after) };
}

function written(document: Document.Parsed, key: string): string | null {
  const value: unknown = document.has(key) ? (document.toJS() as Record<string, unknown>)[key] : undefined;
  return value === undefined ? null : stringify({ [key]: value }, { lineWidth: 100 }).trimEnd();
}
