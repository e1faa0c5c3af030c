import { checkData, type Finding } from "@refit/core/data";
import type { Ports } from "../ports/index.ts";
import type { RowContext } from "../products/context.ts";
import type { SnapshotFile } from "../products/snapshot.ts";
import { fetchFiles } from "./snapshot-files.ts";
import { withSource } from "./source-table.ts";
import { profileFiles } from "./profile-files.ts";

export type CheckTablePorts = Pick<Ports, "scratch" | "clock" | "git" | "files" | "sources" | "tables" | "out">;

export interface CheckedTable {
  /** Rows of the new files, by sha256. */
  readonly rows: ReadonlyMap<string, number>;
  readonly findings: readonly Finding[];
}

export type CheckTable = typeof checkTable;

interface TableState {
  readonly all: readonly SnapshotFile[];
  readonly fresh: readonly SnapshotFile[];
  /** Rows of the files that the champion was built from, by sha256. */
  readonly known: ReadonlyMap<string, number>;
}

/**
 * Checks new files of a further table against what is declared. A version keeps no profile of further tables, so that nothing is
 * compared with what they were before.
 *
 * @param context with the table's own manifest.
 */
export async function checkTable(
  ports: CheckTablePorts,
  context: RowContext,
  { all, fresh, known }: TableState,
): Promise<CheckedTable> {
  const { profiles, findings: read } = await profileFiles(ports, context, fresh);
  const findings = [...read, ...(fresh.length < all.length ? await repeatedKeys(ports, context, all) : [])];
  const rows = new Map(profiles.map(({ content, profile }) => [content, profile.rows]));
  if (findings.some((found) => found.severity === "error")) return { rows, findings };

  const total = [...known.values(), ...rows.values()].reduce((sum, count) => sum + count, 0);
  const checked = checkData({
    manifest: context.manifest,
    newFiles: profiles,
    reference: null,
    rows: total,
    time: context.ofTable?.availableAt ?? null,
    now: ports.clock.now(),
  });
  return { rows, findings: [...findings, ...checked] };
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
