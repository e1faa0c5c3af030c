import path from "node:path";

import { acceptSuspects, type Finding, type Profile } from "@refit/core/data";

import type { OpenRequest, SourceTable, Tables } from "../../ports/tables.ts";
import { checkConstraints } from "./constraints.ts";
import { readHead } from "./read-head.ts";
import type { FileHead } from "./file-head.ts";
import { filesAtOnce } from "./file-rows.ts";
import { findTypes } from "./find-types.ts";
import { layColumns } from "./layout.ts";
import { loadSource } from "./load.ts";
import { prepareRows } from "./prepare.ts";
import { profileLoadedFiles } from "./profile-files.ts";
import { readRows } from "./read-rows.ts";
import { openSession, type Session } from "./session.ts";

/** Tables on DuckDB, which is loaded when the first one is opened. */
export const duckdbTables: Tables = {
  async open(request) {
    const session = await openSession(request.scratch, request.manifest.limits);
    try {
      return await openSource(session, request);
    } catch (error) {
      await session.close();
      throw error;
    }
  },
};

/**
 * Reads the files in steps, each of which needs that the one before found no error: the form of each file, the columns
 * over all files, their types, their constraints.
 */
async function openSource(session: Session, request: OpenRequest): Promise<SourceTable> {
  const { manifest } = request;
  const heads: FileHead[] = [];
  const rowsByFile = new Map<string, number>();
  const findings: Finding[] = [];
  for (const file of request.files) {
    const head = await readHead(session, file, request);
    if ("columns" in head) await session.fitColumns(head.columns.length);
    const read = "severity" in head ? head : await readRows(session, head, request.scratch);
    if ("severity" in read) {
      findings.push(read);
      continue;
    }
    heads.push(read.head);
    rowsByFile.set(file.path, read.rows);
  }
  const refused = (): SourceTable => refusedTable(session, rowsByFile, findings);
  const layout = layColumns(heads, manifest, request.knownTypes);
  findings.push(...acceptSuspects(layout.findings, manifest.checks));
  if (hasError(findings)) return refused();

  const { missingValues } = manifest.schema;
  const rows = [...rowsByFile.values()].reduce((sum, count) => sum + count, 0);
  const typed = await findTypes(session, { heads, missingValues }, layout.columns, rows);
  findings.push(...typed.findings);
  if (hasError(findings)) return refused();

  await loadSource(session, heads, typed.columns);
  await session.lock();
  const { primaryKey = [] } = manifest.schema;
  findings.push(...(await checkConstraints(session, heads, typed.columns, [primaryKey].flat())));

  let batch: { readonly first: number; readonly profiles: readonly Profile[] } | null = null;
  let prepared = 0;
  const { columns } = typed;
  return {
    columns: columns.map(({ name, type }) => ({ name, type })),
    rowsByFile,
    findings,
    async profile(file) {
      const index = heads.findIndex((head) => head.path === file);
      if (index < 0) throw new RangeError(`${path.basename(file)} is not among the files of this table`);
      const first = index - (index % filesAtOnce);
      if (batch?.first !== first) {
        const last = Math.min(first + filesAtOnce, heads.length) - 1;
        batch = { first, profiles: await profileLoadedFiles(session, { first, last }, columns) };
      }
      return batch.profiles[index - first]!;
    },
    async prepare(wanted) {
      prepared++;
      const table = `refit_prepared_${prepared}`;
      return session.withinTime(() => prepareRows(session, wanted, { dataset: request.dataset, columns, table }));
    },
    close: () => session.close(),
  };
}

function hasError(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === "error");
}

/** What is left of files that cannot be read as one table: the reasons. */
function refusedTable(
  session: Session,
  rowsByFile: ReadonlyMap<string, number>,
  findings: readonly Finding[],
): SourceTable {
  const unusable = (): Promise<never> => Promise.reject(new TypeError("a table with errors has no rows to use"));
  return { columns: [], rowsByFile, findings, profile: unusable, prepare: unusable, close: () => session.close() };
}
