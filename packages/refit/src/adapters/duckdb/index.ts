import { randomUUID } from "node:crypto";
import path from "node:path";

import { acceptSuspects, type FileDigests, type Finding, type Profile } from "@refit/core/data";

import type { Surveys } from "../../ports/surveys.ts";
import type { RowPreparers } from "../../ports/row-preparers.ts";
import type { OpenRequest, SourceTable, Tables } from "../../ports/tables.ts";
import { checkConstraints } from "./constraints.ts";
import { filesAtOnce } from "./file-rows.ts";
import { loadBeside, loadFurtherTables } from "./further-tables.ts";
import type { LoadedFiles } from "./load-at-once.ts";
import { loadFiles } from "./load-files.ts";
import { hasError } from "./load-step-by-step.ts";
import { fileColumn, loadedTable } from "./load.ts";
import { nameFiles, type NamedRows } from "./name-files.ts";
import { namedPart } from "./named-part.ts";
import { newestRows } from "./newest-rows.ts";
import { openPreparer } from "./row-preparer.ts";
import { rowsInOrder } from "./rows-in-order.ts";
import { prepareRows, type PrepareSource } from "./prepare.ts";
import { numberSql } from "./number-sql.ts";
import { profileLoadedFiles } from "./profile-files.ts";
import { digestLoadedFiles } from "./row-digests.ts";
import { identifier } from "./sql-text.ts";
import { openSession, type Session } from "./session.ts";
import { surveySource } from "./survey.ts";
import type { TypedColumn } from "./typed-column.ts";

export { duckdbPredictionLogs } from "./log/prediction-logs.ts";

/** Tables on DuckDB, which is loaded when the first one is opened. */
export const duckdbTables: Tables = {
  open: (request) => inSession(request, openSource),
};

/** Looks at files in a session of their own. */
export const duckdbSurveys: Surveys = {
  open: (request) => inSession(request, surveySource),
};

/** Prepares rows of requests, each in a session of their own. */
export const duckdbPreparers: RowPreparers = {
  open: (request) => inSession(request, openPreparer),
};

/**
 * The session is closed by whoever closes what was opened in it. It has a folder of its own, since closing one removes its files and
 * several may be open in one place.
 */
async function inSession<Request extends Pick<OpenRequest, "manifest" | "scratch">, T>(
  request: Request,
  open: (session: Session, request: Request) => Promise<T>,
): Promise<T> {
  const scratch = path.join(request.scratch, randomUUID());
  const session = await openSession(scratch, request.manifest.limits);
  try {
    return await open(session, { ...request, scratch });
  } catch (error) {
    await session.close();
    throw error;
  }
}

/** Opens the further tables, then the model's own rows. */
async function openSource(session: Session, request: OpenRequest): Promise<SourceTable> {
  const further = await loadFurtherTables(session, request);
  const loaded = await loadFiles(session, request);
  const findings = [...further.findings, ...loaded.findings];
  if (hasError(findings)) return refusedTable(session, loaded.rowsByFile, findings);
  const { primaryKey = [] } = request.manifest.schema;
  const named = await nameFiles(session, loaded, request);
  const broken = [
    ...acceptSuspects(named.findings, request.manifest.checks),
    ...(await checkConstraints(session, loaded.heads, loaded.columns, [primaryKey].flat())),
  ];
  return openedTable(session, request, { ...loaded, byPath: named.byPath, identify: named.identify, broken }, further);
}

/** The model's own rows, and what is declared of them and does not hold. */
interface OwnFiles extends LoadedFiles, Pick<NamedRows, "byPath" | "identify"> {
  readonly broken: readonly Finding[];
}

function openedTable(
  session: Session,
  request: OpenRequest,
  own: OwnFiles,
  further: Awaited<ReturnType<typeof loadFurtherTables>>,
): SourceTable {
  const { columns, rowsByFile, byPath, identify } = own;
  return {
    columns: columns.map(({ name, type }) => ({ name, type })),
    rowsByFile,
    unread: unreadColumns(own),
    findings: [...further.findings, ...own.findings, ...own.broken],
    ...ofFiles(session, own),
    ...writtenSql(session, request, { columns, tables: further.tables, byPath, identify }),
    async beside({ manifest, tables = new Map() }) {
      const wider = { ...request, manifest, tables };
      const more = await loadBeside(session, wider, own.shown);
      const findings = [...more.findings, ...own.findings];
      return hasError(findings) ? refusedTable(session, rowsByFile, findings) : openedTable(session, wider, own, more);
    },
    close: () => session.close(),
  };
}

function unreadColumns({ heads, columns }: LoadedFiles): string[] {
  const read = new Set(columns.map(({ raw }) => raw));
  return [...new Set(heads.flatMap((head) => head.columns))].filter((name) => !read.has(name));
}

