import { mostlyUndecided } from "@refit/core/decide";
import { lfsPointer, lfsPointerMaxBytes, parseFeatureSpec } from "@refit/core/history";
import { asOwnRows } from "@refit/core/spec";
import path from "node:path";
import { personalName } from "../../data/row-changes.ts";
import type { Context } from "../../products/context.ts";
import { championFolder, outputPattern, specPath } from "@refit/core/history";
import { type LazyParser, parsedObject } from "../../specs/parse-cache.ts";
import type { Ports } from "../../ports/index.ts";
import type { Repository } from "../../ports/repository.ts";
import type { Diagnosis } from "../../ports/diagnosis.ts";
import { decodeText } from "../../text.ts";

type DiagnoseModelPorts = Pick<Ports, "git" | "forge" | "files">;

/**
 * What will bite in one model: its columns, its sizes, its history.
 *
 * @param large what `keptInLfs` says of all models.
 */
export async function diagnoseModel(
  ports: DiagnoseModelPorts,
  context: Context,
  large: ReadonlySet<string>,
): Promise<Diagnosis[]> {
  return [
    ...(await diagnoseColumns(ports, context)),
    ...diagnoseSizes(ports, context, large),
    ...diagnoseHistory(context),
  ];
}

const MIB = 1024 * 1024;

/** What will bite in a dataset, whatever the number of its models: files that the host will refuse or that hold only a pointer here. */
export async function diagnoseDataFiles(
  ports: Pick<Ports, "forge" | "files" | "sources">,
  { repository, manifest }: Pick<Context, "repository" | "manifest">,
): Promise<Diagnosis[]> {
  const { warnFileMiB, mostFileMiB, rule } = ports.forge.limits;
  const all = [manifest, ...(manifest.tables ?? []).map((table) => asOwnRows(table, manifest))];
  const listings = await Promise.all(all.map((each) => ports.sources.list(repository, each, { workTree: true })));
  const files = listings.flatMap((listing) => listing.files);
  const found: Diagnosis[] = [];
  for (const { path: file, bytes, blob } of files) {
    if (blob !== null && bytes > warnFileMiB * MIB) {
      found.push({
        severity: bytes > mostFileMiB * MIB ? "error" : "warning",
        what: `${file} has ${Math.round(bytes / MIB)} MiB; ${rule}.`,
        fix: "Split it by month or year, compress it to Parquet, or track it with Git LFS.",
      });
    }
    const text = bytes > lfsPointerMaxBytes ? null : await ports.files.read(path.join(repository.root, file));
    if (text !== null && lfsPointer(decodeText(text)) !== null) {
      found.push({
        severity: "error",
        what: `${file} is a Git LFS pointer; its content is not in this clone.`,
        fix: "Install git-lfs and run `git lfs install && git lfs pull`; in a workflow, `lfs: true` on actions/checkout.",
      });
    }
  }
  return found;
}

/** Columns that a version names. */
interface NamedColumns {
  readonly source: readonly string[];
  /** Those of which it lists the values. */
  readonly listed: readonly string[];
}

const namedColumns = (model: string): LazyParser<NamedColumns> => ({
  kind: "named columns",
  placeOf: () => `columns ${model}`,
  async parse(text) {
    const { source, features } = parseFeatureSpec(text);
    const listed = features.flatMap((feature) => (feature.kind === "categorical" ? [feature.input] : []));
    return { source: (source ?? []).map(({ name }) => name), listed };
  },
});

