import { acceptSuspects, type Finding } from "@refit/core/data";

import type { OpenRequest } from "../../ports/tables.ts";
import type { FileHead } from "./file-head.ts";
import { findTypes } from "./find-types.ts";
import { layColumns } from "./layout.ts";
import type { LoadedFiles } from "./load-at-once.ts";
import { loadSource } from "./load.ts";
import { noteOnlyRows } from "./only-rows.ts";
import { readHead } from "./read-head.ts";
import { readRows } from "./read-rows.ts";
import type { Session } from "./session.ts";

/**
 * Reads the files in steps, each of which needs that the one before found no error: the form of each file, the columns
 * over all files, their types.
 */
export async function loadStepByStep(session: Session, request: OpenRequest): Promise<LoadedFiles> {
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
    heads.push(file.only === undefined ? read.head : { ...read.head, only: file.only });
    rowsByFile.set(file.path, read.rows);
  }
  await noteOnlyRows(session, heads);
  const layout = layColumns(heads, manifest, request.knownTypes);
  findings.push(...acceptSuspects(layout.findings, manifest.checks));
  if (hasError(findings)) return { heads, columns: [], rowsByFile, findings };

  const { missingValues } = manifest.schema;
  const rows = [...rowsByFile.values()].reduce((sum, count) => sum + count, 0);
  const { columns, findings: wrong } = await findTypes(session, { heads, missingValues }, layout.columns, rows);
  findings.push(...wrong);
  if (!hasError(findings)) await loadSource(session, heads, columns);
  return { heads, columns, rowsByFile, findings };
}

export function hasError(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === "error");
}
