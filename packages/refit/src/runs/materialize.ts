import path from "node:path";
import type { Finding } from "@refit/core/data";
import { UsageError } from "@refit/core/errors";
import { canonicalJson, type Json } from "@refit/core/history";
import { viewFile, type DataManifest } from "@refit/core/spec";
import { fetchTables } from "../data/fetch-tables.ts";
import { withSource } from "../data/source-table.ts";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import type { FetchedFile } from "../ports/sources.ts";
import type { SourceTable } from "../ports/tables.ts";
import type { Context, Version } from "../products/context.ts";
import { readSpecs } from "../rooms/read.ts";
import { sha256 } from "../sha256.ts";
import { listModels } from "../versions/models.ts";
import { readModelHistory } from "../versions/model-history.ts";
import { readLineage } from "../versions/read-lineage.ts";

type MaterializePorts = Pick<Ports, "files" | "git" | "learners" | "out" | "scratch" | "sources" | "tables">;

export interface MaterializeRequest {
  readonly view: string;
  /** Whose rows, key and time are meant; `null`: those of every model that reads the view, which are the same. */
  readonly model: string | null;
  /** Only what was known at this instant, epoch milliseconds; `null`: everything. */
  readonly at: number | null;
  /** Absolute. */
  readonly folder: string;
}

/** The newest values of a feature view. */
export interface Materialized {
  readonly view: string;
  readonly model: string;
  readonly dataset: string;
  readonly key: readonly string[];
  readonly time: string;
  /** ISO 8601; `null`: everything counted. */
  readonly at: string | null;
  /** Why nothing was written; else warnings. */
  readonly findings: readonly Finding[];
  /** `null`: the data block. */
  readonly written: {
    /** Relative to the folder. */
    readonly file: string;
    readonly sha256: string;
    readonly bytes: number;
    readonly rows: number;
    readonly columns: readonly { readonly name: string; readonly type: string }[];
    /** Time of the newest row, ISO 8601; `null`: there are no rows. */
    readonly newest: string | null;
    /** Whether the file was there already. */
    readonly existed: boolean;
  } | null;
}

/** Writes the newest values of a view by key, as the base branch has its data, as a file that is named after its bytes. @throws UsageError */
export async function materialize(
  ports: MaterializePorts,
  repository: Repository,
  { view, model, at, folder }: MaterializeRequest,
): Promise<Materialized> {
  const reader = await readerOf(ports, repository, view, model);
  const { spec, manifest, time, key } = reader;
  const champion = await championOf(ports, repository, reader.model);
  const request = { model: reader.model, force: null, dryRun: true };
  const context = { request, repository, spec, manifest, champion, ledger: [], ledgerCommit: null };
  const listing = await ports.sources.list(repository, manifest, { workTree: false });
  for (const notice of listing.notices) ports.out.notice(notice);
  const asked = { view, model: reader.model, dataset: spec.data, key, time, at: iso(at) };
  if (listing.findings.some(isError)) return { ...asked, findings: listing.findings, written: null };
  const files: FetchedFile[] = [];
  for (const file of listing.files) files.push(await ports.sources.fetch(repository, file));
  const tables = await fetchTables(ports, repository, manifest);

  return withSource(ports, context, { files, tables, toPrepare: true }, async (source) => {
    const findings = [...listing.findings, ...source.findings];
    if (findings.some(isError)) return { ...asked, findings: findings.filter(isError), written: null };
    ports.out.progress("Computing features");
    const made = await source.newestRows({ view, key, time, at });
    return { ...asked, findings, written: await writeByContent(ports, path.join(folder, view), made) };
  });
}

const isError = ({ severity }: Finding) => severity === "error";

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());

async function writeByContent(
  { files }: Pick<Ports, "files">,
  folder: string,
  { bytes, rows, columns, newest }: Awaited<ReturnType<SourceTable["newestRows"]>>,
): Promise<NonNullable<Materialized["written"]>> {
  const digest = sha256(bytes);
  const name = `${digest}.parquet`;
  const place = path.join(folder, name);
  const there = await files.read(place);
  const existed = there !== null && sha256(there) === digest;
  if (!existed) await files.write(place, bytes);
  const file = path.join(path.basename(folder), name);
  return { file, sha256: digest, bytes: bytes.byteLength, rows, columns, newest: iso(newest), existed };
}