/** What is asked of single files. */
function ofFiles(
  session: Session,
  { heads, columns }: LoadedFiles,
): Pick<SourceTable, "countAbove" | "digests" | "texts" | "profile"> {
  let batch: { readonly first: number; readonly profiles: readonly Profile[] } | null = null;
  let digested: { readonly first: number; readonly key: string; readonly digests: readonly FileDigests[] } | null =
    null;
  const numberOf = (file: string): number => {
    const index = heads.findIndex((head) => head.path === file);
    if (index < 0) throw new RangeError(`${path.basename(file)} is not among the files of this table`);
    return index;
  };
  /** The files that one statement goes over together with this one. */
  const partOf = (index: number) => {
    const first = index - (index % filesAtOnce);
    return { first, last: Math.min(first + filesAtOnce, heads.length) - 1 };
  };
  return {
    async digests(file, key) {
      const index = numberOf(file);
      const part = partOf(index);
      if (digested?.first !== part.first || digested.key !== key.join("\0")) {
        const digests = await digestLoadedFiles(session, part, columns, key);
        digested = { first: part.first, key: key.join("\0"), digests };
      }
      return digested.digests[index - part.first]!;
    },
    async countAbove(file, name, value) {
      const column = columns.find((each) => each.name === name);
      if (column === undefined || column.type === "string" || column.type === "boolean") return null;
      const above = `${numberSql(identifier(name), column.type)} > ${value}::DOUBLE`;
      const [[count]] = (await session.rows(
        `SELECT count(*) FROM ${loadedTable} WHERE ${fileColumn} = ${numberOf(file)} AND ${above}`,
      )) as [[bigint]];
      return Number(count);
    },
    async texts(file) {
      // Rows lie in the order of the files, below the views.
      return (await session.rows(
        `SELECT ${columns.map(shownSql).join(", ")} FROM ${loadedTable} WHERE ${fileColumn} = ${numberOf(file)} ORDER BY rowid`,
      )) as (string | null)[][];
    },
    async profile(file) {
      const index = numberOf(file);
      const part = partOf(index);
      if (batch?.first !== part.first)
        batch = { first: part.first, profiles: await profileLoadedFiles(session, part, columns) };
      return batch.profiles[index - part.first]!;
    },
  };
}

/** A value as people are told it; of a file the path, and how its digest begins. */
function shownSql({ name, type }: TypedColumn): string {
  const value = identifier(name);
  if (type !== "file") return `${value}::VARCHAR`;
  return `${namedPart(value, "path")} || ' (' || left(${namedPart(value, "content")}, 8) || ')'`;
}

/** What people's SQL is run over. */
type SqlOver = Pick<PrepareSource, "columns" | "tables" | "byPath"> & Pick<NamedRows, "identify">;

/** What runs the SQL that people have written. */
function writtenSql(
  session: Session,
  { dataset, manifest, scratch }: OpenRequest,
  { identify, ...rows }: SqlOver,
): Pick<SourceTable, "prepare" | "inOrder" | "newestRows"> {
  const { views: names = [], viewTexts = {} } = manifest;
  const views = names.map((name) => ({ name, sql: viewTexts[name] ?? "" }));
  const folder = path.join(scratch, "written");
  /** A person's SQL names no file: it is one SELECT over the tables that it may read. */
  const shutOff = async (): Promise<void> => {
    await identify();
    await session.lock(folder);
  };
  let prepared = 0;
  return {
    async prepare(wanted) {
      prepared++;
      const source = { ...rows, dataset, table: `refit_prepared_${prepared}`, views, folder };
      await shutOff();
      return session.withinTime(() => prepareRows(session, wanted, source));
    },
    async inOrder(wanted) {
      await session.lock(folder);
      return rowsInOrder(session, wanted, { ...rows, views, folder });
    },
    async newestRows(wanted) {
      await shutOff();
      return session.withinTime(() => newestRows(session, wanted, { ...rows, views, folder }));
    },
  };
}

/** What is left of files that cannot be read as one table: the reasons. */
function refusedTable(
  session: Session,
  rowsByFile: ReadonlyMap<string, number>,
  findings: readonly Finding[],
): SourceTable {
  const unusable = (): Promise<never> => Promise.reject(new TypeError("a table with errors has no rows to use"));
  return {
    columns: [],
    unread: [],
    rowsByFile,
    findings,
    profile: unusable,
    digests: unusable,
    countAbove: unusable,
    texts: unusable,
    prepare: unusable,
    inOrder: unusable,
    newestRows: unusable,
    beside: unusable,
    close: () => session.close(),
  };
}
