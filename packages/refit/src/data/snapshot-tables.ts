import {
  acceptSuspects,
  alteredIntervals,
  excuseLinks,
  linkColumns,
  repeatedFiles,
  type Finding,
} from "@refit/core/data";
import type { LineageFile } from "@refit/core/history";
import { asOwnRows, type FurtherTable } from "@refit/core/spec";
import type { Context } from "../products/context.ts";
import type { Snapshot, SnapshotFile } from "../products/snapshot.ts";
import type { CheckedTable, CheckTable, CheckTablePorts } from "./check-table.ts";
import { identify } from "./snapshot-files.ts";

/** The further tables of a snapshot, and what is wrong with what is new in them. */
type SnapshotTables = Pick<Snapshot, "tables" | "tableFiles" | "findings">;

/**
 * The further tables as they are now. Files that the champion was built from are neither read nor checked again. Their rows are
 * not rows of the model, so new ones start nothing by themselves: the next retrain takes them.
 */
export async function snapshotTables(ports: CheckTablePorts, context: Context): Promise<SnapshotTables> {
  const tables = new Map<string, readonly SnapshotFile[]>();
  const tableFiles = new Map<string, readonly LineageFile[]>();
  const findings: Finding[] = [];
  const links = linkColumns(context.manifest, context.spec);
  for (const table of context.manifest.tables ?? []) {
    const taken = await snapshotTable(ports, context, table);
    tables.set(table.name, taken.sources);
    tableFiles.set(table.name, taken.files);
    const found = excuseLinks(taken.findings, links).map(namedAfter(table));
    findings.push(...acceptSuspects(found, context.manifest.checks));
  }
  return { tables, tableFiles, findings };
}

/** The table stands before the message, and before the column of a suspect, as `checks.accept` of the manifest names it. */
const namedAfter =
  ({ name }: FurtherTable) =>
  (found: Finding): Finding => {
    const { column, severity } = found;
    const named = { ...found, message: `Table ${name}: ${found.message}` };
    return severity === "suspect" && column !== null ? { ...named, column: `${name}.${column}` } : named;
  };

async function snapshotTable(ports: CheckTablePorts, context: Context, table: FurtherTable) {
  const { repository, champion, request } = context;
  const manifest = asOwnRows(table, context.manifest);
  const listing = await ports.sources.list(repository, manifest, { workTree: request.dryRun });
  for (const notice of listing.notices) ports.out.notice(notice);

  const built = champion?.lineage.data.tables?.[table.name] ?? [];
  const sources = await identify(ports, repository, built, listing.files);
  const known = new Map(built.map((file) => [file.sha256, file.rows]));
  const fresh = sources.filter((file) => !known.has(file.sha256));
  const { key: _, ...spec } = context.spec;
  const rows = { ...context, spec, champion: null, manifest, ofTable: table };
  const checked = fresh.length === 0 ? nothingNew : await checkFresh(ports, rows, { all: sources, built });
  const files = sources.map(({ source, sha256 }) => ({
    path: source.path,
    sha256,
    bytes: source.bytes,
    rows: known.get(sha256) ?? checked.rows.get(sha256) ?? 0,
    blob: source.blob,
    ...(source.version && { version: source.version }),
  }));
  const paths = new Set(built.map((file) => file.path));
  const found = [...listing.findings, ...repeatedFiles(files, paths), ...alteredIntervals(built, files)];
  return { sources, files, findings: [...found, ...checked.findings] };
}

const nothingNew: CheckedTable = { rows: new Map(), findings: [] };

async function checkFresh(...request: Parameters<CheckTable>): Promise<CheckedTable> {
  const { checkTable } = await import("./check-table.ts");
  return checkTable(...request);
}
