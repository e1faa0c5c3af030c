import { acceptSuspects, type Finding } from "@refit/core/data";

import type { OpenRequest } from "../../ports/tables.ts";
import { findTypes } from "./find-types.ts";
import { planColumns } from "./plan-columns.ts";
import { areIdentified } from "./identify-rows.ts";
import type { LoadedFiles } from "./load-at-once.ts";
import { loadSource, numberColumn, shownColumns } from "./load.ts";
import { noteOnlyRows } from "./only-rows.ts";
import { readSourceFiles } from "./read-source-files.ts";
import type { Session } from "./session.ts";
import { dropWideTexts } from "./wide-texts.ts";

/**
 * Reads the files in steps, each of which needs that the one before found no error: the form of each file, the columns
 * over all files, their types. Rows are loaded with their digests: where there are many columns, to plan the statement once more takes
 * longer than to make them.
 */
export async function loadStepByStep(session: Session, request: OpenRequest): Promise<LoadedFiles> {
  const { manifest } = request;
  const { heads, rowsByFile, findings: unread } = await readSourceFiles(session, request);
  const findings: Finding[] = acceptSuspects(unread, manifest.checks);
  await noteOnlyRows(session, heads);
  const layout = planColumns(heads, request);
  findings.push(...acceptSuspects(layout.findings, manifest.checks));
  if (hasError(findings)) return { heads, columns: [], rowsByFile, findings, shown: "*", ...asLoaded };

  const { missingValues } = manifest.schema;
  const rows = [...rowsByFile.values()].reduce((sum, count) => sum + count, 0);
  const { columns, findings: wrong } = await findTypes(session, { heads, missingValues, rows }, layout.columns);
  findings.push(...wrong);
  if (!hasError(findings)) await loadSource(session, heads, columns);
  await dropWideTexts(session, heads);
  return { heads, columns, rowsByFile, findings, shown: shownColumns(columns, []), ...asLoaded };
}

const asLoaded = { number: numberColumn, identify: areIdentified };

export function hasError(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === "error");
}
