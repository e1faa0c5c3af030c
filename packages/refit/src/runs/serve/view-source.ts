import path from "node:path";
import { UsageError } from "@refit/core/errors";
import { inputMismatches, type Column } from "@refit/core/runtime";
import { counted, quoteForTerminal } from "@refit/core/report";
import type { DataManifest } from "@refit/core/spec";
import { withTable } from "../../data/source-table.ts";
import type { FollowedFile, FollowedSource, KeyedRows } from "../../ports/http-server.ts";
import type { Ports } from "../../ports/index.ts";
import type { FetchedFile } from "../../ports/sources.ts";
import type { FileStamp } from "../../ports/streams.ts";
import type { RowsPart, SourceTable } from "../../ports/tables.ts";
import { sha256 } from "../../sha256.ts";
import { roles } from "../materialize.ts";
import { answeringVersion, type AnsweringVersion } from "../predict/answering-version.ts";
import { keyedColumns, TwiceError } from "./keyed-columns.ts";
import { whyNotLookedUp } from "./looked-up-prepare.ts";

type ViewPorts = Pick<Ports, "files" | "git" | "learners" | "out" | "scratch" | "sources" | "streams" | "tables">;

/** A view and the file that `refit features materialize` has written of it. */
export interface ViewPlace {
  readonly view: string;
  /** Absolute, and as a person wrote it. */
  readonly file: string;
  readonly shown: string;
  readonly usage: string;
}

/** Rows are in memory, some 100 bytes each and 8 for each column. */
const mostRows = 5_000_000;

/**
 * The newest values of a view as the live version of a model reads them: the rows of the file go through the `prepare` that the version was
 * trained with, so that what is looked up are its inputs.
 */
export function viewSource(ports: ViewPorts, { name: model, find }: FollowedSource, place: ViewPlace): FollowedFile {
  return {
    name: place.view,
    async find() {
      const stamp = await stampOf(ports, place);
      const { treeId } = await find();
      return { id: `${stamp.id} ${treeId}`, open: () => openView(ports, model, place, stamp) };
    },
  };
}

/** @throws UsageError */
async function stampOf({ streams }: Pick<Ports, "streams">, { file, shown, usage }: ViewPlace): Promise<FileStamp> {
  const stamp = await streams.stamp(file);
  if (stamp === null) throw new UsageError(`There is no file ${quoteForTerminal(shown)}.`, usage);
  return stamp;
}

/** @throws UsageError and what reading throws */
async function openView(ports: ViewPorts, model: string, place: ViewPlace, stamp: FileStamp): Promise<KeyedRows> {
  const repository = await ports.git.locate();
  const version = await answeringVersion(ports, repository, model, undefined);
  const why = whyNotLookedUp(version, place.view);
  if (why !== null) throw refused(version, place, why);
  const scratch = await ports.scratch.open(repository.commonDir);
  try {
    const bytes = await wholeFile(ports, place, stamp);
    const digest = sha256(bytes);
    const own = /^([0-9a-f]{64})\.parquet$/.exec(stamp.name)?.[1];
    if (own !== undefined && own !== digest) {
      throw new UsageError(
        `${quoteForTerminal(place.shown)} is damaged: its bytes are not those that ${stamp.name} is named after.`,
        place.usage,
      );
    }
    const localPath = path.join(scratch.path, "view.parquet");
    await ports.files.write(localPath, bytes, { lasting: false });
    const shape = { path: place.shown, format: "parquet", delimiter: null, bytes: bytes.length, blob: null } as const;
    const file: FetchedFile = { ...shape, identity: digest, sha256: digest, localPath };
    const manifest = manifestOf(version, place.view);
    const open = { files: [file], tables: new Map(), knownTypes: [], dataset: version.settings.spec.data, manifest };
    const about = { sha256: digest, writtenAt: new Date(stamp.writtenAt).toISOString() };
    return await withTable(ports, repository, open, async (table) => ({
      ...about,
      ...(await keyedRows(table, { version, place, manifest })),
    }));
  } finally {
    await scratch.remove();
  }
}