async function diagnoseColumns(ports: Pick<Ports, "files" | "git">, context: Context): Promise<Diagnosis[]> {
  const { spec, manifest, champion, request, repository } = context;
  const { model } = request;
  const found: Diagnosis[] = [];
  if (spec.time === undefined && spec.key === undefined) {
    found.push({
      severity: "warning",
      what: `${model}: without \`time\` and \`key\`, whether a row is in the holdout depends on its text; editing it can move it to the other side.`,
      fix: "Declare `time`, or the `key` that identifies a row, in model.yaml.",
    });
  }
  const object = champion && `${champion.treeId}:features.json`;
  const columns = object === null ? null : await parsedObject(ports, repository, object, namedColumns(model));
  const sensitive = new Set(manifest.sensitive);
  for (const name of columns?.source ?? []) {
    if (!personalName.test(name) || sensitive.has(name)) continue;
    found.push({
      severity: "warning",
      what: `${model}: the column ${JSON.stringify(name)} looks as if its values should not appear in reports.`,
      fix: `Add it to \`sensitive\` in data-manifests/${spec.data}.yaml, or ignore this.`,
    });
  }
  for (const name of new Set(columns?.listed ?? textFeatures(context))) {
    if (!sensitive.has(name)) continue;
    found.push({
      severity: "warning",
      what: `${model}: the sensitive column ${JSON.stringify(name)} is a feature, and features.json lists its categories in every version.`,
      fix: "Put it into `features.exclude` in model.yaml, or group its values in `prepare`.",
    });
  }
  return found;
}

/** Before there is a version: the columns that the schema calls text and the spec makes features. */
function textFeatures({ spec, manifest }: Context): string[] {
  const { include, exclude } = spec.features;
  const others = new Set([spec.target, spec.time, spec.group, ...[spec.key ?? []].flat(), ...exclude]);
  return manifest.schema.fields
    .filter(
      ({ name, type }) => type === "string" && (include === undefined ? !others.has(name) : include.includes(name)),
    )
    .map(({ name }) => name);
}

const placesOf = (model: string, repository: Repository) => {
  const folder = championFolder(model, repository);
  return { artifact: `${folder}/artifact/model.json`, lineage: `${folder}/lineage.json` };
};

/** Files of versions that a commit would keep in Git LFS, of all models at once. @throws LfsMissingError */
export function keptInLfs(
  { largeFiles }: Pick<Ports, "largeFiles">,
  repository: Repository,
  models: readonly string[],
): Promise<ReadonlySet<string>> {
  return largeFiles.tracked(
    repository,
    models.flatMap((model) => Object.values(placesOf(model, repository))),
  );
}

/** What a version is made of must fit where it is kept. */
function diagnoseSizes(
  ports: Pick<Ports, "forge">,
  { request, repository, spec }: Context,
  large: ReadonlySet<string>,
): Diagnosis[] {
  const { mostFileMiB, rule } = ports.forge.limits;
  const { artifact, lineage } = placesOf(request.model, repository);
  const found: Diagnosis[] = [];
  if (large.has(lineage)) {
    found.push({
      severity: "error",
      what: `${request.model}: .gitattributes keeps ${lineage} in Git LFS, but refit cannot read history from a pointer.`,
      fix: `Keep only \`${outputPattern(request.model, repository)}/artifact/**\` in LFS.`,
    });
  }
  if (spec.maxModelMiB > mostFileMiB && !large.has(artifact)) {
    found.push({
      severity: "warning",
      what: `${request.model}: maxModelMiB is ${spec.maxModelMiB}, but ${rule}.`,
      fix: `Add \`${outputPattern(request.model, repository)}/artifact/** filter=lfs diff=lfs merge=lfs -text\` to .gitattributes.`,
    });
  }
  return found;
}

function diagnoseHistory({ request, repository, ledger, ledgerLost }: Context): Diagnosis[] {
  const { model } = request;
  const found: Diagnosis[] = [];
  if (ledgerLost) {
    found.push({
      severity: "warning",
      what: `${model}: the branch refit-ledger is missing, though there are versions.`,
      fix: "Fetch it (`git fetch origin refit-ledger`), or let the next run start a new one.",
    });
  }
  const weak = mostlyUndecided(ledger);
  if (weak !== null) {
    found.push({
      severity: "warning",
      what: `${model}: ${weak.undecided} of the last ${weak.of} candidates ended without a decision; their holdouts had at most ${weak.rows} rows.`,
      fix: `Judge on more rows: raise \`holdout.days\` and \`holdout.minRows\` in ${specPath(model, repository)}, and retrain less often (\`maxAgeDays\`). \`refit backtest ${model} --policy FILE\` compares.`,
    });
  }
  return found;
}
