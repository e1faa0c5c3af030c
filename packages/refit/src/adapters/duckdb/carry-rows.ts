import { exactJson } from "./exact-json.ts";
import { rowColumn } from "./load.ts";
import type { CheckedSelect } from "./prepare-check.ts";
import { prepareRefused } from "./prepare-refused.ts";
import type { ResultColumn, Session } from "./session.ts";
import { literal } from "./sql-text.ts";

/** @throws PrepareInvalidError */
export async function describe(
  session: Session,
  statement: string,
  sql: string,
  hideValues: boolean,
): Promise<ResultColumn[]> {
  try {
    return await session.describe(statement);
  } catch (error) {
    throw prepareRefused(error, sql, hideValues);
  }
}

/**
 * The statement with the row digest in its result: as it is, or with the digest added to a plain outer SELECT.
 *
 * @returns `null` when the result is not made of rows of the source.
 */
export async function carryRows(
  session: Session,
  { tree, node }: CheckedSelect,
  sql: string,
  result: readonly ResultColumn[],
): Promise<string | null> {
  if (result.some(({ name, type }) => name === rowColumn && type === "UBIGINT")) return sql;
  if (node["type"] !== "SELECT_NODE" || (node["group_expressions"] as readonly unknown[]).length > 0) return null;
  if ((node["modifiers"] as readonly { type: string }[]).some(({ type }) => type === "DISTINCT_MODIFIER")) return null;
  const row = { class: "COLUMN_REF", type: "COLUMN_REF", alias: "", query_location: 0, column_names: [rowColumn] };
  const added = {
    ...tree,
    statements: [
      { node: { ...node, select_list: [...(node["select_list"] as readonly unknown[]), row] }, named_param_map: [] },
    ],
  };
  const [text] = await session.rows(`SELECT json_deserialize_sql(${literal(exactJson(added))}::JSON)`);
  try {
    await session.describe(String(text![0]));
  } catch {
    // DuckDB finds no single row to take the digest from: an aggregate, or a table without it.
    return null;
  }
  return String(text![0]);
}
