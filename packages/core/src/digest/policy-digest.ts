import type { DataManifest } from "../spec/data-manifest.ts";
import type { ModelSpec } from "../spec/model-spec.ts";
import { canonicalJson, type Json } from "./canonical-json.ts";
import type { Sha256 } from "./input-digest.ts";

/**
 * Digest of the bar: what decides about a candidate once it is trained, and nothing of what it is made from. When a person
 * changes it, a candidate that failed the old one may pass.
 */
export function digestPolicy(
  { gates, fairness, budget, refresh, margin }: ModelSpec,
  { checks }: Pick<DataManifest, "checks">,
  sha256: Sha256,
): string {
  const accepted = checks.accept.map(({ column, finding }) => [column, finding]);
  const policy = { gates, fairness, budget, refresh, margin, accepted };
  return sha256(canonicalJson(policy as unknown as Json));
}
