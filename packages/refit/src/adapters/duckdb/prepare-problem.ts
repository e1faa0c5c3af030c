import { harmlessTables, type KnownFunctions } from "./prepare-functions.ts";

/** A node of DuckDB's parse tree, as `json_serialize_sql` gives it. */
export type ParseNode = { readonly [key: string]: unknown };

/** What a statement may name, at one place in it. */
export interface Scope {
  /** Tables that may be read, in small letters; `source` is the first. */
  readonly tables: readonly string[];
  readonly functions: KnownFunctions;
  /** Words that mean the time, or who runs this and where. */
  readonly sessionWords: ReadonlySet<string>;
  /** CTEs that are defined so far, in small letters. */
  readonly ctes: ReadonlySet<string>;
}

/** Why a statement is refused. */
export interface PrepareProblem {
  readonly words: string;
  /** Offset in the SQL text; -1: not known. */
  readonly at: number;
}

/** Kinds of query, table, clause and order that `prepare` may be made of; a kind that is not listed is refused. */
const allowedTypes = new Set([
  "SELECT_NODE",
  "SET_OPERATION_NODE",
  "RECURSIVE_CTE_NODE",
  "BASE_TABLE",
  "EMPTY",
  "EXPRESSION_LIST",
  "JOIN",
  "PIVOT",
  "SUBQUERY",
  "TABLE_FUNCTION",
  "DISTINCT_MODIFIER",
  "LIMIT_MODIFIER",
  "LIMIT_PERCENT_MODIFIER",
  "ORDER_MODIFIER",
  "ASCENDING",
  "DESCENDING",
  "ORDER_DEFAULT",
]);

const allowedClasses = new Set([
  "BETWEEN",
  "CASE",
  "CAST",
  "COLLATE",
  "COLUMN_REF",
  "COMPARISON",
  "CONJUNCTION",
  "CONSTANT",
  "FUNCTION",
  "LAMBDA",
  "LAMBDA_REF",
  "OPERATOR",
  "POSITIONAL_REFERENCE",
  "STAR",
  "SUBQUERY",
  "TYPE",
  "WINDOW",
]);

/** How the names of refit's own columns begin, and those of its tables. */
const ownColumn = /^__refit/i;
const ownTable = /^(?:__refit|refit_)/i;

/**
 * The first thing in a parse tree that `prepare` may not hold: a table that is not in the scope or a CTE, a function that
 * is not one of its arguments alone, or a kind of node that nobody has looked at.
 */
export function findProblem(value: unknown, scope: Scope): PrepareProblem | null {
  if (Array.isArray(value)) return firstOf(value, scope);
  if (typeof value !== "object" || value === null) return null;
  const node = value as ParseNode;
  const words = kindProblem(node) ?? nameProblem(node) ?? expressionProblem(node, scope) ?? tableProblem(node, scope);
  if (words !== null) return { words, at: locationOf(node) };
  if (node["class"] === "CONSTANT") return null;
  return cteProblem(node, scope);
}

function firstOf(values: readonly unknown[], scope: Scope): PrepareProblem | null {
  for (const value of values) {
    const problem = findProblem(value, scope);
    if (problem !== null) return problem;
  }
  return null;
}

function locationOf(node: ParseNode): number {
  return typeof node["query_location"] === "number" ? node["query_location"] : -1;
}

function kindProblem(node: ParseNode): string | null {
  const { class: kind, type } = node;
  if (kind === "PARAMETER") return "parameters such as $1 or ? have no value here";
  if (typeof kind === "string") return allowedClasses.has(kind) ? null : `${kindWords(kind)} is not allowed`;
  if (type === "SHOW_REF") return "SHOW, DESCRIBE and SUMMARIZE are not allowed; only rows of `source` can be read";
  if (typeof type !== "string" || allowedTypes.has(type) || type.endsWith("_TYPE_INFO")) return null;
  return `${kindWords(type)} is not allowed`;
}

function kindWords(kind: string): string {
  return `a ${kind.toLowerCase().replaceAll("_", " ")}`;
}

/** A result that makes up its own row digests could hide that a row stands on both sides of the split. */
function nameProblem(node: ParseNode): string | null {
  const names = Object.values(node).flat();
  const own = names.find((name) => typeof name === "string" && ownColumn.test(name));
  return own === undefined ? null : ownNameWords(String(own));
}

function expressionProblem(node: ParseNode, { functions, sessionWords }: Scope): string | null {
  if (node["class"] === "COLUMN_REF") {
    const name = (node["column_names"] as readonly string[]).at(-1)!.toLowerCase();
    return sessionWords.has(name) ? `${name} gives another result on another run` : null;
  }
  if (node["class"] !== "FUNCTION" && node["class"] !== "WINDOW") return null;
  const name = String(node["function_name"]).toLowerCase();
  const sinceToday = name === "age" && (node["children"] as readonly unknown[]).length === 1;
  if (sinceToday || functions.changing.has(name)) return `${name}() gives another result on another run`;
  const known = functions.all.has(name) && !functions.allowed.has(name) && !harmlessTables.has(name);
  return known ? `the function ${name}() is not allowed` : null;
}

function tableProblem(node: ParseNode, { ctes, tables }: Scope): string | null {
  if (node["type"] === "TABLE_FUNCTION") {
    const name = String((node["function"] as ParseNode)["function_name"]).toLowerCase();
    if (!harmlessTables.has(name))
      return `the table function ${name}() is not allowed; only ${namesOf(tables)} can be read`;
  }
  if (node["sample"] !== undefined && node["sample"] !== null) return "a sample gives other rows on another run";
  if (node["type"] !== "BASE_TABLE") return null;
  const name = String(node["table_name"]);
  const plain = node["schema_name"] === "" && node["catalog_name"] === "";
  const allowed = plain && (tables.includes(name.toLowerCase()) || ctes.has(name.toLowerCase()));
  return allowed ? null : `there is no table "${name}" here; only ${namesOf(tables)} can be read`;
}

function namesOf(tables: readonly string[]): string {
  const names = tables.map((name) => `\`${name}\``);
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** Walks the CTEs in their order, each of which sees those before it, and then the rest of the node. */
function cteProblem(node: ParseNode, scope: Scope): PrepareProblem | null {
  const { cte_map: map, ...rest } = node;
  const entries = (map as { map?: readonly { key: string; value: ParseNode }[] } | undefined)?.map ?? [];
  const ctes = new Set(scope.ctes);
  for (const { key, value } of entries) {
    if (ownTable.test(key)) return { words: ownNameWords(key), at: -1 };
    const query = (value["query"] as { node?: ParseNode } | undefined)?.node;
    const seen = new Set(ctes);
    // Only a recursive CTE sees itself; to another one its own name is the table of that name.
    if (query?.["type"] === "RECURSIVE_CTE_NODE") seen.add(key.toLowerCase());
    const problem = findProblem(value, { ...scope, ctes: seen });
    if (problem !== null) return problem;
    ctes.add(key.toLowerCase());
  }
  return firstOf(Object.values(rest), { ...scope, ctes });
}

function ownNameWords(name: string): string {
  return `the name "${name}" is refit's own; choose another`;
}
