import type { Snapshot } from "../products/snapshot.ts";
import type { CheckedFiles, CheckNewFiles } from "../data/check-new-files.ts";
import { alteredIntervals, repeatedFiles, staleData, type Finding } from "@refit/core/data";
import { digestOfInputs } from "../data/input-digests.ts";
import { nameAcceptors } from "../data/name-acceptors.ts";
import type { LineageFile } from "@refit/core/history";
import type { Ports } from "../ports/index.ts";
import type { NamedFacts } from "../ports/sources.ts";
import { identify } from "../data/snapshot-files.ts";
import type { SnapshotFile } from "../products/snapshot.ts";
import { snapshotTables } from "../data/snapshot-tables.ts";
import type { Context } from "../products/context.ts";

type TakeSnapshotPorts = Pick<Ports, "scratch" | "clock" | "git" | "files" | "sources" | "tables" | "learners" | "out">;

/**
 * Room 2: list, hash what differs, profile what is new, check it. When the champion was built from exactly these
 * files, nothing is read and no library is loaded.
 */
export async function takeSnapshot(ports: TakeSnapshotPorts, context: Context): Promise<Snapshot> {
  const { repository, manifest, champion } = context;
  const listing = await ports.sources.list(repository, manifest, { workTree: context.request.dryRun });
  for (const notice of listing.notices) ports.out.notice(notice);

  const sources = await identify(ports, repository, champion?.lineage.data.files ?? [], listing.files);
  const further = await snapshotTables(ports, context);
  const known = new Map((champion?.lineage.data.files ?? []).map((file) => [file.sha256, file.rows]));
  const fresh = sources.filter((file) => !known.has(file.sha256));
  const checked = fresh.length === 0 ? nothingNew(context, sources) : await checkFresh(ports, context, sources);
  const fileRows = new Map(checked.news.files.map(({ path, rows }) => [path, rows]));

  const files = sources.map(({ source, sha256 }) => ({
    path: source.path,
    sha256,
    bytes: source.bytes,
    rows: known.get(sha256) ?? fileRows.get(source.path) ?? 0,
    blob: source.blob,
    ...(source.version && { version: source.version }),
    ...(source.named && { named: namedOf(source.named) }),
  }));
  const paths = new Set(champion?.lineage.data.files.map((file) => file.path));
  const past = alteredIntervals(champion?.lineage.data.files ?? [], files);
  const age = fresh.length === 0 ? ageWithoutNews(context, ports.clock.now()) : [];
  const found = [...listing.findings, ...repeatedFiles(files, paths), ...past, ...age, ...checked.findings];
  const digests = digestOfInputs(ports, context, { files, tables: further.tables });
  const excused = found.some(({ severity }) => severity === "suspect")
    ? await (await import("../data/excuse-of-unused.ts")).excuseOfUnused(ports, context, digests, found)
    : found;
  const findings = [...(await nameAcceptors(ports, context, excused)), ...further.findings];
  return {
    files,
    sources,
    tables: further.tables,
    tableFiles: further.tableFiles,
    rows: files.reduce((sum, file) => sum + file.rows, 0),
    findings,
    blocked: findings.some((finding) => finding.severity !== "warning"),
    digests,
    news: checked.news,
    newRows: checked.newRows,
    newProfile: checked.profile,
  };
}

const namedOf = ({ own, files, bytes }: NamedFacts): LineageFile["named"] => ({ own, files, bytes });

/** A feed that stopped brings no file, so the champion's own record says how old its newest row is. */
function ageWithoutNews({ champion, manifest }: Context, now: number): Finding[] {
  const newest = champion?.lineage.holdout.to ?? null;
  return staleData(newest === null ? null : Date.parse(newest), manifest.checks.maxAgeDays, now);
}

/** No file is new, so no row is; those of files that were removed are gone. */
function nothingNew({ champion }: Context, sources: readonly SnapshotFile[]): CheckedFiles {
  const here = new Set(sources.map(({ sha256 }) => sha256));
  const gone = (champion?.lineage.data.files ?? []).filter(({ sha256 }) => !here.has(sha256));
  const lost = gone.reduce((sum, { rows }) => sum + rows, 0);
  return {
    news: { files: [], lost, unread: [], keyRepeats: false, changes: null },
    newRows: [],
    findings: [],
    profile: null,
  };
}

async function checkFresh(...request: Parameters<CheckNewFiles>): Promise<CheckedFiles> {
  const { checkNewFiles } = await import("../data/reading-rows.ts");
  return checkNewFiles(...request);
}
