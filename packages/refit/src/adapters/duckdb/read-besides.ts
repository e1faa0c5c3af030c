import type { ParseNode } from "./prepare-problem.ts";
import { definitions, lastName } from "./target-inputs.ts";

/**
 * Whether SQL reads a column for more than the target: anywhere but in the expression that the outer SELECT names so, or where that hands
 * the column on as it is. What goes through another name first counts as more.
 *
 * @param trees answers of `json_serialize_sql` for the statement and the views that it reads; `node`: its outer query node.
 */
export function isReadBesides(
  { trees, node }: { readonly trees: readonly ParseNode[]; readonly node: ParseNode },
  target: string,
  column: string,
): boolean {
  const name = column.toLowerCase();
  const all = trees.reduce((sum, tree) => sum + mentions(tree, name), 0);
  if (node["type"] !== "SELECT_NODE") return all > 0;
  const list = node["select_list"] as readonly ParseNode[];
  const made = definitions(list).get(target.toLowerCase());
  const ofTarget = made === undefined ? 0 : mentions(made, name);
  const handedOn = list.filter((item) => item !== made && isHandedOn(item, name)).length;
  return all > ofTarget + handedOn;
}

function isHandedOn(item: ParseNode, name: string): boolean {
  const alias = String(item["alias"] ?? "").toLowerCase();
  return item["class"] === "COLUMN_REF" && lastName(item) === name && (alias === "" || alias === name);
}

/** How often a part of a statement names a column, also as one that is joined by. */
function mentions(value: unknown, name: string): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + mentions(each, name), 0);
  if (typeof value !== "object" || value === null) return 0;
  const node = value as ParseNode;
  const using = (node["using_columns"] as readonly unknown[] | undefined) ?? [];
  const own = node["class"] === "COLUMN_REF" && lastName(node) === name ? 1 : 0;
  const joined = using.filter((each) => typeof each === "string" && each.toLowerCase() === name).length;
  return Object.values(node).reduce<number>((sum, each) => sum + mentions(each, name), own + joined);
}
