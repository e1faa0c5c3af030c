import { FeatureMismatchError, PrepareNotRowWiseError, UnreadableDataError } from "@refit/core/errors";
import type { RawColumn } from "@refit/core/data";
import { inputMismatches } from "@refit/core/runtime";
import type { DataManifest, Field } from "@refit/core/spec";

import type { PreparerRequest, RowPreparer } from "../../ports/row-preparers.ts";
import { loadFurtherTables } from "./further-tables.ts";
import { createTable, layViews, loadedTable, numberColumn, shownColumns, sourceTable } from "./load.ts";
import { everything, plainColumns, readStatement } from "./prepare.ts";
import { prepareRefused } from "./prepare-refused.ts";
import { prepareTexts } from "./prepare-texts.ts";
import { isReadBesides } from "./read-besides.ts";
import { manyRowsSql, oneRowSql, preparedSql, textTests, unfitSql } from "./request-rows-sql.ts";
import type { Session } from "./session.ts";
import { identifier } from "./sql-text.ts";
import type { TypedColumn } from "./typed-column.ts";

/**
 * Plans what prepares the rows of requests. The tables are loaded, and the SQL checked, as for files; then no name leads to rows but those
 * of the request and of further tables, no file can be read, and no setting changed.
 */
export async function openPreparer(session: Session, request: PreparerRequest): Promise<RowPreparer> {
  const { manifest, target, inputs } = request;
  const further = await loadFurtherTables(session, { ...request, files: [], knownTypes: [] });
  const errors = further.findings.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new UnreadableDataError(errors);
  const columns = declaredColumns(manifest);
  await createTable(session, columns, [`${numberColumn} INTEGER`]);
  await layViews(session, shownColumns(columns, []));
  await session.lock();
  const { tables } = further;
  const named = (manifest.views ?? []).map((name) => ({ name, sql: manifest.viewTexts?.[name] ?? "" }));
  const sql = manifest.prepare ?? everything;
  const { carrying, checked, hideValues, result, views } = await readStatement(session, sql, {
    columns,
    tables,
    views: named,
  });
  if (carrying === null) throw new PrepareNotRowWiseError("several");
  const found = new Map(plainColumns(result).map((column) => [column.name, column]));
  const mismatches = inputMismatches(inputs, [...found.values()]);
  if (mismatches.length > 0) throw new FeatureMismatchError(mismatches);

  // What still names them would read no rows, without a word.
  const laid = [...views.map(({ name }) => identifier(name)), "source", sourceTable];
  for (const view of laid.toReversed()) await session.run(`DROP VIEW IF EXISTS ${view}`);
  await session.run(`DROP TABLE ${loadedTable}`);
  const parts = { columns, views, carrying, wanted: inputs.map(({ name }) => found.get(name)!) };
  const many = manyRowsSql(columns);
  const read = { trees: [checked, ...views].map(({ tree }) => tree), node: checked.node };
  const raw = columns.map((column) => {
    const mayLack = request.mayLack?.has(column.name) === true && !isReadBesides(read, target, column.name);
    return rawColumn(column, mayLack);
  });
  const planned = async (statement: string) => {
    try {
      return await session.plan(statement);
    } catch (error) {
      throw prepareRefused(error, sql, hideValues);
    }
  };
  const plan = {
    columns: columns.map((column, i) => ({ ...column, asRaw: raw[i]! })),
    wanted: parts.wanted,
    sql,
    tests: textTests(columns),
    one: await planned(preparedSql(parts, oneRowSql(columns))),
    many: await planned(preparedSql(parts, many)),
    unfit: textTests(columns).length === 0 ? null : await session.plan(unfitSql(columns, many)),
  };
  return {
    columns: raw,
    prepare: (texts, until) => prepareTexts(plan, texts, until),
    close: () => session.close(),
  };
}

function rawColumn({ raw, type, field, missingValues }: TypedColumn, mayLack: boolean): RawColumn {
  const isTime = type === "date" || type === "datetime";
  return {
    name: raw,
    type,
    mayLack,
    format: (isTime ? field?.format : undefined) ?? null,
    decimalChar: field?.decimalChar ?? null,
    ownForm: field !== null && isFormed(type, field),
    missingValues,
  };
}

function isFormed(type: RawColumn["type"], { decimalChar, groupChar, bareNumber }: Field): boolean {
  const isNumber = type === "number" || type === "integer";
  return isNumber && ((decimalChar ?? ".") !== "." || groupChar !== undefined || bareNumber === false);
}

function declaredColumns({ schema, sensitive }: DataManifest): TypedColumn[] {
  return schema.fields.map((field) => ({
    name: field.name,
    raw: field.from ?? field.name,
    field,
    type: field.type,
    missingValues: field.missingValues ?? schema.missingValues,
    sensitive: sensitive.includes(field.name),
    positions: [],
  }));
}
