import type { OpenRequest, PreparedTable, SourceTable, Tables } from "../../ports/tables.ts";

/** Tables that several runs look at, each read once. */
export interface SharedTables extends Tables {
  /** Closes all but the newest few. */
  closeOld(): Promise<void>;
  closeAll(): Promise<void>;
}

/** What a night and the next one look at. */
const mostOpen = 2;

/**
 * Policies meet the same rows: what is read, typed, profiled and prepared for one serves the others. Whoever closes a table
 * leaves it open for them.
 */
export function sharedTables(tables: Tables, scratch: string): SharedTables {
  const open = new Map<string, Promise<SourceTable>>();
  const close = async (keep: number) => {
    const old = [...open].slice(0, Math.max(0, open.size - keep));
    for (const [key, table] of old) {
      open.delete(key);
      await (await table).close();
    }
  };
  return {
    open(request) {
      const key = keyOf(request);
      const table = open.get(key) ?? tables.open({ ...request, scratch }).then(shared);
      // The newest is the one that was asked for last.
      open.delete(key);
      open.set(key, table);
      return table.then((each) => ({ ...each, close: async () => {} }));
    },
    closeOld: () => close(mostOpen),
    closeAll: () => close(0),
  };
}

function keyOf({ dataset, files, tables = new Map(), manifest, knownTypes, declaredOnly }: OpenRequest): string {
  const contentsOf = (all: OpenRequest["files"]) =>
    all.map(({ path, sha256, delimiter, only }) => [path, sha256, delimiter, only ?? null]);
  const { schema, checks, limits, sensitive, tables: declared, viewTexts } = manifest;
  const own = [dataset, contentsOf(files), schema, checks, limits, sensitive, knownTypes, declaredOnly];
  const further = [...tables].map(([name, each]) => [name, contentsOf(each)]);
  return JSON.stringify([own, further, further.length > 0 && declared, viewTexts]);
}

function shared(table: SourceTable): SourceTable {
  const profile = once((path: string) => table.profile(path));
  const prepared = new Map<string, Promise<PreparedTable>>();
  return {
    ...table,
    profile,
    prepare(request) {
      const key = JSON.stringify(request);
      const made = prepared.get(key) ?? table.prepare(request).then(readOnce);
      prepared.set(key, made);
      return made;
    },
  };
}

function readOnce(table: PreparedTable): PreparedTable {
  const one = <T>(make: () => Promise<T>) => {
    let made: Promise<T> | null = null;
    return () => (made ??= make());
  };
  return {
    ...table,
    column: once((name: string) => table.column(name)),
    positions: one(() => table.positions()),
    rowDigests: one(() => table.rowDigests()),
    findOut: findOnce(),
  };
}

function findOnce(): PreparedTable["findOut"] {
  const known = new Map<string, Promise<unknown>>();
  return <T>(key: () => string, find: () => Promise<T>) => {
    const name = key();
    const found = (known.get(name) as Promise<T> | undefined) ?? find();
    known.set(name, found);
    return found;
  };
}

function once<T>(make: (name: string) => Promise<T>): (name: string) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (name) => {
    const made = known.get(name) ?? make(name);
    known.set(name, made);
    return made;
  };
}
