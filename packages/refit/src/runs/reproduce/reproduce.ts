import { FormatNewerError, RefitError } from "@refit/core/errors";
import {
  checkModelName,
  compareFolders,
  knownFormat,
  type Lineage,
  type ModelHistory,
  type ModelVersion,
  proposalBranch,
} from "@refit/core/history";
import { digestOfInputs } from "../../data/input-digests.ts";
import type { Ports } from "../../ports/index.ts";
import type { Repository } from "../../ports/repository.ts";
import { nothingRemembered, type Context, type Version } from "../../products/context.ts";
import type { Snapshot } from "../../products/snapshot.ts";
import { takeSnapshot } from "../../rooms/snapshot.ts";
import { findVersion } from "../../versions/find-version.ts";
import { historyOfNamed } from "../../versions/unknown-model.ts";
import { readLineage } from "../../versions/read-lineage.ts";
import { asMadeThen } from "../../versions/as-written-then.ts";
import { readFiles } from "../../versions/version-folder.ts";
import { besideModel, givenModel, makeAgain, type MakeAgainPorts, whyNotTrained } from "../remake/make-again.ts";
import { missingData, sourcesOfThen } from "./data-of-then.ts";
import { inputsOfThen } from "./inputs-of-then.ts";
import type { Hindrance, Reproduction } from "./reproduction.ts";

type ReproducePorts = MakeAgainPorts;

/**
 * Makes a version again from the commit that it was made from, and compares every byte. Writes nothing. Data checks, gates and the
 * settings of today do not count: the question is only whether the same inputs give the same bytes.
 *
 * @param wanted `v3` or a tree id; `undefined`: the champion.
 * @throws VersionUnknownError, FormatNewerError
 */
export async function reproduce(
  ports: ReproducePorts,
  repository: Repository,
  model: string,
  wanted: string | undefined,
): Promise<Reproduction> {
  checkModelName(model);
  const { history } = await historyOfNamed(ports, repository, model);
  const version = findVersion(model, history, wanted);
  if (version.newerFormat !== null) {
    throw new FormatNewerError(`lineage.json of v${version.number} of ${model}`, version.newerFormat, knownFormat);
  }
  // The work tree is somewhere else in history, so that it differs is no news.
  const quiet = { ...ports, out: { ...ports.out, notice: () => {} } };
  const facts = { model, version: version.number, treeId: version.treeId };
  return { ...facts, ...(await reproduceVersion(quiet, repository, { model, history, version })) };
}

interface VersionInHistory {
  readonly model: string;
  readonly history: ModelHistory;
  readonly version: ModelVersion;
}

type ReproductionFacts = Omit<Reproduction, "model" | "version" | "treeId">;

async function reproduceVersion(
  ports: ReproducePorts,
  repository: Repository,
  of: VersionInHistory,
): Promise<ReproductionFacts> {
  const { model, history, version } = of;
  const lineage = await readLineage(ports, repository, `${version.treeId}:lineage.json`);
  if (lineage === null) {
    const problem = version.broken ?? "lineage.json cannot be read.";
    return impossible(null, [hindrance("lineage", `Nothing says what it was made from: ${problem}`)]);
  }
  const parent = await parentOf(ports, repository, history, lineage.parent);
  if (parent === undefined) return impossible(null, [hindrance("lineage", parentGone(model, lineage.parent!))]);
  const inputs = await inputsOfThen(ports, repository, { model, sha: version.sha, lineage });
  if (inputs.commit === null) return impossible(null, [hindrance("inputs-unknown", inputs.problem)]);

  const { commit, spec, manifest } = inputs;
  const atCommit = { ...repository, baseCommit: commit };
  const then = { ...ports, sources: sourcesOfThen(ports.sources, lineage) };
  const missing = [
    ...otherAlgorithms(ports, { spec, manifest }, lineage),
    ...(await missingData(then, atCommit, manifest, lineage)),
  ];
  if (missing.length > 0) return impossible(commit, missing);

  const context = {
    ...nothingRemembered,
    branch: proposalBranch(model),
    request: requestOf(model),
    repository: atCommit,
    spec,
    manifest,
    history,
  };
  try {
    ports.out.progress(`Making ${model} v${version.number} again from ${commit.slice(0, 10)}`);
    return await compare(then, { ...context, champion: parent }, version);
  } catch (error) {
    if (!(error instanceof RefitError)) throw error;
    return impossible(commit, [hindrance("failed", `${error.code}: ${error.message} ${error.hint}`)]);
  }
}

