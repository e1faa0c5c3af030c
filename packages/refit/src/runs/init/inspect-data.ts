import type { ColumnInfo } from "@refit/core/data";
import { UnreadableDataError, UsageError } from "@refit/core/errors";
import { visibleText } from "@refit/core/report";
import type { Column } from "@refit/core/runtime";
import { dataManifest, nearest } from "@refit/core/spec";
import type { DeclaredColumn } from "./declared-column.ts";
import { dateFormat } from "./date-format.ts";
import { inferKey, inferTask, missingWords, type InferredModel } from "./infer-spec.ts";
import type { Ports } from "../../ports/index.ts";
import type { FetchedFile } from "../../ports/sources.ts";
import type { Repository } from "../../ports/repository.ts";

type InspectDataPorts = Pick<Ports, "files" | "sources" | "tables" | "out">;

/** What a person says about the data of a new model. */
export interface InspectRequest {
  /** Relative to the repository. */
  readonly file: string;
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
  { file, target, time }: InspectRequest,
  missing: readonly string[],
): Promise<Inspection> {
  const manifest = dataManifest.parse({ sources: [{ path: file }], schema: { missingValues: ["", ...missing] } });
  const listing = await ports.sources.list(repository, manifest, { workTree: true });
  if (listing.files.length === 0) {
    throw new UsageError(`There is no ${file} in ${repository.root}; paths are relative to that folder.`, usage);
  }
  const files: FetchedFile[] = [];
  for (const source of listing.files) files.push(await ports.sources.fetch(repository, source));
  const scratch = await ports.files.scratch(repository.commonDir);
  ports.out.progress("Reading data");
  try {
    const table = await ports.tables.open({ dataset: "init", files, manifest, knownTypes: [], scratch: scratch.path });
    try {
      const problems = [...listing.findings, ...table.findings].filter((finding) => finding.severity === "error");
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
        found: inferTask(await prepared.column(target)),
      };
    } finally {
      await table.close();
    }
  } finally {
    await scratch.remove();
  }
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
