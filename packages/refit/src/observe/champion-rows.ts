import { PrepareInvalidError } from "@refit/core/errors";
import type { Context, Version } from "../products/context.ts";
import { fetchData } from "../data/snapshot-files.ts";
import type { DataFiles } from "../products/snapshot.ts";
import { withSource } from "../data/source-table.ts";
import type { Ports } from "../ports/index.ts";
import type { PreparedTable, SourceTable } from "../ports/tables.ts";
import { loadApplied, type AppliedVersion } from "../scoring/scored-version.ts";

type WithChampionRowsPorts = Pick<
  Ports,
  "scratch" | "git" | "largeFiles" | "files" | "sources" | "tables" | "learners" | "out"
>;

/** A version, and the files whose rows it is applied to. */
interface AppliedTo {
  readonly version: Version;
  readonly data: DataFiles;
}

/** The rows of some files, prepared without any other file, and the champion, which can be applied to them. */
export interface ChampionRows {
  readonly table: PreparedTable;
  readonly champion: AppliedVersion;
  /** All rows of the table. */
  readonly rows: Uint32Array;
}

/** @returns `null` where the files cannot be prepared by themselves, or the champion cannot be applied to what comes of it. */
export async function withChampionRows<T>(
  ports: WithChampionRowsPorts,
  context: Context,
  { version, data }: AppliedTo,
  use: (rows: ChampionRows) => Promise<T>,
): Promise<T | null> {
  const fetched = await fetchData(ports, context.repository, data);
  return withSource(ports, context, { ...fetched, toPrepare: true }, async (source) => {
    const table = source.findings.some(({ severity }) => severity === "error")
      ? null
      : await prepareSome(context, source);
    if (table === null) return null;
    const names = new Set(table.columns.map(({ name }) => name));
    const read = async (name: string) => (names.has(name) ? table.column(name) : null);
    const champion = await loadApplied(ports, context, { table, read }, version);
    if (champion === null) return null;
    return use({ table, champion, rows: Uint32Array.from({ length: table.rows }, (_, row) => row) });
  });
}

/** What `prepare` makes of some of the files; `null` where they cannot be read, or it cannot be run on them alone. */
export async function prepareSome(
  { spec, manifest }: Pick<Context, "manifest" | "spec">,
  source: SourceTable,
): Promise<PreparedTable | null> {
  if (source.findings.some(({ severity }) => severity === "error")) return null;
  try {
    return await source.prepare({
      sql: manifest.prepare ?? null,
      target: spec.target,
      time: spec.time ?? null,
      key: spec.key === undefined ? [] : [spec.key].flat(),
    });
  } catch (error) {
    // The run says it with all files; alone they may lack a column that was accepted as gone.
    if (error instanceof PrepareInvalidError) return null;
    throw error;
  }
}