const requestOf = (model: string): Context["request"] => ({ model, force: null, dryRun: false });

async function compare(ports: ReproducePorts, context: Context, version: ModelVersion): Promise<ReproductionFacts> {
  const { repository } = context;
  const madeFrom = repository.baseCommit;
  const snapshot = await takeSnapshot(ports, context);
  const unreadable = unreadableData(snapshot);
  if (unreadable.length > 0) return impossible(madeFrom, unreadable);

  const lineage = await readLineage(ports, repository, `${version.treeId}:lineage.json`);
  const given = await givenModel(ports, repository, { treeId: version.treeId, lineage });
  const { files: remade, tookModel } = await makeAgain(ports, context, snapshot, given);
  const found = await readFiles(ports, repository, version);
  const files = asMadeThen(remade, found);
  const differences = compareFolders(files, found);
  const made = `Made again from ${madeFrom.slice(0, 10)}`;
  if (differences.length === 0 && version.broken === null && tookModel) {
    const title = `Scored on the data of ${madeFrom.slice(0, 10)}: ${whyNotTrained(lineage)}; the ${besideModel(files)} files beside it were made again and are equal`;
    return { result: "rescored", title, madeFrom, because: [], differences };
  }
  if (differences.length === 0 && version.broken === null) {
    return { result: "same", title: `${made}: all ${files.size} files are equal`, madeFrom, because: [], differences };
  }
  const count = new Set([...files.keys(), ...found.keys()]).size;
  const title = `${made}: ${differences.length} of ${count} files differ`;
  return { result: "differs", title, madeFrom, because: [whyDiffers(version)], differences };
}

function whyDiffers({ broken }: ModelVersion): Hindrance {
  if (broken !== null) return hindrance("edited", `The folder was changed after refit had made it: ${broken}`);
  const message =
    "Data, settings and learners are the same. Either the folder was edited together with its lineage.json, or another version of refit made it.";
  return hindrance("unexplained", message);
}

/** @returns `null`: a first model; `undefined`: the version that it was compared with is not in the history. */
async function parentOf(
  ports: Pick<Ports, "git" | "files">,
  repository: Repository,
  { versions }: ModelHistory,
  treeId: string | null,
): Promise<Version | null | undefined> {
  if (treeId === null) return null;
  const version = versions.find((each) => each.treeId === treeId);
  const lineage = version && (await readLineage(ports, repository, `${treeId}:lineage.json`));
  if (!version || !lineage) return undefined;
  return { number: version.number, treeId, since: version.committedAt, lineage };
}

function parentGone(model: string, treeId: string): string {
  return `It was compared with ${treeId}, which is not a version of ${model} in the history of the base branch.`;
}

/** The version's own learner is named with both numbers; of the other candidates' only the common digest is known. */
function otherAlgorithms(
  ports: Pick<Ports, "learners">,
  settings: Pick<Context, "spec" | "manifest">,
  { learner, digests, declared }: Lineage,
): Hindrance[] {
  // Nothing of it was trained, so that no algorithm made its bytes.
  if (declared?.by === "import") return [];
  const now = ports.learners.installed.find(({ name }) => name === learner.name)?.algorithmVersion;
  const way = "Use the release of refit that made it.";
  if (now !== learner.algorithmVersion) {
    const have =
      now === undefined ? "is not installed" : `has algorithm version ${now} here, which makes different bytes`;
    const message = `It was made by algorithm version ${learner.algorithmVersion} of the learner ${learner.name}, which ${have}. ${way}`;
    return [hindrance("algorithm", message)];
  }
  if (digestOfInputs(ports, settings).settings === digests.settings) return [];
  return [hindrance("algorithm", `One of its candidates' learners has another algorithm version here. ${way}`)];
}

/** Checks do not count; rows that cannot be read are no rows. */
function unreadableData({ newRows, newProfile, findings }: Snapshot): Hindrance[] {
  if (newRows.length === 0 || newProfile !== null) return [];
  const errors = findings.filter(({ severity }) => severity === "error");
  return errors.map(({ code, message }) => hindrance("data-unreadable", `${code}: ${message}`));
}

function hindrance(kind: Hindrance["kind"], message: string): Hindrance {
  return { kind, message, path: null, sha256: null };
}

function impossible(madeFrom: string | null, because: readonly Hindrance[]): ReproductionFacts {
  const title = madeFrom === null ? "Not made again" : `Could not be made again from ${madeFrom.slice(0, 10)}`;
  return { result: "impossible", title, madeFrom, because, differences: [] };
}
