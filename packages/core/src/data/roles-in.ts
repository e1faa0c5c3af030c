import type { FeatureSpec } from "../features/feature-spec.ts";
import type { ColumnRoles } from "./measure-drift.ts";

/**
 * What a version does with the columns of the source. Its target stands for itself, or for the source columns that
 * `prepare` makes it from.
 */
export function rolesIn({ ignored, target }: Pick<FeatureSpec, "ignored" | "target">): Required<ColumnRoles> {
  const isTarget = (reason: string) => reason === "target" || reason === "target-input";
  const namesOf = (columns: typeof ignored) => columns.map(({ name }) => name);
  return {
    unread: namesOf(ignored.filter(({ reason }) => !isTarget(reason))),
    target: namesOf(ignored.filter(({ reason }) => isTarget(reason))),
    prediction: target.name,
  };
}
