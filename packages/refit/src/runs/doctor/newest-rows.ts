import { fetchTables } from "../../data/fetch-tables.ts";
import { withSource } from "../../data/source-table.ts";
import type { Ports } from "../../ports/index.ts";
import type { PreparedTable } from "../../ports/tables.ts";
import type { Context } from "../../products/context.ts";
import { prepareTable } from "../../rooms/prepare.ts";

export type NewestRowsPorts = Pick<Ports, "files" | "git" | "out" | "scratch" | "sources" | "tables">;

/**
 * Looks at the prepared rows of a model's newest data file; nothing where there is none, or where it cannot be read, which a run says.
 *
 * @throws PrepareInvalidError, DataLimitError
 */
export async function withNewestRows(
  ports: NewestRowsPorts,
  context: Context,
  look: (table: PreparedTable) => Promise<void>,
): Promise<void> {
  const { manifest, repository } = context;
  const { files } = await ports.sources.list(repository, manifest, { workTree: false });
  const newest = files.at(-1);
  if (newest === undefined) return;
  const data = {
    files: [await ports.sources.fetch(repository, newest)],
    tables: await fetchTables(ports, repository, manifest),
    toPrepare: true,
  };
  await withSource(ports, context, data, async (source) => {
    if (source.findings.some(({ severity }) => severity === "error")) return;
    await look(await prepareTable(context, source));
  });
}
