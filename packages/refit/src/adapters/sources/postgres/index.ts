import { Readable } from "node:stream";
import { closesAt, intervalFile, intervalNamed, intervalOfFile, type IntervalUnit } from "@refit/core/data";
import { SourceVanishedError } from "@refit/core/errors";
import type { RemoteVersion } from "@refit/core/history";
import { sha256 } from "../../../sha256.ts";
import { systemClock } from "../../clock.ts";
import { patiently, usualPatience } from "../remote/patience.ts";
import type { RemoteFile, RemotePlace, RemoteSource, WantedFile } from "../remote/remote-place.ts";
import { remoteSources } from "../remote/remote-sources.ts";
import type { SourceReader, SourceWorld } from "../source-kind.ts";
import { chunkWriter, rowsInGroup } from "./chunk.ts";
import { wholeContents, wholeRows } from "./arrived.ts";
import { cursorType, type DescribedColumn, type StoredColumn, storedColumns, unknownTypes } from "./columns.ts";
import { type Ask, type Database, database } from "./session.ts";
import {
  type AskedRows,
  columnsOf,
  contentsOf,
  type CursorType,
  nextRows,
  intervalRows,
  typesOf,
} from "./statements.ts";

/** Rows of a query, as a file for each interval of time that is over: counts and hashes by the server say what has changed. */
export function postgresSources(world: SourceWorld): SourceReader {
  const patience = world.patience ?? usualPatience;
  const place = postgresPlace(database(world.env, patience), world);
  return remoteSources("postgres", place, patience);
}

/** Of the bytes that the same rows make; it changes when they do. */
const form = 1;
const usualLookback = 1;

function postgresPlace(rows: Database, { patience = usualPatience, clock = systemClock }: SourceWorld): RemotePlace {
  const unplaced = new Map<string, number>();
  return {
    async list(source) {
      const { contents, without } = await patiently(source.path, patience, () => rows.read(source, contentsBy(source)));
      unplaced.set(source.path, without);
      return closedFiles(source, contents, clock.now());
    },

    async open(source, file) {
      const bytes = Buffer.from(await rows.read(source, (ask) => chunkOf(ask, source, file)));
      return { from: 0, total: bytes.length, stream: Readable.from([bytes]), versionId: undefined };
    },

    names: (source, path) => intervalOfFile(source.path, path, unitOf(source)) !== null,
    keeps: () => true,
    notices: ({ path, cursor }) => {
      const without = unplaced.get(path) ?? 0;
      const count = without === 1 ? "1 row" : `${without} rows`;
      return without === 0 ? [] : [`${count} of ${path} not read: ${cursor} has no time there.`];
    },
    isResumable: () => false,
    promised: () => ({}),
  };
}

interface Contents {
  readonly name: string;
  readonly rows: string;
  readonly sum: string;
}

/** What each interval has now, and how many rows are in none. */
function contentsBy(source: RemoteSource) {
  return async (ask: Ask): Promise<{ contents: readonly Contents[]; without: number }> => {
    await describe(ask, source);
    const rows = wholeContents(await ask(contentsOf(askedRows(source), unitOf(source))));
    const contents = rows.flatMap(([name, count, sum]) =>
      typeof name === "string" ? [{ name, rows: count!, sum: sum! }] : [],
    );
    return { contents, without: Number(rows.find(([name]) => name === null)?.[1] ?? 0) };
  };
}

/** @throws SourceRefusedError for a column that cannot be stored, and a cursor that is none */
async function describe(
  ask: Ask,
  source: RemoteSource,
): Promise<{
  readonly described: readonly DescribedColumn[];
  readonly columns: readonly StoredColumn[];
  readonly type: CursorType;
}> {
  const { columns } = await ask(columnsOf(askedRows(source)));
  const type = cursorType(source.path, source.cursor!, columns);
  const unknown = unknownTypes(columns);
  const { rows } = unknown.length === 0 ? { rows: [] } : await ask(typesOf(unknown));
  const named = new Map(rows.map(([oid, kind, name]) => [Number(oid), { name: name!, isEnumeration: kind === "e" }]));
  return { described: columns, columns: storedColumns(source.path, columns, named), type };
}

function closedFiles(source: RemoteSource, contents: readonly Contents[], now: number): RemoteFile[] {
  return contents.flatMap(({ name, rows, sum }) => {
    const interval = intervalNamed(name, unitOf(source));
    const closed = interval && closesAt(interval, source.lookbackDays ?? usualLookback);
    if (interval === null || closed === null || closed > now) return [];
    const version = versionOf(source, rows, sum);
    return [{ path: intervalFile(source.path, interval), bytes: null, version, modifiedAt: closed }];
  });
}

function versionOf(source: RemoteSource, rows: string, sum: string): RemoteVersion {
  const { query, cursor } = askedRows(source);
  const asked = sha256(JSON.stringify([form, query.trim(), cursor, unitOf(source)])).slice(0, 16);
  return { rows, rowHash: sum, query: asked };
}

/** The rows of an interval as a file, if they are those that were listed. @throws SourceVanishedError otherwise */
async function chunkOf(ask: Ask, source: RemoteSource, { path, version }: WantedFile): Promise<Uint8Array> {
  const interval = intervalOfFile(source.path, path, unitOf(source))!;
  const { described, columns, type } = await describe(ask, source);
  const writer = await chunkWriter(source.path, columns);
  await ask(intervalRows(askedRows(source), interval, type));
  let [count, sum] = [0, 0n];
  for (let more = true; more;) {
    const rows = wholeRows(await ask(nextRows(rowsInGroup)), described);
    if (rows.length > 0) writer.add(rows);
    for (const row of rows) sum += BigInt(row[columns.length]!);
    count += rows.length;
    more = rows.length === rowsInGroup;
  }
  const found = versionOf(source, String(count), String(sum));
  if (version === null || Object.entries(found).some(([key, value]) => version[key] !== value))
    throw altered(path, version, count);
  return writer.bytes();
}

function altered(path: string, version: RemoteVersion | null, count: number): SourceVanishedError {
  const rows = version?.["rows"] ?? "0";
  const now = rows === String(count) ? "as many rows with other values, or for another query," : `${count} rows`;
  const hint =
    "Run again: the next run reads the interval as it is then, and compares its rows. Its earlier rows are available only where refit/cache still has their file.";
  return new SourceVanishedError(path, { version: `the ${rows} rows that it had (${now} now)`, hint });
}

const unitOf = ({ interval = "day" }: RemoteSource): IntervalUnit => interval;
const askedRows = ({ query, cursor }: RemoteSource): AskedRows => ({ query: query!, cursor: cursor! });
