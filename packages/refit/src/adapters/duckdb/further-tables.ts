import type { Finding } from "@refit/core/data";
import { asOwnRows, type FurtherTable } from "@refit/core/spec";
import type { OpenRequest } from "../../ports/tables.ts";
import { checkConstraints } from "./constraints.ts";
import { layViews, loadedTable, sourceTable } from "./load.ts";
import { loadFiles } from "./load-files.ts";
import { instantSql } from "./instant-sql.ts";
import { hasError } from "./load-step-by-step.ts";
import type { Session } from "./session.ts";
import { identifier } from "./sql-text.ts";
import type { TypedColumn } from "./typed-column.ts";

/** A further table whose rows are in the session. */
export interface LoadedFurtherTable {
  readonly name: string;
  /** The table below the view of that name. */
  readonly stored: string;
  readonly columns: readonly TypedColumn[];
  /** `null`: its rows were always known. */
  readonly availableAt: string | null;
}

/** What reading rows lays over them; where they cannot be read, nothing does. */
const dropViews = `DROP VIEW IF EXISTS source; DROP VIEW IF EXISTS ${sourceTable}`;

/** Reads the further tables, each by its own schema, and lays a view over it with the columns that are declared. */
export async function loadFurtherTables(
  session: Session,
  request: OpenRequest,
): Promise<{ readonly tables: readonly LoadedFurtherTable[]; readonly findings: readonly Finding[] }> {
  const tables: LoadedFurtherTable[] = [];
  const findings: Finding[] = [];
  for (const table of request.manifest.tables ?? []) {
    const files = request.tables?.get(table.name);
    if (files === undefined) continue;
    const loaded = await loadFurtherTable(session, { ...request, files }, table);
    findings.push(...loaded.findings.map((found) => ({ ...found, message: `Table ${table.name}: ${found.message}` })));
    if (hasError(loaded.findings)) {
      await session.run(`${dropViews}; DROP TABLE IF EXISTS ${loadedTable}`);
      continue;
    }
    const stored = `refit_table_${tables.length}`;
    await session.run(`${dropViews}; ALTER TABLE ${loadedTable} RENAME TO ${stored}`);
    const made = { name: table.name, stored, columns: loaded.columns, availableAt: table.availableAt ?? null };
    await session.run(viewOf(made, rowsOf(made)));
    tables.push(made);
  }
  return { tables, findings };
}

const ownLoaded = `${loadedTable}_own`;

/** The same where the model's own rows are loaded: they make way, and lie below `source` again afterwards. @param shown of them. */
export async function loadBeside(
  session: Session,
  request: OpenRequest,
  shown: string,
): ReturnType<typeof loadFurtherTables> {
  await session.run(`${dropViews}; ALTER TABLE ${loadedTable} RENAME TO ${ownLoaded}`);
  const further = await loadFurtherTables(session, request);
  await session.run(`ALTER TABLE ${ownLoaded} RENAME TO ${loadedTable}`);
  await layViews(session, shown);
  return further;
}

async function loadFurtherTable(session: Session, request: OpenRequest, table: FurtherTable) {
  const manifest = asOwnRows(table, request.manifest);
  const asTable = { manifest, knownTypes: [], declaredOnly: true, toPrepare: false };
  const loaded = await loadFiles(session, { ...request, ...asTable });
  if (hasError(loaded.findings)) return loaded;
  const key = [table.schema.primaryKey ?? []].flat();
  const broken = await checkConstraints(session, loaded.heads, loaded.columns, key);
  return { ...loaded, findings: [...loaded.findings, ...broken] };
}

/** SQL of all rows of a further table. */
export function rowsOf({ stored, columns }: LoadedFurtherTable): string {
  return `SELECT ${columns.map(({ name }) => identifier(name)).join(", ")} FROM ${stored}`;
}

/** SQL of those that were known at an instant; a row whose time is missing never was. */
export function rowsKnownAt(table: LoadedFurtherTable, at: number): string {
  return `${rowsOf(table)} WHERE ${instantSql(table.availableAt!)} <= ${at}`;
}

/** SQL that lays other rows under the table's name. */
export function viewOf({ name }: LoadedFurtherTable, rows: string): string {
  return `CREATE OR REPLACE VIEW ${identifier(name)} AS ${rows}`;
}
