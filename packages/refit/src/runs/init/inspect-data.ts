import path from "node:path";
import type { ColumnInfo, Finding } from "@refit/core/data";
import { UnreadableDataError, UsageError } from "@refit/core/errors";
import { visibleText } from "@refit/core/report";
import type { Column } from "@refit/core/runtime";
import { dataManifest, nearest, sourceFormat, type DataManifest } from "@refit/core/spec";
import type { DeclaredColumn } from "./declared-column.ts";
import { dateFormat } from "./date-format.ts";
import { inferRhythm } from "./infer-rhythm.ts";
import { inferKey, inferTask, missingWords, type InferredModel } from "./infer-spec.ts";
import { sha256 } from "../../sha256.ts";
import { encodeText } from "../../text.ts";
import type { Files } from "../../ports/files.ts";
import type { Ports } from "../../ports/index.ts";
import type { FetchedFile } from "../../ports/sources.ts";
import type { Repository } from "../../ports/repository.ts";

type InspectDataPorts = Pick<Ports, "files" | "scratch" | "sources" | "tables" | "out">;

/** What a person says about the data of a new model. */
export interface InspectRequest {
  /** Relative to the repository. */
  readonly file: string;
  /** What it will hold; `null`: it is there. */
  readonly text: string | null;
  readonly target: string;
  /** `null`: the rows have no time. */
  readonly time: string | null;
}

export interface Inspection {
  readonly columns: readonly DeclaredColumn[];
  readonly missing: readonly string[];
  readonly key: string | null;
  readonly found: InferredModel;
}

/**
 * What a data file suggests. Reads the whole file, a second time when some of its texts turn out to mean "no value".
 *
 * @throws UnreadableDataError; UsageError in the words of the options that were given
 */
export async function inspectData(
  ports: InspectDataPorts,
  repository: Repository,
  request: InspectRequest,
): Promise<Inspection> {
  const first = await inspectWith(ports, repository, request, []);
  const { missing } = first;
  return missing.length === 0 ? first : inspectWith(ports, repository, request, missing);
}

async function inspectWith(
  ports: InspectDataPorts,
  repository: Repository,
  request: InspectRequest,
  missing: readonly string[],
): Promise<Inspection> {
  const { file, target, time } = request;
  const manifest = dataManifest.parse({ sources: [{ path: file }], schema: { missingValues: ["", ...missing] } });
  const scratch = await ports.scratch.open(repository.commonDir);
  try {
    const { files, findings } = await filesToInspect(ports, repository, request, { manifest, scratch: scratch.path });
    ports.out.progress("Reading data");
    const table = await ports.tables.open({ dataset: "init", files, manifest, knownTypes: [], scratch: scratch.path });
    try {
      const problems = [...findings, ...table.findings].filter((finding) => finding.severity === "error");
      if (problems.length > 0) throw new UnreadableDataError(problems);
      checkColumn(table.columns, "--target", target);
      if (time !== null) checkColumn(table.columns, "--time", time);
      const prepared = await table.prepare({ sql: null, target, time, key: [] });
      const declared = time === null ? table.columns : await withDates(table.columns, time, prepared);
      const columns: Column[] = [];
      for (const { name, type } of table.columns) {
        if (type === "string" || type === "integer") columns.push(await prepared.column(name));
      }
      return {
        columns: declared,
        missing: missing.length === 0 ? missingWords(columns) : missing,
        key: inferKey(columns, target),
        found: await inferModel(prepared, declared, request),
      };
    } finally {
      await table.close();
    }
  } finally {
    await scratch.remove();
  }
}

async function inferModel(
  prepared: { column(name: string): Promise<Column> },
  declared: readonly DeclaredColumn[],
  { target, time }: Pick<InspectRequest, "target" | "time">,
): Promise<InferredModel> {
  const column = await prepared.column(target);
  const found = inferTask(column);
  const times =
    time === null
      ? null
      : instantsOf(
          await prepared.column(time),
          declared.find(({ name }) => name === time),
        );
  const classes = found.task === "regression" ? null : classesOf(column);
  return { ...found, rhythm: times && inferRhythm(times, classes) };
}

