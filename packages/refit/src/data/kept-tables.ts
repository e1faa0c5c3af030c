import type { Ports } from "../ports/index.ts";
import type { OpenRequest, SourceTable, Tables } from "../ports/tables.ts";
import type { ScratchFolder } from "../ports/files.ts";

interface KeptTable {
  readonly table: SourceTable;
  readonly scratch: ScratchFolder;
  /** How many have opened it and not closed it yet. */
  users: number;
}

/**
 * Lets `work` open the same files several times and reads them once: a table that everybody has closed stays open until other
 * files are opened, so that no more than one lies in memory unused. All are closed at the end.
 *
 * @param commonDir where scratch folders are made, when the first table is opened.
 */
export async function withKeptTables<P extends Pick<Ports, "scratch" | "tables">, T>(
  ports: P,
  commonDir: string,
  work: (ports: P) => Promise<T>,
): Promise<T> {
  const kept = new Map<string, KeptTable>();
  const closeUnused = async (): Promise<void> => {
    for (const [key, { users, table, scratch }] of kept) {
      if (users > 0) continue;
      kept.delete(key);
      await table.close();
      await scratch.remove();
    }
  };
  const open = async (request: OpenRequest): Promise<KeptTable> => {
    await closeUnused();
    const scratch = await ports.scratch.open(commonDir);
    try {
      return { table: await ports.tables.open({ ...request, scratch: scratch.path }), scratch, users: 0 };
    } catch (error) {
      await scratch.remove();
      throw error;
    }
  };
  const tables: Tables = {
    async open(request) {
      const key = keyOf(request);
      const one = kept.get(key) ?? (await open(request));
      kept.set(key, one);
      one.users++;
      // Closing it only says that one user is done with it.
      return { ...one.table, close: once(() => void one.users--) };
    },
  };
  try {
    return await work({ ...ports, tables });
  } finally {
    await closeUnused();
  }
}

/** All that a table depends on; not where its bytes lie. */
function keyOf({ dataset, files, tables = new Map(), manifest, knownTypes, declaredOnly }: OpenRequest): string {
  const contentsOf = (all: OpenRequest["files"]) => all.map(({ localPath: _place, ...file }) => file);
  const further = [...tables].map(([name, each]) => [name, contentsOf(each)]);
  const { schema, checks, limits, sensitive, tables: declared, viewTexts } = manifest;
  const own = [dataset, contentsOf(files), schema, checks, limits, sensitive, knownTypes, declaredOnly];
  return JSON.stringify([own, further, further.length > 0 && declared, viewTexts]);
}

function once(act: () => void): () => Promise<void> {
  let acted = false;
  return async () => {
    if (!acted) act();
    acted = true;
  };
}
