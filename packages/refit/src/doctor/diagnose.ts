import { lfsPointer, lfsPointerMaxBytes, RefitError, type DataManifest } from "@refit/core";
import path from "node:path";
import { parse } from "yaml";
import { readLedger } from "../adapters/ledger.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { diagnoseOwners, diagnoseWorkflows } from "./diagnose-workflows.ts";
import { listModels } from "../history/models.ts";
import type { Ports, Repository } from "../ports.ts";
import { read } from "../rooms/read.ts";
import { readChampionFile } from "../history/version-folder.ts";

/** Names of columns that often hold what should not be shown. */
const SENSITIVE =
  /(^|_|\b)(e[-_]?mail|phone|ssn|passport|iban|address|birth|surname|first_?name|last_?name|full_?name|salary|ip)(_|\b|$)/i;

/** What will bite later, worst first. Reads only. */
export async function diagnose(ports: Ports): Promise<Diagnosis[]> {
  const found: Diagnosis[] = [];
  const repository = await attempt(found, () => ports.git.locate());
  if (repository === null) return found;
  found.push(...(await diagnoseAttributes(ports, repository)), ...(await diagnoseGithub(ports, repository)));
  const models = await listModels(ports, repository);
  if (models.length === 0) {
    found.push({
      severity: "warning",
      what: "There is no model on the base branch.",
      fix: "Run `refit init`, then commit what it wrote.",
    });
  }
  for (const model of models) {
    const more = await attempt(found, () => diagnoseModel(ports, repository, model));
    found.push(...(more ?? []));
  }
  return found.sort((a, b) => (a.severity === b.severity ? 0 : a.severity === "error" ? -1 : 1));
}

async function attempt<T>(found: Diagnosis[], look: () => Promise<T>): Promise<T | null> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof RefitError)) throw error;
    found.push({ severity: "error", what: error.message, fix: error.hint });
    return null;
  }
}

/** Line endings and merges must not touch the bytes of a version. */
async function diagnoseAttributes(ports: Ports, repository: Repository): Promise<Diagnosis[]> {
  const bytes = await ports.files.read(path.join(repository.root, ".gitattributes"));
  const text = bytes === null ? "" : new TextDecoder().decode(bytes);
  if (/^models\/.*champion.*-text.*-merge/m.test(text)) return [];
  return [
    {
      severity: "error",
      what: "Line endings or merges could change the bytes of a version.",
      fix: "Add the line `models/*/champion/** -text -merge` to .gitattributes and commit it.",
    },
  ];
}

/** Nothing where no workflow is committed: then it is not run on GitHub. */
async function diagnoseGithub(ports: Ports, { baseCommit }: Repository): Promise<Diagnosis[]> {
  const folder = ".github/workflows";
  const files = (await ports.git.list(baseCommit, folder)).filter((file) => /\.ya?ml$/.test(file.path));
  if (files.length === 0) return [];
  const contents = await ports.git.read(files.map((file) => file.id));
  const parsed = files.map((file, i) => [`${folder}/${file.path}`, parseOrNull(contents[i]!)] as const);
  const places = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"];
  const owners = await ports.git.read(places.map((place) => `${baseCommit}:${place}`));
  const first = owners.find((bytes) => bytes !== null) ?? null;
  return [...diagnoseWorkflows(new Map(parsed)), ...diagnoseOwners(first && new TextDecoder().decode(first))];
}

/** What is no YAML is GitHub's to tell. */
function parseOrNull(bytes: Uint8Array): unknown {
  try {
    return parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}

const MIB = 1024 * 1024;

/** Files that GitHub will refuse or that hold only a pointer here. */
async function diagnoseFiles(ports: Ports, repository: Repository, manifest: DataManifest): Promise<Diagnosis[]> {
  const { files } = await ports.sources.list(repository, manifest, { workTree: true });
  const found: Diagnosis[] = [];
  for (const { path: file, bytes, blob } of files) {
    if (blob !== null && bytes > 50 * MIB) {
      found.push({
        severity: bytes > 100 * MIB ? "error" : "warning",
        what: `${file} has ${Math.round(bytes / MIB)} MiB; GitHub warns above 50 and refuses above 100.`,
        fix: "Split it by month or year, compress it to Parquet, or track it with Git LFS.",
      });
    }
    const text = bytes > lfsPointerMaxBytes ? null : await ports.files.read(path.join(repository.root, file));
    if (text !== null && lfsPointer(new TextDecoder().decode(text)) !== null) {
      found.push({
        severity: "error",
        what: `${file} is a Git LFS pointer here; its bytes are not in this clone.`,
        fix: "Install git-lfs and run `git lfs install && git lfs pull`; in a workflow, `lfs: true` on actions/checkout.",
      });
    }
  }
  return found;
}

async function diagnoseModel(ports: Ports, repository: Repository, model: string): Promise<Diagnosis[]> {
  const found: Diagnosis[] = [];
  const { spec, manifest, champion, history } = await read(ports, repository, { model, force: null, dryRun: false });
  found.push(...(await diagnoseFiles(ports, repository, manifest)));
  if (spec.time === undefined && spec.key === undefined) {
    found.push({
      severity: "warning",
      what: `${model}: without \`time\` and \`key\` the side of a row is decided by its raw text, so a corrected row may change sides.`,
      fix: "Declare `time`, or the `key` that identifies a row, in model.yaml.",
    });
  }
  for (const name of await columnsThatLookSensitive(ports, champion, manifest.sensitive)) {
    found.push({
      severity: "warning",
      what: `${model}: the column ${JSON.stringify(name)} looks as if its values should not be shown.`,
      fix: `Add it to \`sensitive\` in data-manifests/${spec.data}.yaml, or ignore this.`,
    });
  }
  if (history.state === "broken") {
    const why = history.versions.find((version) => version.treeId === history.events.at(-1)?.treeId)?.broken ?? "";
    found.push({
      severity: "error",
      what: `${model}: the champion's folder is not what its lineage.json says. ${why}`,
      fix: `Run \`refit rollback ${model}\` and merge it.`,
    });
  }
  const ledger = await readLedger(ports, repository, model);
  if (ledger.missing && champion !== null) {
    found.push({
      severity: "warning",
      what: `${model}: the branch refit-ledger is missing, though there are versions.`,
      fix: "Fetch it (`git fetch origin refit-ledger`), or let the next run start a new one.",
    });
  }
  return found;
}

async function columnsThatLookSensitive(
  ports: Ports,
  champion: { readonly treeId: string } | null,
  declared: readonly string[],
): Promise<string[]> {
  const text = champion && (await readChampionFile(ports, champion, "features.json"));
  if (text === null) return [];
  const { source } = JSON.parse(text) as { source: { name: string }[] };
  return source.map(({ name }) => name).filter((name) => SENSITIVE.test(name) && !declared.includes(name));
}
