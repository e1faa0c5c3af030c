import { dataManifest, TimeTypeError, UnreadableDataError, type Column, type ColumnInfo } from "@refit/core";
import { inferKey, inferTask, missingWords, type InferredModel } from "./infer-spec.ts";
import type { FetchedFile, Ports, Repository } from "../ports.ts";
import { scratchFolder } from "../data/scratch.ts";

export interface Inspection {
  readonly columns: readonly ColumnInfo[];
  readonly missing: readonly string[];
  readonly key: string | null;
  readonly found: InferredModel;
}

/**
 * What a data file suggests. Reads the whole file, a second time when some of its texts turn out to mean "no value".
 *
 * @throws UnreadableDataError, ColumnMissingError, TimeTypeError
 */
export async function inspectData(
  ports: Ports,
  repository: Repository,
  file: string,
  target: string,
  time: string | null,
): Promise<Inspection> {
  const first = await inspectWith(ports, repository, file, target, time, []);
  const { missing } = first;
  return missing.length === 0 ? first : inspectWith(ports, repository, file, target, time, missing);
}

async function inspectWith(
  ports: Ports,
  repository: Repository,
  file: string,
  target: string,
  time: string | null,
  missing: readonly string[],
): Promise<Inspection> {
  const manifest = dataManifest.parse({ sources: [{ path: file }], schema: { missingValues: ["", ...missing] } });
  const listing = await ports.sources.list(repository, manifest, { workTree: true });
  const files: FetchedFile[] = [];
  for (const source of listing.files) files.push(await ports.sources.fetch(repository, source));
  const scratch = await scratchFolder(repository);
  ports.out.progress("Reading data");
  try {
    const table = await ports.tables.open({ dataset: "init", files, manifest, knownTypes: [], scratch: scratch.path });
    try {
      const problems = [...listing.findings, ...table.findings].filter((finding) => finding.severity === "error");
      if (problems.length > 0) throw new UnreadableDataError(problems);
      const prepared = await table.prepare({ sql: null, target, time, key: [] });
      checkTime(table.columns, time);
      const columns: Column[] = [];
      for (const { name, type } of table.columns) {
        if (type === "string" || type === "integer") columns.push(await prepared.column(name));
      }
      return {
        columns: table.columns,
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

function checkTime(columns: readonly ColumnInfo[], time: string | null): void {
  const type = columns.find((column) => column.name === time)?.type;
  if (time !== null && type !== undefined && type !== "date" && type !== "datetime")
    throw new TimeTypeError(time, type);
}
