import type { Finding } from "@refit/core/data";

import type { OpenRequest } from "../../ports/tables.ts";
import type { FileHead } from "./file-head.ts";
import { readHead } from "./read-head.ts";
import { readRows } from "./read-rows.ts";
import type { Session } from "./session.ts";
import { keepWideTexts, textRoom } from "./wide-texts.ts";

/** Files whose form is right, and what is wrong with the others. */
export interface ReadSourceFiles {
  readonly heads: readonly FileHead[];
  readonly rowsByFile: ReadonlyMap<string, number>;
  readonly findings: readonly Finding[];
}

/** Reads names and number of rows of each file. */
export async function readSourceFiles(session: Session, request: OpenRequest): Promise<ReadSourceFiles> {
  const heads: FileHead[] = [];
  const rowsByFile = new Map<string, number>();
  const findings: Finding[] = [];
  const room = textRoom();
  for (const file of request.files) {
    const head = await readHead(session, file, request);
    if ("columns" in head) await session.fitColumns(head.columns.length);
    const read = "severity" in head ? head : await readRows(session, head, request);
    if ("severity" in read) {
      findings.push(read);
      continue;
    }
    const kept = await keepWideTexts(session, read.head, read.rows, room);
    heads.push(file.only === undefined ? kept : { ...kept, only: file.only });
    rowsByFile.set(file.path, read.rows);
    findings.push(...read.findings);
  }
  return { heads, rowsByFile, findings };
}