/** All bytes as they are at one time. @throws UsageError */
async function wholeFile(
  ports: Pick<Ports, "files" | "streams">,
  place: ViewPlace,
  stamp: FileStamp,
): Promise<Uint8Array> {
  const bytes = await ports.files.read(place.file);
  const { id } = await stampOf(ports, place);
  if (bytes !== null && id === stamp.id) return bytes;
  throw new UsageError(`${quoteForTerminal(place.shown)} was written while it was read.`, place.usage);
}

/** The rows of the file as `source`, under the name of the view. An empty text is one, since the view gave it. */
function manifestOf({ settings }: AnsweringVersion, view: string): DataManifest {
  const { tables: _, ...manifest } = settings.manifest;
  const schema = { fields: [], missingValues: [] };
  return { ...manifest, schema, views: [view], viewTexts: { [view]: "SELECT * FROM source" } };
}

interface ViewWork {
  readonly version: AnsweringVersion;
  readonly place: ViewPlace;
  readonly manifest: DataManifest;
}

async function keyedRows(
  source: SourceTable,
  { version, place, manifest }: ViewWork,
): Promise<Omit<KeyedRows, "sha256" | "writtenAt">> {
  const problem = source.findings.find(({ severity }) => severity === "error");
  if (problem !== undefined) throw refused(version, place, problem.message);
  const { inputs, target } = version.features;
  const { key, time } = roles({ ...version.settings, model: version.model });
  const rows = await source.inOrder({ sql: manifest.prepare ?? null, target: target.name, answers: 0 });
  if (rows.rows > mostRows) {
    throw refused(
      version,
      place,
      `it has ${counted(rows.rows, "row")}, and at most ${counted(mostRows, "row")} are kept in memory. Look values up in a store of your own, and send them`,
    );
  }
  const types = new Map(rows.columns.map((column) => [column.name, column]));
  const lost = key.find((name) => !types.has(name));
  if (lost !== undefined) {
    throw refused(
      version,
      place,
      `\`prepare\` leaves out ${quoteForTerminal(lost)}, the key. Keep it, and name it in \`features.exclude\` of model.yaml`,
    );
  }
  const dated = key.find((name) => ["date", "datetime", "file"].includes(types.get(name)!.type));
  if (dated !== undefined)
    throw refused(version, place, `its key ${quoteForTerminal(dated)} is neither a text nor a number`);
  const looked = inputs.filter(({ name, type }) => types.has(name) && !key.includes(name) && type !== "file");
  const [mismatch] = inputMismatches(looked, rows.columns);
  if (mismatch !== undefined) throw refused(version, place, mismatch);
  if (looked.length === 0) throw refused(version, place, "it has no column that the model reads");
  const part = await rows.part(0, rows.rows);
  const columns = looked.map(({ name }) => name);
  const content = { rows: part.places.length, key: await readAll(part, key), columns: await readAll(part, columns) };
  const lookup = await keyedColumns(content, pause).catch((error: unknown) => {
    throw error instanceof TwiceError ? refused(version, place, "two of its rows have the same key") : error;
  });
  const newest = types.has(time) ? newestOf(await part.column(time)) : null;
  return { rows: content.rows, newest, key: key.map((name) => types.get(name)!), columns, lookup };
}

async function readAll(part: RowsPart, names: readonly string[]): Promise<Column[]> {
  const columns: Column[] = [];
  for (const name of names) columns.push(await part.column(name));
  return columns;
}

function newestOf(column: Column): string | null {
  if (column.kind !== "number") return null;
  const newest = column.values.reduce((most, value) => (value > most ? value : most), -Infinity);
  return newest === -Infinity ? null : new Date(newest).toISOString();
}

/** Requests are answered in between. */
const pause = () => new Promise<void>((settle) => void setImmediate(settle));

function refused({ model, name }: AnsweringVersion, { view, shown, usage }: ViewPlace, why: string): UsageError {
  return new UsageError(
    `The view ${view} in ${quoteForTerminal(shown)} cannot be looked up for ${model} ${name}: ${why}.`,
    usage,
  );
}
