import { specPath } from "@refit/core/history";
import path from "node:path";
import type { TargetSpec } from "@refit/core/data";
import { ImportInvalidError, quoted, quotedList } from "@refit/core/errors";
import { inputMismatches, rowNames, type Column } from "@refit/core/runtime";
import {
  dataManifest,
  nearest,
  predictionsText,
  readPredictionsText,
  sourceFormat,
  unreadEnding,
  type KeyedPredictions,
} from "@refit/core/spec";
import type { Ports } from "../ports/index.ts";
import type { PreparedTable } from "../ports/tables.ts";
import type { RowContext } from "../products/context.ts";
import type { Prepared } from "../products/prepared.ts";
import { sha256 } from "../sha256.ts";
import { encodeText } from "../text.ts";

type ReadPredictionsPorts = Pick<Ports, "files" | "scratch" | "tables">;

/** A file as a person names it. */
export interface GivenFile {
  readonly written: string;
  /** Absolute. */
  readonly localPath: string;
}

/** @throws ImportInvalidError where it is not there */
export async function readGiven({ files }: Pick<Ports, "files">, file: GivenFile): Promise<Uint8Array> {
  const bytes = await files.read(file.localPath);
  if (bytes !== null) return bytes;
  const hint = "Correct the path: it is relative to the current folder.";
  throw new ImportInvalidError(`There is no file ${quoted(file.written, 200)}.`, hint);
}

/**
 * Predictions by the key of the model's rows, as a version keeps them: no value of the key is in them, only what it hashes to.
 *
 * @throws ImportInvalidError where they cannot be those of this model
 */
export async function readImportedPredictions(
  ports: ReadPredictionsPorts,
  context: RowContext,
  prepared: Pick<Prepared, "read" | "target" | "split" | "table">,
  file: GivenFile,
): Promise<Uint8Array> {
  const key = await keyOf(context, prepared);
  const { task, classes } = prepared.target;
  const read = await withTable(ports, context, { file, key }, (table) =>
    keyedRows(table, prepared.target, { file, key }),
  );
  const text = predictionsText(read);
  const checked = readPredictionsText(text, task === "multiclass" ? classes!.length : 1, task === "regression");
  if (typeof checked === "string") throw unfit(file, checked.replace(/ in row \d+$/, ""), "Correct the values.");
  await refuseStrangers(context, prepared, { file, key, names: new Set(read.rows) });
  return encodeText(text);
}

/** The columns that identify a row, as prepared. */
async function keyOf(
  { spec, request, repository }: RowContext,
  { read, table }: Pick<Prepared, "read" | "table">,
): Promise<readonly Column[]> {
  const names = [spec.key ?? []].flat();
  if (names.length === 0) {
    const what = `${specPath(request.model, repository)} has no \`key\`, by which predictions are matched with rows.`;
    throw new ImportInvalidError(what, "Name the column or columns that identify a row: `key: customer`.");
  }
  const columns: Column[] = [];
  for (const name of names) {
    const column = await read(name);
    if (column === null) {
      const known = quotedList(table.columns.map((each) => each.name));
      const what = `The prepared rows have no column ${quoted(name)}, which is the \`key\`; they have ${known}.`;
      throw new ImportInvalidError(what, "Let `prepare` select it, too.");
    }
    columns.push(column);
  }
  return columns;
}

interface KeyedFile {
  readonly file: GivenFile;
  readonly key: readonly Column[];
}

/** Opens the file by itself, with the types that the key has in the data. */
async function withTable<T>(
  ports: ReadPredictionsPorts,
  { spec, manifest, repository }: RowContext,
  { file, key }: KeyedFile,
  use: (table: PreparedTable) => Promise<T>,
): Promise<T> {
  const bytes = await readGiven(ports, file);
  const format = sourceFormat(file.localPath);
  if (format === null)
    throw new ImportInvalidError(`${quoted(file.written, 200)} cannot be read.`, unreadEnding(file.written));
  const digest = sha256(bytes);
  const name = path.basename(file.localPath);
  const source = { path: name, bytes: bytes.byteLength, blob: null, identity: digest, sha256: digest, ...format };
  const names = key.map((column) => column.name);
  const fields = manifest.schema.fields
    .filter((field) => names.includes(field.name))
    .map(({ constraints: _unique, ...field }) => field);
  const own = { ...dataManifest.parse({ sources: [{ path: "predictions.csv" }] }), limits: manifest.limits };
  const scratch = await ports.scratch.open(repository.commonDir);
  try {
    const table = await ports.tables.open({
      dataset: spec.data,
      files: [{ ...source, localPath: file.localPath }],
      manifest: { ...own, schema: { ...own.schema, fields } },
      knownTypes: key.map(({ name: column, type }) => ({ name: column, type })),
      toPrepare: true,
      scratch: scratch.path,
    });
    try {
      const error = table.findings.find(({ severity }) => severity === "error");
      if (error !== undefined)
        throw new ImportInvalidError(`${quoted(file.written, 200)}: ${error.message}`, error.hint);
      const first = table.columns[0]?.name ?? "";
      return await use(await table.prepare({ sql: null, target: first, time: null, key: [] }));
    } finally {
      await table.close();
    }
  } finally {
    await scratch.remove();
  }
}

