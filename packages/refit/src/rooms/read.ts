import type { LedgerRow, Lineage } from "@refit/core/history";
import { ManifestMissingError, ModelTwiceError, SpecNotOnBaseError, ViewMissingError } from "@refit/core/errors";
import { ledgerKey } from "@refit/core/history";
import path from "node:path";
import { readLedger } from "../ledger/ledger.ts";
import type { Context, RunRequest, Version } from "../products/context.ts";
import { declinedRow } from "../ledger/declined-row.ts";
import { isLedgerLost } from "../versions/is-ledger-lost.ts";
import { isUnedited } from "../versions/edited-settings.ts";
import { newestNo, readCanaries } from "../versions/live-canary.ts";
import { liveFormatError } from "../versions/live-format.ts";
import { readModelHistory } from "../versions/model-history.ts";
import { championFolder, checkModelName, groupBranch, proposalBranch, specPath } from "@refit/core/history";
import { proposedFolder } from "../versions/proposed-folder.ts";
import { readLineage } from "../versions/read-lineage.ts";
import { sharedHead } from "../versions/share-branch.ts";
import { unknownModel } from "../versions/unknown-model.ts";
import { withCodeDigests } from "../specs/program-code.ts";
import { parsedObject, parsedText, type LazyParser } from "../specs/parse-cache.ts";
import type { ProposalState } from "../ports/forge.ts";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { manifestPath, rivalFolder, viewFile, type DataManifest, type ModelSpec } from "@refit/core/spec";
import { blobId, sha256 } from "../sha256.ts";
import { decodeText } from "../text.ts";

type ReadPorts = Pick<Ports, "ancestry" | "git" | "forge" | "files" | "sources" | "learners" | "out">;

type ReadSpecsPorts = Pick<Ports, "git" | "files" | "sources" | "learners" | "out">;

/** Room 1: what the base branch, the ledger and the forge say of a model. Loads no schema library when nothing changed. */
export async function read(ports: ReadPorts, repository: Repository, request: RunRequest): Promise<Context> {
  const { model } = request;
  checkModelName(model);

  const branch = request.group === undefined ? proposalBranch(model) : groupBranch(request.group);
  const [files, { history }, ledger, shown, shared] = await Promise.all([
    readSpecs(ports, repository, model, { workTree: request.dryRun }),
    readModelHistory(ports, repository, model),
    readLedger(ports, repository, model),
    ports.forge.proposal(repository, branch),
    sharedHead(ports, repository, branch),
  ]);
  const proposal = await partIn(ports, repository, request, shown);
  const newer = liveFormatError(repository, model, history);
  if (newer !== null) throw newer;
  const champion = history.champion;
  const canaries = await readCanaries(ports, repository, { model, history, spec: files.spec });
  const rolledBack = newestNo(history.rolledBack.at(-1), canaries.stopped.at(-1));
  const [championLineage, rolledBackLineage, proposalLineage] = await Promise.all([
    champion && readLineage(ports, repository, `${champion.treeId}:lineage.json`),
    rolledBack && readLineage(ports, repository, `${rolledBack.version.treeId}:lineage.json`),
    proposal && proposedLineage(ports, repository, model, proposal.head),
  ]);
  const unrecorded = newlyDeclined(proposal, proposalLineage, ledger.rows);
  return {
    request,
    repository,
    ...files,
    history,
    champion: champion && championLineage && version(champion, champion.since, championLineage),
    canaries,
    lastRolledBack: rolledBack && rolledBackLineage && version(rolledBack.version, rolledBack.at, rolledBackLineage),
    ledger: [...ledger.rows, ...unrecorded],
    ledgerCommit: ledger.commit,
    ledgerUnpushed: ledger.unpushed,
    ledgerLost: isLedgerLost(ledger, history, championLineage),
    unrecorded,
    proposal: proposal?.declinedAt === null ? { ...proposal, lineage: proposalLineage } : null,
    underReview: shown?.declinedAt === null && shown.heldByPerson,
    branch,
    sharedHead: shared,
    heldBranch: (await isHeld(ports, repository, branch, shown?.declinedAt === null ? shown.head : null))
      ? branch
      : null,
  };
}

