import { PrepareInvalidError } from "@refit/core/errors";
import { viewFile } from "@refit/core/spec";
import { carryRows, describe } from "./carry-rows.ts";
import { checkPrepare, type CheckedSelect } from "./prepare-check.ts";
import type { Session } from "./session.ts";
import { identifier } from "./sql-text.ts";

/** A SELECT that several models share. */
export interface FeatureView {
  readonly name: string;
  readonly sql: string;
}

/** A view that others can read. */
export interface LaidView extends CheckedSelect {
  readonly name: string;
  /** SQL of its rows. */
  readonly statement: string;
}

/** What views may read, besides `source` and each other. */
interface ViewScope {
  readonly columns: readonly string[];
  readonly tables: readonly string[];
  readonly hideValues: boolean;
}

/**
 * Checks each view like `prepare`, and makes it readable by its name for those after it. Rows of a view that are rows of the source
 * take its digests along, unless whoever reads the views reads the source besides, which says itself which row is which.
 *
 * @throws PrepareInvalidError with the view's file.
 */
export async function layFeatureViews(
  session: Session,
  views: readonly FeatureView[],
  { columns, tables, hideValues }: ViewScope,
  isJoined: boolean,
): Promise<LaidView[]> {
  const laid: LaidView[] = [];
  for (const { name, sql } of views) {
    try {
      const readable = [...tables, ...laid.map((view) => view.name)];
      const checked = await checkPrepare(session, sql, columns, readable);
      const result = await describe(session, sql, sql, hideValues);
      const carrying = isJoined ? null : await carryRows(session, checked, sql, result);
      const statement = carrying ?? sql;
      await session.run(`CREATE OR REPLACE VIEW ${identifier(name)} AS ${statement}`);
      laid.push({ ...checked, name, statement });
    } catch (error) {
      throw error instanceof PrepareInvalidError ? inFile(error, viewFile(name)) : error;
    }
  }
  return laid;
}

/** The error with the view's file as its place. */
export function inFile(error: PrepareInvalidError, file: string): PrepareInvalidError {
  const { line, column, message, hint } = error;
  const at = line === null || column === null ? null : { line, column };
  const problem = message.replace(/^prepare(?:, line \d+, column \d+)?: /, "").replace(/\.$/, "");
  return new PrepareInvalidError(problem, at, hint, file);
}

/** Whether a statement names `source` itself, anywhere. */
export function readsSource(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(readsSource);
  if (typeof value !== "object" || value === null) return false;
  const node = value as { readonly type?: unknown; readonly table_name?: unknown };
  const isSource = node.type === "BASE_TABLE" && String(node.table_name).toLowerCase() === "source";
  return isSource || Object.values(node).some(readsSource);
}