/** The numbers of each row, by its name and in that order. */
async function keyedRows(
  table: PreparedTable,
  { task, classes }: TargetSpec,
  { file, key }: KeyedFile,
): Promise<KeyedPredictions> {
  const answers = task === "multiclass" ? classes!.map(String) : ["prediction"];
  const keyColumns = await columnsOf(
    table,
    file,
    key.map(({ name }) => name),
  );
  const odd = inputMismatches(key, keyColumns);
  if (odd.length > 0) throw unfit(file, `has another key than the data: ${odd.join(", ")}`, "Write it as in the data.");
  const numbers = (await columnsOf(table, file, answers)).map((column) => {
    if (column.kind === "number") return column.values;
    throw unfit(file, `has texts in ${quoted(column.name)}`, "Write a number in every row.");
  });
  const byName = new Map<string, readonly number[]>();
  for (const [row, name] of rowNames(keyColumns, table.rows, sha256).entries()) {
    const values = numbers.map((column) => column[row]!);
    if (name === null) throw unfit(file, "has a row without a value of the key", "Remove it.");
    const other = byName.get(name);
    if (other !== undefined && other.some((value, i) => !Object.is(value, values[i])))
      throw unfit(file, "has two predictions for one key", "Keep the one that was used.");
    byName.set(name, values);
  }
  const sorted = [...byName].sort(([a], [b]) => (a < b ? -1 : 1));
  return { rows: sorted.map(([name]) => name), values: Float64Array.from(sorted.flatMap(([, values]) => values)) };
}

async function columnsOf(table: PreparedTable, file: GivenFile, names: readonly string[]): Promise<Column[]> {
  const known = table.columns.map(({ name }) => name);
  const columns: Column[] = [];
  for (const name of names) {
    if (!known.includes(name)) {
      const near = nearest(name, known);
      const meant = near === undefined ? `it has ${quotedList(known)}` : `the nearest is ${quoted(near)}`;
      const hint = `Write a file with the columns of the key and ${quotedList(names)}.`;
      throw unfit(file, `has no column ${quoted(name)}; ${meant}`, hint);
    }
    columns.push(await table.column(name));
  }
  return columns;
}

/** Predictions of other rows measure nothing. */
async function refuseStrangers(
  { manifest }: RowContext,
  { split, table }: Pick<Prepared, "split" | "table">,
  { file, key, names }: KeyedFile & { readonly names: ReadonlySet<string> },
): Promise<void> {
  const all = rowNames(key, table.rows, sha256);
  if (split.holdout.some((row) => names.has(all[row] ?? ""))) return;
  const columns = key.map(({ name }) => name);
  const isSecret = columns.some((name) => manifest.sensitive.includes(name));
  const example = isSecret ? "" : `, such as ${quoted(exampleOf(key, split.holdout[0]!))}`;
  const what = `has predictions for ${names.size} rows, and none of them is one of the ${split.holdout.length} rows of the holdout${example}`;
  throw unfit(
    file,
    what,
    `Write the key (${columns.join(", ")}) as the data have it, and predictions for the newest rows.`,
  );
}

function exampleOf(key: readonly Column[], row: number): string {
  return key
    .map((column) =>
      column.kind === "text" ? (column.dictionary[column.codes[row]!] ?? "") : String(column.values[row]),
    )
    .join(", ");
}

/** @param what a clause. */
function unfit({ written }: GivenFile, what: string, hint: string): ImportInvalidError {
  return new ImportInvalidError(`${quoted(written, 200)} ${what}.`, hint);
}
