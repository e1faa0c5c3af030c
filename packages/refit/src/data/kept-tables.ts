import type { Finding } from "@refit/core/data";
import type { Ports } from "../ports/index.ts";
import type { OpenRequest, SourceTable, Tables } from "../ports/tables.ts";
import type { ScratchFolder } from "../ports/files.ts";

interface KeptTable {
  readonly table: SourceTable;
  readonly scratch: ScratchFolder;
  /** How many have opened it and not closed it yet. */
  users: number;
  /** Whether SQL of a person may have run over it: from then on it can read no file. */
  isShut: boolean;
}

/**
 * Ports that let the same files be opened several times and read once: a table that everybody has closed stays open until other
 * files are opened, so that no more than one lies in memory unused. Where further tables come to the same files, only they are read.
 *
 * @param commonDir where scratch folders are made, when the first table is opened.
 * @returns `renew` begins anew after a failure, which may have left a table in any state; `close` closes what nobody uses.
 */
export function renewableTables<P extends Pick<Ports, "scratch" | "tables">>(
  ports: P,
  commonDir: string,
): { readonly ports: P; renew(): Promise<void>; close(): Promise<void> } {
  let kept = keepTables(ports, commonDir);
  const close = () => kept.close();
  return {
    ports: {
      ...ports,
      get tables() {
        return kept.tables;
      },
    },
    async renew() {
      await close();
      kept = keepTables(ports, commonDir);
    },
    close,
  };
}

/** Does `work` with such ports, and closes all of their tables at its end. */
export async function withKeptTables<P extends Pick<Ports, "scratch" | "tables">, T>(
  ports: P,
  commonDir: string,
  work: (ports: P) => Promise<T>,
): Promise<T> {
  const { tables, close } = keepTables(ports, commonDir);
  try {
    return await work({ ...ports, tables });
  } finally {
    await close();
  }
}

function keepTables(
  ports: Pick<Ports, "scratch" | "tables">,
  commonDir: string,
): { readonly tables: Tables; close(): Promise<void> } {
  const kept = new Map<string, KeptTable>();
  const { openNew, openBeside, closeUnused } = openers(ports, commonDir, kept);
  const tables: Tables = {
    async open(request) {
      const key = keyOf(request);
      const one = kept.get(key) ?? (await openBeside(request)) ?? (await openNew(request));
      kept.set(key, one);
      one.users++;
      return lent(one);
    },
  };
  return { tables, close: closeUnused };
}

function openers(ports: Pick<Ports, "scratch" | "tables">, commonDir: string, kept: Map<string, KeptTable>) {
  const close = async ({ table, scratch }: KeptTable): Promise<void> => {
    await table.close();
    await scratch.remove();
  };
  const closeUnused = async (): Promise<void> => {
    for (const [key, one] of kept) {
      if (one.users > 0) continue;
      kept.delete(key);
      await close(one);
    }
  };
  return {
    closeUnused,
    async openNew(request: OpenRequest): Promise<KeptTable> {
      await closeUnused();
      const scratch = await ports.scratch.open(commonDir);
      try {
        const table = await ports.tables.open({ ...request, scratch: scratch.path });
        return { table, scratch, users: 0, isShut: false };
      } catch (error) {
        await scratch.remove();
        throw error;
      }
    },
    /** @returns `null`: no table has these files, or it cannot read any more. */
    async openBeside(request: OpenRequest): Promise<KeptTable | null> {
      if ((request.tables?.size ?? 0) === 0) return null;
      const key = keyOf({ ...request, tables: new Map() });
      const own = kept.get(key);
      if (own === undefined || own.users > 0 || own.isShut || own.table.findings.some(isError)) return null;
      kept.delete(key);
      try {
        await closeUnused();
        return { ...own, table: await own.table.beside(request) };
      } catch (error) {
        await close(own);
        throw error;
      }
    },
  };
}

/** A table for one user: closing it only says that it is not needed there any more. */
function lent(one: KeptTable): SourceTable {
  return {
    ...one.table,
    async prepare(wanted) {
      one.isShut = true;
      return one.table.prepare(wanted);
    },
    async newestRows(wanted) {
      one.isShut = true;
      return one.table.newestRows(wanted);
    },
    close: once(() => void one.users--),
  };
}

const isError = ({ severity }: Finding) => severity === "error";

/** All that a table depends on; not where its bytes lie, and not what is done with it. */
function keyOf({ dataset, files, tables = new Map(), manifest, knownTypes, declaredOnly }: OpenRequest): string {
  const contentsOf = (all: OpenRequest["files"]) => all.map(({ localPath: _place, from: _start, ...file }) => file);
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