/** A model that reads the view, with what says whose values it has and of when. */
interface Reader extends Pick<Context, "spec" | "manifest"> {
  readonly model: string;
  readonly time: string;
  readonly key: readonly string[];
}

/** @throws UsageError where no model reads the view, several do over different rows, or nothing names key and time. */
async function readerOf(
  ports: MaterializePorts,
  repository: Repository,
  view: string,
  model: string | null,
): Promise<Reader> {
  const readers: (Pick<Context, "spec" | "manifest"> & { readonly model: string })[] = [];
  const views = new Set<string>();
  for (const name of model === null ? await listModels(ports, repository) : [model]) {
    const specs = await readSpecs(ports, repository, name, { workTree: false });
    for (const each of specs.manifest.views ?? []) views.add(each);
    if (specs.manifest.views?.includes(view)) readers.push({ ...specs, model: name });
  }
  const [first, ...others] = readers;
  if (first === undefined) {
    const known = [...views].sort().map((each) => `\`${each}\``);
    const which = known.length === 0 ? "no view at all" : known.join(", ");
    const whose = model === null ? "No model reads" : `The model ${model} does not read`;
    throw new UsageError(`${whose} the view "${view}" (${viewFile(view)}); what is read: ${which}.`, usage);
  }
  const other = others.find((each) => meaningOf(each, view) !== meaningOf(first, view));
  if (other !== undefined) {
    throw new UsageError(
      `The models ${first.model} and ${other.model} read the view "${view}" on different rows, or with another key or time: choose one with --model.`,
      usage,
    );
  }
  return { ...first, ...roles(first) };
}

const usage = "refit features";

/** All that decides what a view gives, as a text. */
function meaningOf({ spec, manifest }: Pick<Context, "spec" | "manifest">, view: string): string {
  const { sources, schema, tables, views = [], viewTexts = {} } = manifest;
  const before = views.slice(0, views.indexOf(view) + 1).map((name) => [name, viewTexts[name]]);
  const meaning = [sources, schema, tables ?? null, before, spec.time ?? null, keyOf({ spec, manifest })];
  return canonicalJson(JSON.parse(JSON.stringify(meaning)) as Json);
}

/** The model's own `key`, else the key of its rows; without the time. */
function keyOf({ spec, manifest }: Pick<Context, "spec" | "manifest">): string[] {
  const declared = [[spec.key ?? []].flat(), primaryKeyOf(manifest)];
  const without = declared.map((key) => key.filter((name) => name !== spec.time));
  return without.find((key) => key.length > 0) ?? [];
}

const primaryKeyOf = ({ schema }: DataManifest) => [schema.primaryKey ?? []].flat();

/** Columns that say whose values a view has, and of when. @throws UsageError where nothing names them */
export function roles({ spec, manifest, model }: Omit<Reader, "time" | "key">): Pick<Reader, "time" | "key"> {
  const { time, data } = spec;
  if (time === undefined) {
    throw new UsageError(
      `The model.yaml of ${model} has no \`time\`, so it is not known which values are the newest.`,
      usage,
    );
  }
  const key = keyOf({ spec, manifest });
  if (key.length > 0) return { time, key };
  throw new UsageError(
    `It is not known which columns identify a row of the view. Declare \`primaryKey\` in data-manifests/${data}.yaml, such as \`primaryKey: [customer, ${time}]\`, or \`key\` in the model.yaml of ${model}.`,
    usage,
  );
}

/** The live version, whose types of columns that are not declared the rows have. */
async function championOf(
  ports: Pick<Ports, "files" | "git">,
  repository: Repository,
  model: string,
): Promise<Version | null> {
  const { champion } = (await readModelHistory(ports, repository, model)).history;
  if (champion === null) return null;
  const lineage = await readLineage(ports, repository, `${champion.treeId}:lineage.json`);
  return lineage && { number: champion.number, treeId: champion.treeId, since: champion.since, lineage };
}
