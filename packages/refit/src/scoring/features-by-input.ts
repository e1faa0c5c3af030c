import type { FeatureSpec } from "@refit/core/data";

/** Columns of the matrix by the input that they are made of. */
export function featuresByInput({ features }: Pick<FeatureSpec, "features">): ReadonlyMap<string, ReadonlySet<string>> {
  const groups = new Map<string, Set<string>>();
  for (const { name, input } of features) groups.set(input, (groups.get(input) ?? new Set()).add(name));
  return groups;
}
