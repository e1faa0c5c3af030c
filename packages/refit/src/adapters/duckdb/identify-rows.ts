import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";

import { SourceVanishedError } from "@refit/core/errors";

import type { FetchedFile } from "../../ports/sources.ts";
import type { OpenRequest } from "../../ports/tables.ts";
import { fileBytes } from "../disk/file-bytes.ts";
import type { FileHead } from "./file-head.ts";
import { fileParts, textsSql } from "./file-rows.ts";
import { digestSql, loadedTable, rowColumn } from "./load.ts";
import type { Session } from "./session.ts";
import type { TypedColumn } from "./typed-column.ts";

const digestTable = "refit_row_digests";

/**
 * Call it before the files are loaded: what it returns gives each row that was loaded its digest, from the files once more.
 *
 * Only preparation needs the digests, and making them takes a third of what all else does, so that a run which ends at the checks goes
 * without.
 *
 * @returns to be called while files can be read, as often as you like. It throws SourceVanishedError when a file is no longer what was loaded.
 */
export async function rowIdentifier(
  session: Session,
  { files }: Pick<OpenRequest, "files">,
  heads: readonly FileHead[],
  columns: readonly TypedColumn[],
): Promise<() => Promise<void>> {
  const before = await Promise.all(files.map(looksOf));
  const check = async (): Promise<void> => {
    for (const [i, file] of files.entries()) {
      // Whoever uses a cached file again gives it the time of today.
      if ((await looksOf(file)) !== before[i] && !(await hasSameBytes(file))) throw new SourceVanishedError(file.path);
    }
  };
  let made: Promise<void> | null = null;
  const make = async (): Promise<void> => {
    await check();
    try {
      await session.onAllThreads(() => digestRows(session, heads, columns));
    } finally {
      await check();
    }
  };
  return () => (made ??= make());
}

/** For rows that were loaded with their digests. */
export const areIdentified = async (): Promise<void> => {};

/** Rows come in the order in which they were loaded, so that the same place is the same row. */
async function digestRows(
  session: Session,
  heads: readonly FileHead[],
  columns: readonly TypedColumn[],
): Promise<void> {
  await session.run(`CREATE TEMP TABLE ${digestTable} (digest UBIGINT)`);
  for (const files of fileParts(heads)) {
    const texts = textsSql(files, columns, () => false);
    await session.run(`INSERT INTO ${digestTable} SELECT ${digestSql(heads, columns)} FROM ${texts}`);
  }
  await session.run(
    `UPDATE ${loadedTable} SET ${rowColumn} = d.digest FROM ${digestTable} d WHERE ${loadedTable}.rowid = d.rowid`,
  );
  await session.run(`DROP TABLE ${digestTable}`);
}

/** What changes when a file is written; `null`: it is gone. */
async function looksOf({ localPath }: FetchedFile): Promise<string | null> {
  try {
    const { size, mtimeNs, ino } = await stat(localPath, { bigint: true });
    return [size, mtimeNs, ino].join(" ");
  } catch {
    return null;
  }
}

async function hasSameBytes({ localPath, sha256, named }: FetchedFile): Promise<boolean> {
  const hash = createHash("sha256");
  try {
    for await (const bytes of fileBytes(localPath)) hash.update(bytes);
  } catch {
    return false;
  }
  return hash.digest("hex") === (named?.own ?? sha256);
}
