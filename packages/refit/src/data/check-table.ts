import { checkData, mergeProfiles, repeatedRows, uncountedRows, type Finding, type Profile } from "@refit/core/data";
import { RefitError } from "@refit/core/errors";
import type { LineageFile } from "@refit/core/history";
import type { Ports } from "../ports/index.ts";
import type { RowContext } from "../products/context.ts";
import type { SnapshotFile } from "../products/snapshot.ts";
import { storedFile } from "./earlier-file.ts";
import { rowsOfNews } from "./file-news.ts";
import { profileFiles } from "./profile-files.ts";
import { rowsSince } from "./rows-since.ts";
import { fetchFiles } from "./snapshot-files.ts";
import { withSource } from "./source-table.ts";

export type CheckTablePorts = Pick<Ports, "scratch" | "clock" | "git" | "files" | "sources" | "tables" | "out">;

export interface CheckedTable {
  /** Rows of the new files, by sha256; none where one cannot be read. */
  readonly rows: ReadonlyMap<string, number>;
  readonly findings: readonly Finding[];
}

export type CheckTable = typeof checkTable;

interface TableState {
  readonly all: readonly SnapshotFile[];
  /** What the champion was built from. */
  readonly built: readonly LineageFile[];
}

/**
 * Checks the rows of a further table that the champion was not built from, against what is declared and the rows that were there: what is
 * said of the model's own rows in `checkNewFiles` holds for them.
 *
 * @param context with the table's own manifest, and without the model's key, which is not the table's.
 */
export async function checkTable(
  ports: CheckTablePorts,
  context: RowContext,
  { all, built }: TableState,
): Promise<CheckedTable> {
  const { news, findings: read } = await rowsSince(ports, context, [all, built]);
  const newRows = rowsOfNews(all, news);
  const findings = [...read];
  if (hasError(findings)) return { rows: new Map(), findings };
  const { profiles, findings: more } = await profileFiles(ports, context, newRows);
  const told = new Set(findings.map(({ message }) => message));
  findings.push(...more.filter(({ message }) => !told.has(message)));
  if (built.length > 0) findings.push(...(await repeatedKeys(ports, context, all)));
  const rowsOf = new Map(news.files.map(({ path, rows }) => [path, rows]));
  const fresh = all.filter(({ source }) => rowsOf.has(source.path));
  const rows = new Map(fresh.map(({ source, sha256 }) => [sha256, rowsOf.get(source.path)!]));
  if (hasError(findings)) return { rows, findings };

  const known = new Map(built.map((file) => [file.sha256, file.rows]));
  const checked = checkData({
    manifest: context.manifest,
    newFiles: profiles.map(({ path, profile }) => ({ path, profile, fileRows: rowsOf.get(path)! })),
    reference: await profileOfBuilt(ports, context, all, built),
    rows: all.reduce((sum, { sha256 }) => sum + (rows.get(sha256) ?? known.get(sha256) ?? 0), 0),
    known: built,
    time: context.ofTable?.availableAt ?? null,
    now: ports.clock.now(),
  });
  return { rows, findings: [...findings, ...repeatedRows(news.files), ...uncountedRows(news), ...checked] };
}

const hasError = (findings: readonly Finding[]) => findings.some(({ severity }) => severity === "error");

/**
 * Of the rows that were there. A version keeps no profile of a further table, so it is made of those of its files, which are kept by content;
 * where they are not kept on this machine, the files are read.
 *
 * @returns `null`: there were none, or nobody has their bytes.
 */
async function profileOfBuilt(
  ports: CheckTablePorts,
  context: RowContext,
  all: readonly SnapshotFile[],
  built: readonly LineageFile[],
): Promise<Profile | null> {
  const here = new Map(all.map((file) => [file.sha256, file]));
  const files: SnapshotFile[] = [];
  for (const file of built) {
    const found = here.get(file.sha256) ?? (await storedFile(ports.sources, context, file));
    if (found !== null) files.push(found);
  }
  try {
    const { profiles } = await profileFiles(ports, context, files);
    return profiles.length === 0 ? null : mergeProfiles(profiles.map(({ profile }) => profile));
  } catch (error) {
    if (error instanceof RefitError) return null;
    throw error;
  }
}

/** A key may come again in another file, so that all are read, where one is declared. */
async function repeatedKeys(
  ports: CheckTablePorts,
  context: RowContext,
  all: readonly SnapshotFile[],
): Promise<readonly Finding[]> {
  if (context.manifest.schema.primaryKey === undefined) return [];
  const files = await fetchFiles(ports, context.repository, all);
  const findings = await withSource(ports, context, { files, tables: new Map() }, async (table) => table.findings);
  return findings.filter(({ code }) => code === "not-unique");
}
