import { MetricInvalidError } from "@refit/core/errors";
import { nearest } from "@refit/core/spec";
import type { RowExpression } from "../../ports/tables.ts";
import { parseTree, placeOf, scopeOf } from "./prepare-check.ts";
import { findProblem, type ParseNode, type PrepareProblem, type Scope } from "./prepare-problem.ts";
import type { Session } from "./session.ts";

/** What an expression may read. */
export interface RowWords {
  /** Names of the table's columns. */
  readonly columns: readonly string[];
  /** Column that is predicted. */
  readonly target: string;
  readonly hasProbability: boolean;
}

/** What stands for the target and a model's answer; a column of such a name is hidden by it. */
export const answerWords = ["answer", "label", "probability"] as const;

/** In front of the expression, so that it begins on a line of its own. */
const before = "SELECT\n";

/**
 * Checks by DuckDB's own parser that SQL is one expression over one row, the same on every run.
 *
 * @returns the names that it reads, in small letters.
 * @throws MetricInvalidError with line and column in the expression.
 */
export async function checkExpression(
  session: Session,
  { metric, sql }: RowExpression,
  words: RowWords,
): Promise<ReadonlySet<string>> {
  const text = `${before}${sql}`;
  const fail = (problem: string, offset: number): never => {
    const place = placeOf(text, offset);
    throw new MetricInvalidError(metric, problem, place === null || place.line < 2 ? null : up(place));
  };
  const tree = await parseTree(session, text);
  if (tree["error"] === true) {
    const message = tree["error_type"] === "not implemented" ? onlyOne : String(tree["error_message"]).split("\n")[0]!;
    fail(message, Number(tree["position"] ?? -1));
  }
  const statements = tree["statements"] as readonly { readonly node: ParseNode }[];
  const node = statements.length === 1 ? statements[0]!.node : null;
  if (node === null || !isPlain(node)) return fail(onlyOne, -1);
  const [item] = node["select_list"] as readonly ParseNode[];
  const scope = await scopeOf(session, [...words.columns, ...answerWords]);
  const problem = rowProblem(item!, scope) ?? findProblem(item, scope) ?? nameProblem(item!, words);
  if (problem !== null) fail(problem.words, problem.at);
  return new Set(columnRefs(item).map(({ name }) => name));
}

/** A place below the line in front of the expression. */
export function up({ line, column }: { line: number; column: number }): { line: number; column: number } {
  return { line: line - 1, column };
}

const onlyOne = "expected one expression and nothing around it, not a statement or a list";

/** A SELECT of one thing, without anything that follows it. */
function isPlain(node: ParseNode): boolean {
  const list = node["select_list"] as readonly ParseNode[] | undefined;
  const from = node["from_table"] as ParseNode | undefined;
  return (
    node["type"] === "SELECT_NODE" &&
    from?.["type"] === "EMPTY" &&
    list?.length === 1 &&
    (list[0]!["alias"] ?? "") === "" &&
    ["modifiers", "group_expressions"].every((key) => (node[key] as readonly unknown[]).length === 0) &&
    ["where_clause", "having", "qualify", "sample"].every((key) => (node[key] ?? null) === null)
  );
}

const kinds: Readonly<Record<string, string>> = {
  SUBQUERY: "a subquery reads other rows; only the row itself can be read",
  WINDOW: "a window function reads other rows; only the row itself can be read",
  STAR: "`*` stands for many columns; name the one that you mean",
  POSITIONAL_REFERENCE: "a position is not a column here; name the column",
};

/** The first thing that needs more than one row, or gives more than one value. */
function rowProblem(value: unknown, scope: Scope): PrepareProblem | null {
  if (typeof value !== "object" || value === null) return null;
  const node = value as ParseNode;
  const at = typeof node["query_location"] === "number" ? node["query_location"] : -1;
  const words = kinds[String(node["class"])];
  if (words !== undefined) return { words, at };
  const name = String(node["function_name"] ?? "").toLowerCase();
  if (node["class"] === "FUNCTION" && scope.functions.ofRows.has(name)) {
    return { words: `${name}() is over many rows; the expression is for one row, and refit takes the mean of all`, at };
  }
  for (const inner of Object.values(node)) {
    const problem = rowProblem(inner, scope);
    if (problem !== null) return problem;
  }
  return null;
}

/** The first name that stands for nothing. */
function nameProblem(node: ParseNode, { columns, target, hasProbability }: RowWords): PrepareProblem | null {
  // The parameters of a lambda are names too; DuckDB then says itself what it does not find.
  if (holdsLambda(node)) return null;
  const known = new Set(columns.map((name) => name.toLowerCase()));
  for (const { name, at } of columnRefs(node)) {
    if ((answerWords as readonly string[]).includes(name)) {
      if (known.has(name) && name !== target.toLowerCase()) return { words: hiddenWords(name), at };
      if (name === "probability" && !hasProbability) return { words: noProbability, at };
    } else if (!known.has(name)) {
      const near = nearest(name, [...columns, ...answerWords]);
      const advice = near === undefined ? `the row has ${firstOf(columns)}` : `the nearest name is "${near}"`;
      return { words: `there is no column "${name}"; ${advice}`, at };
    }
  }
  return null;
}

const mostNamed = 20;

function firstOf(columns: readonly string[]): string {
  return columns.slice(0, mostNamed).join(", ") + (columns.length > mostNamed ? ", …" : "");
}

const noProbability = "a regression predicts a number and no probability; use `answer`";

function hiddenWords(name: string): string {
  return `\`${name}\` means the model's here, and the prepared rows have a column of that name too; give the column another name in \`prepare\``;
}

function holdsLambda(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return (value as ParseNode)["class"] === "LAMBDA" || Object.values(value).some(holdsLambda);
}

/** Names that are read, in small letters, in the order of the text. */
function columnRefs(value: unknown): { readonly name: string; readonly at: number }[] {
  if (typeof value !== "object" || value === null) return [];
  const node = value as ParseNode;
  const own =
    node["class"] === "COLUMN_REF"
      ? [{ name: (node["column_names"] as readonly string[])[0]!.toLowerCase(), at: Number(node["query_location"]) }]
      : [];
  return [...own, ...Object.values(node).flatMap(columnRefs)];
}
