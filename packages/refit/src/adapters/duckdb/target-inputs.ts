import type { ParseNode } from "./prepare-problem.ts";

/**
 * Source columns that the target's expression reads in the outer SELECT. They give the answer away as features.
 *
 * Names that the SELECT itself defines are followed. Empty where the parse tree does not tell, such as for a target
 * that comes out of a `*` or of a set operation.
 *
 * @param columns names of the source columns.
 */
export function targetInputs(node: ParseNode, target: string, columns: readonly string[]): string[] {
  if (node["type"] !== "SELECT_NODE") return [];
  const defined = definitions(node["select_list"] as readonly ParseNode[]);
  const named = new Map(columns.map((name) => [name.toLowerCase(), name]));
  const inputs = new Set<string>();
  const followed = new Set<string>();
  const follow = (name: string): void => {
    const expression = defined.get(name);
    if (expression === undefined || followed.has(name)) return;
    followed.add(name);
    for (const read of columnsRead(expression)) {
      const source = named.get(read);
      if (source === undefined) follow(read);
      else inputs.add(source);
    }
  };
  follow(target.toLowerCase());
  return columns.filter((name) => inputs.has(name));
}

/** Expressions by the lower-case name that they get in the result. */
export function definitions(list: readonly ParseNode[]): Map<string, ParseNode> {
  const found = new Map<string, ParseNode>();
  for (const item of list) {
    const alias = String(item["alias"] ?? "");
    if (alias !== "") found.set(alias.toLowerCase(), item);
    else if (item["class"] === "COLUMN_REF") found.set(lastName(item), item);
    for (const entry of (item["replace_list"] as readonly { key: string; value: ParseNode }[] | undefined) ?? []) {
      found.set(entry.key.toLowerCase(), entry.value);
    }
  }
  return found;
}

function columnsRead(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(columnsRead);
  if (typeof value !== "object" || value === null) return [];
  const node = value as ParseNode;
  const own = node["class"] === "COLUMN_REF" ? [lastName(node)] : [];
  return [...own, ...Object.values(node).flatMap(columnsRead)];
}

/** The name of a column without its table, in lower case. */
export function lastName(columnRef: ParseNode): string {
  return (columnRef["column_names"] as readonly string[]).at(-1)!.toLowerCase();
}
