import { FeatureConflictError } from "@refit/core/errors";
import { dateParts, type FeatureColumn } from "@refit/core/runtime";
import { boundedValue } from "./leaf-value.ts";
import type { Bounds, SplitLimits, Totals } from "./split.ts";

/** Settings of `model.yaml` by the same names: columns by name. */
export interface ConstraintSettings {
  readonly monotone?: Readonly<Record<string, "increasing" | "decreasing">> | undefined;
  readonly interactions?: readonly (readonly string[])[] | undefined;
}

/** The same for the columns of a matrix, by their place. */
export interface TreeConstraints {
  /** [columns]: 1 where the score must not fall as the column rises, -1 where it must not rise, 0: either. */
  readonly directions: Int8Array;
  /** Columns that may stand on one way to a leaf; `null`: all. */
  readonly groups: readonly ReadonlySet<number>[] | null;
}

/**
 * Names of columns that are not here ask for nothing: a column that was constant in training is no feature.
 *
 * @throws FeatureConflictError for an order of categories.
 */
export function constraintsOf(
  { monotone = {}, interactions }: ConstraintSettings,
  columns: readonly FeatureColumn[],
): TreeConstraints {
  const directions = Int8Array.from(columns, ({ name, kind }) => {
    const asked = Object.hasOwn(monotone, name) ? monotone[name] : undefined;
    if (asked === undefined) return 0;
    if (kind === "categorical") {
      throw new FeatureConflictError(`\`monotone\` names ${JSON.stringify(name)}, whose categories have no order.`);
    }
    return asked === "increasing" ? 1 : -1;
  });
  return { directions, groups: interactions === undefined ? null : groupsOf(interactions, columns) };
}

/** As scikit-learn's `interaction_cst` does it, columns that no group names form one more. */
function groupsOf(interactions: readonly (readonly string[])[], columns: readonly FeatureColumn[]): Set<number>[] {
  const named = interactions.map((names) => {
    const wanted = new Set(names);
    return new Set(
      columns.flatMap(({ name }, column) => (wanted.has(name) || wanted.has(dateOf(name)) ? [column] : [])),
    );
  });
  const rest = columns.flatMap((_, column) => (named.some((group) => group.has(column)) ? [] : [column]));
  return [...named, new Set(rest)];
}

/** The column that a calendar part such as `joined.month` is of; the name itself where it is no such part. */
function dateOf(name: string): string {
  const part = dateParts.find((each) => name.endsWith(`.${each}`));
  return part === undefined ? name : name.slice(0, -1 - part.length);
}

/** What a leaf may still do. */
export interface Freedom {
  /** Of its value. */
  readonly bounds: Bounds;
  /** Ascending: columns that it may be split on. */
  readonly columns: Uint32Array;
  /** Those of the groups that have every column on the way to it; `null`: there are no groups. */
  readonly groups: TreeConstraints["groups"];
}

/** @param columns that were drawn for the tree. */
export function freedomOfRoot({ groups }: TreeConstraints, columns: Uint32Array): Freedom {
  return { bounds: { lower: -Infinity, upper: Infinity }, columns, groups };
}

interface Division {
  readonly column: number;
  readonly left: Totals;
  readonly right: Totals;
}

/**
 * What the children of a divided leaf may do. Where the column has a direction, the middle of their values parts all that will ever
 * stand below the one from all below the other (the method `basic` of LightGBM).
 */
export function freedomBelow(
  { directions }: TreeConstraints,
  limits: SplitLimits,
  leaf: Freedom,
  { column, left, right }: Division,
): readonly [left: Freedom, right: Freedom] {
  const inGroups = groupsBelow(leaf, column);
  const direction = directions[column]!;
  if (direction === 0)
    return [
      { ...inGroups, bounds: leaf.bounds },
      { ...inGroups, bounds: leaf.bounds },
    ];
  const middle = (boundedValue(left, limits, leaf.bounds) + boundedValue(right, limits, leaf.bounds)) / 2;
  const below = { ...inGroups, bounds: { ...leaf.bounds, upper: middle } };
  const above = { ...inGroups, bounds: { ...leaf.bounds, lower: middle } };
  return direction > 0 ? [below, above] : [above, below];
}

function groupsBelow({ groups, columns }: Freedom, column: number): Pick<Freedom, "columns" | "groups"> {
  if (groups === null) return { groups, columns };
  const open = groups.filter((group) => group.has(column));
  return { groups: open, columns: columns.filter((each) => open.some((group) => group.has(each))) };
}