/** Epoch milliseconds; `null`: texts in a format of their own, which only a declared schema reads. */
function instantsOf(column: Column, declared: DeclaredColumn | undefined): Float64Array | null {
  if (column.kind !== "text") return column.values;
  if (declared?.format !== undefined) return null;
  return Float64Array.from(column.codes, (code) => (code < 0 ? Number.NaN : Date.parse(column.dictionary[code]!)));
}

/** From 0; -1: missing. */
function classesOf(column: Column): Int32Array {
  if (column.kind === "text") return Int32Array.from(column.codes);
  const numbers = new Map<number, number>();
  return Int32Array.from(column.values, (value) => {
    if (Number.isNaN(value)) return -1;
    if (!numbers.has(value)) numbers.set(value, numbers.size);
    return numbers.get(value)!;
  });
}

async function filesToInspect(
  ports: Pick<Ports, "files" | "sources">,
  repository: Repository,
  { file, text }: InspectRequest,
  { manifest, scratch }: { readonly manifest: DataManifest; readonly scratch: string },
): Promise<{ readonly files: readonly FetchedFile[]; readonly findings: readonly Finding[] }> {
  if (text !== null) return { files: [await plannedFile(ports.files, scratch, file, encodeText(text))], findings: [] };
  const { files, findings } = await ports.sources.list(repository, manifest, { workTree: true });
  if (files.length === 0) {
    throw new UsageError(`There is no ${file} in ${repository.root}; paths are relative to that folder.`, usage);
  }
  const fetched: FetchedFile[] = [];
  for (const source of files) fetched.push(await ports.sources.fetch(repository, source));
  return { files: fetched, findings };
}

/** A data file that is not written yet, in a place where nobody sees it. */
async function plannedFile(
  files: Pick<Files, "write">,
  scratch: string,
  file: string,
  bytes: Uint8Array,
): Promise<FetchedFile> {
  const localPath = path.join(scratch, "planned");
  await files.write(localPath, bytes, { lasting: false });
  const digest = sha256(bytes);
  const format = sourceFormat(file)!;
  return {
    path: file,
    bytes: bytes.length,
    blob: null,
    identity: digest,
    sha256: digest,
    localPath,
    format: format.format,
    delimiter: format.delimiter,
  };
}

const usage = "refit init --data FILE --target COLUMN [--time COLUMN]";
const quoted = (text: string) => JSON.stringify(visibleText(text, 80));

function checkColumn(columns: readonly ColumnInfo[], option: string, wanted: string): void {
  const names = columns.map(({ name }) => name);
  if (names.includes(wanted)) return;
  const near = nearest(wanted, names);
  const advice =
    near === undefined ? `There are: ${names.slice(0, 20).map(quoted).join(", ")}.` : `Did you mean ${quoted(near)}?`;
  throw new UsageError(`There is no column ${quoted(wanted)} (${option}). ${advice}`, usage);
}

/** The columns with the time as a date, in the format that its texts are written in. */
async function withDates(
  columns: readonly ColumnInfo[],
  time: string,
  prepared: { column(name: string): Promise<Column> },
): Promise<readonly DeclaredColumn[]> {
  const isDate = ({ type }: ColumnInfo) => type === "date" || type === "datetime";
  if (columns.some((column) => column.name === time && isDate(column))) return columns;
  const column = await prepared.column(time);
  const format = column.kind === "text" ? dateFormat(column.dictionary) : null;
  if (format !== null) return columns.map((each) => (each.name === time ? { ...each, ...format } : each));

  const dates = columns.filter(isDate).map(({ name }) => quoted(name));
  const example = column.kind === "text" ? column.dictionary[0] : column.values[0];
  throw new UsageError(
    `--time ${quoted(time)} holds no dates that can be read for certain, such as ${quoted(String(example))}. ${
      dates.length > 0
        ? `The date columns are: ${dates.join(", ")}.`
        : "Write them as 2024-01-31, or omit --time and declare the column's `format` in the data manifest."
    }`,
    usage,
  );
}