async function proposedLineage(ports: ReadPorts, repository: Repository, model: string, head: string) {
  const folder = await proposedFolder(ports, repository, model, head);
  return readLineage(ports, repository, `${head}:${folder}/lineage.json`);
}

/** The proposal of a group says nothing of a model whose folder it leaves as it is. */
async function partIn(
  { ancestry, git }: Pick<Ports, "ancestry" | "git">,
  repository: Repository,
  { model, group }: RunRequest,
  proposal: ProposalState | null,
): Promise<ProposalState | null> {
  if (proposal === null || group === undefined) return proposal;
  const fork = await ancestry.mergeBase(proposal.head, repository.baseCommit);
  const folder = championFolder(model, repository);
  const [there, before] = [await git.resolve(`${proposal.head}:${folder}`), await git.resolve(`${fork}:${folder}`)];
  return there === before ? null : proposal;
}

/** @param shown the head of the open proposal: of that one the forge says who holds it. */
async function isHeld(
  ports: Pick<Ports, "ancestry" | "git">,
  repository: Repository,
  branch: string,
  shown: string | null,
): Promise<boolean> {
  const heads = await Promise.all([ports.git.resolve(`refs/heads/${branch}`), sharedHead(ports, repository, branch)]);
  const others = new Set(heads.filter((head) => head !== null && head !== shown) as string[]);
  const replaceable = await Promise.all(
    [...others].map((head) => ports.ancestry.isReplaceable(repository, branch, head)),
  );
  return replaceable.includes(false);
}

/** A proposal that a person closed on the forge, as the row that `refit reject` would have written. */
function newlyDeclined(
  proposal: ProposalState | null,
  lineage: Lineage | null,
  rows: readonly LedgerRow[],
): LedgerRow[] {
  if (proposal === null || proposal.declinedAt === null || lineage === null) return [];
  const row = declinedRow(lineage, proposal.declinedAt);
  return rows.some((known) => ledgerKey(known) === ledgerKey(row)) ? [] : [row];
}

function version(of: { number: number; treeId: string }, since: number, lineage: Lineage): Version {
  return { number: of.number, treeId: of.treeId, since, lineage };
}

/** Where settings are read. */
interface SpecPlace {
  /** `false`: as the base commit has them. */
  readonly workTree: boolean;
  /** Of the base commit's: whether the work tree is looked at, too, and what is different there is told; left out: yes. */
  readonly isCompared?: boolean;
}

/** The spec and the manifest of a model, as the base commit has them, or the work tree. */
export async function readSpecs(
  ports: ReadSpecsPorts,
  repository: Repository,
  model: string,
  from: SpecPlace,
): Promise<Pick<Context, "spec" | "manifest">> {
  await refuseRival(ports, repository, model, from);
  const specFile = specPath(model, repository);
  const settings = { file: specFile, parser: specParser(specFile, ports.learners.installed) };
  const spec = await readParsed(ports, repository, settings, from);
  if (spec === null) {
    const tree = from.workTree ? "in the work tree" : "on the base branch";
    throw await unknownModel(ports, repository, model, tree);
  }
  const named = { file: manifestPath(spec.data), namedBy: specFile };
  return {
    manifest: await readManifest(ports, repository, named, from),
    spec: await withCodeDigests(ports, repository, spec, from),
  };
}

/** A data manifest with its views, as the base commit has them, or the work tree. @throws ManifestMissingError, ViewMissingError */
export async function readManifest(
  ports: ReadSpecsPorts,
  repository: Repository,
  { file, namedBy }: { readonly file: string; readonly namedBy: string },
  from: SpecPlace,
): Promise<DataManifest> {
  const parser = manifestParser(file, ports.sources.schemes);
  const manifest = await readParsed(ports, repository, { file, parser }, from);
  if (manifest === null) throw new ManifestMissingError(namedBy, file);
  return withViews(ports, repository, { manifest, file }, from);
}

/** @throws ModelTwiceError */
async function refuseRival(
  ports: ReadSpecsPorts,
  repository: Repository,
  model: string,
  { workTree }: { readonly workTree: boolean },
): Promise<void> {
  const rival = rivalFolder(model, repository);
  if (rival === null) return;
  const textAt = workTree ? textOnDisk : textOnBase;
  if ((await textAt(ports, repository, `${rival}/model.yaml`)) !== null)
    throw new ModelTwiceError(model, repository.baseBranch);
}

/** @throws ViewMissingError */
async function withViews(
  ports: ReadSpecsPorts,
  repository: Repository,
  { manifest, file }: { readonly manifest: DataManifest; readonly file: string },
  from: SpecPlace,
): Promise<DataManifest> {
  if (manifest.views === undefined) return manifest;
  const viewTexts: Record<string, string> = {};
  for (const name of manifest.views) {
    const text = await readText(ports, repository, viewFile(name), from);
    if (text === null) throw new ViewMissingError(file, viewFile(name));
    viewTexts[name] = text;
  }
  return { ...manifest, viewTexts };
}

export const specParser = (file: string, learners: Ports["learners"]["installed"]): LazyParser<ModelSpec> => ({
  kind: `spec ${file} ${digestOf(learners)}`,
  placeOf: () => file,
  async parse(text) {
    const { readModelSpec } = await import("../specs/documents.ts");
    return readModelSpec(file, text, learners);
  },
});

const digests = new WeakMap<object, string>();

/** A thousand models have the same learners. */
function digestOf(value: object): string {
  const digest = digests.get(value) ?? sha256(JSON.stringify(value));
  digests.set(value, digest);
  return digest;
}

export const manifestParser = (file: string, schemes: Ports["sources"]["schemes"]): LazyParser<DataManifest> => ({
  kind: `manifest ${file} ${digestOf(schemes)}`,
  placeOf: () => file,
  async parse(text) {
    const { readDataManifest } = await import("../specs/documents.ts");
    return readDataManifest(file, text, schemes);
  },
});

/** A file, parsed; `null` where neither the base commit nor the work tree has it. */
async function readParsed<T>(
  ports: ReadSpecsPorts,
  repository: Repository,
  { file, parser }: { readonly file: string; readonly parser: LazyParser<T> },
  place: SpecPlace,
): Promise<T | null> {
  if (place.workTree) {
    const text = await readText(ports, repository, file, place);
    return text === null ? null : parsedText(ports, repository, text, parser);
  }
  const object = `${repository.baseCommit}:${file}`;
  if (place.isCompared ?? true) await compareWithBase(ports, repository, file);
  return parsedObject(ports, repository, object, parser);
}

/** A file as text; `null` where neither the base commit nor the work tree has it. */
async function readText(
  ports: ReadSpecsPorts,
  repository: Repository,
  file: string,
  { workTree, isCompared = true }: SpecPlace,
): Promise<string | null> {
  if (workTree) return textOnDisk(ports, repository, file);
  if (isCompared) await compareWithBase(ports, repository, file);
  return textOnBase(ports, repository, file);
}

/** Tells where the work tree has another text. @throws SpecNotOnBaseError where only that has the file */
async function compareWithBase(ports: ReadSpecsPorts, repository: Repository, file: string): Promise<void> {
  const object = `${repository.baseCommit}:${file}`;
  const id = await ports.git.resolve(object);
  if (id !== null && (await isUnedited(ports, repository, file))) return;
  const onDisk = await ports.files.read(path.join(repository.root, file));
  if (onDisk === null) return;
  if (id !== null && id === blobId(onDisk, id)) return;
  const [onBase] = await ports.git.read([object]);
  if (onBase === null || onBase === undefined) throw new SpecNotOnBaseError(file, repository.baseBranch);
  if (plainText(onDisk) === plainText(onBase)) return;
  ports.out.notice(`${file} differs from ${repository.baseBranch}; this run reads ${repository.baseBranch}.`);
}

/** git may check text out with other line ends. */
const plainText = (bytes: Uint8Array) => decodeText(bytes).replaceAll("\r\n", "\n");

async function textOnDisk({ files }: Pick<Ports, "files">, { root }: Repository, file: string): Promise<string | null> {
  const bytes = await files.read(path.join(root, file));
  return bytes && decodeText(bytes);
}

async function textOnBase(
  { git }: Pick<Ports, "git">,
  { baseCommit }: Repository,
  file: string,
): Promise<string | null> {
  const [bytes] = await git.read([`${baseCommit}:${file}`]);
  return bytes ? decodeText(bytes) : null;
}
