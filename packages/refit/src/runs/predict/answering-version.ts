import {
  ArtifactInvalidError,
  FormatNewerError,
  RefitError,
  VersionBrokenError,
  VersionUnknownError,
} from "@refit/core/errors";
import { championFolder, knownFormat, type Lineage, type ModelVersion } from "@refit/core/history";
import type { FeatureSpec } from "@refit/core/data";
import { digestOfInputs } from "../../data/input-digests.ts";
import type { Ports } from "../../ports/index.ts";
import type { Repository } from "../../ports/repository.ts";
import type { Context } from "../../products/context.ts";
import { readSpecs } from "../../rooms/read.ts";
import { readStored } from "../../scoring/scored-version.ts";
import { findVersion } from "../../versions/find-version.ts";
import { historyOfNamed } from "../../versions/unknown-model.ts";
import { checkWhole } from "../../versions/tree-facts.ts";

type VersionPorts = Pick<Ports, "files" | "git" | "learners" | "out" | "sources">;

type SettingsOfTraining = Pick<Context, "spec" | "manifest">;

/** A version that is asked for answers, all of whose files have the digests of its lineage. */
export interface AnsweringVersion {
  readonly model: string;
  /** For display, such as `v3`. */
  readonly name: string;
  readonly treeId: string;
  readonly lineage: Lineage;
  readonly features: FeatureSpec;
  /** What people had written when it was trained. */
  readonly settings: SettingsOfTraining;
  /** Whether that is known of schema and `prepare`: else they are those of today. */
  readonly isOfThen: boolean;
}

/**
 * @param wanted `v3` or a tree id; `undefined`: what is live on the base branch.
 * @throws VersionUnknownError, VersionBrokenError, FormatNewerError
 */
export async function answeringVersion(
  ports: VersionPorts,
  repository: Repository,
  model: string,
  wanted: string | undefined,
): Promise<AnsweringVersion> {
  const { history } = await historyOfNamed(ports, repository, model);
  if (wanted === undefined && history.champion === null && history.state !== "broken")
    throw new VersionUnknownError(model, "that is live");
  const version = findVersion(model, history, wanted);
  if (version.newerFormat !== null) {
    const file = `${championFolder(model, repository)}/lineage.json (v${version.number})`;
    throw new FormatNewerError(file, version.newerFormat, knownFormat);
  }
  const files = await ports.git.list(version.treeId);
  const broken = version.broken ?? (await checkWhole(ports, repository, version.treeId, files));
  if (broken !== null) throw new VersionBrokenError(model, version.number, broken);
  if (wanted === undefined && history.state === "broken")
    ports.out.notice(
      `The folder on ${repository.baseBranch} is damaged; v${version.number}, the last valid version, answers.`,
    );
  return answeringTree(ports, repository, { model, name: `v${version.number}`, version });
}

interface NamedTree {
  readonly model: string;
  /** For display. */
  readonly name: string;
  /** With the commit that brought it. */
  readonly version: Pick<ModelVersion, "treeId" | "sha">;
}

/** What is said by the files of a tree that is a whole version. @throws ArtifactInvalidError */
export async function answeringTree(
  ports: VersionPorts,
  repository: Repository,
  { model, name, version }: NamedTree,
): Promise<AnsweringVersion> {
  const stored = await readStored(ports, repository, version);
  if (stored === null) throw new ArtifactInvalidError("features.json", "", "a file that every version has");
  const { spec: features, lineage } = stored;
  const then = await settingsOf(ports, repository, { model, version, lineage });
  return { model, name, treeId: version.treeId, lineage, features, ...then };
}

interface ClaimedVersion extends Pick<NamedTree, "model" | "version"> {
  readonly lineage: Lineage;
}

/**
 * The settings whose digests the version names: those of today, of the commit that brought it, or of the one before, which it was
 * proposed on. Where only schema and `prepare` are found, the rest comes with them.
 */
async function settingsOf(
  ports: VersionPorts,
  repository: Repository,
  { model, version, lineage }: ClaimedVersion,
): Promise<Pick<AnsweringVersion, "settings" | "isOfThen">> {
  const silent = { ...ports, out: { ...ports.out, notice: () => {} } };
  const before = await ports.git.resolve(`${version.sha}^1`);
  let sameManifest: SettingsOfTraining | null = null;
  for (const commit of [repository.baseCommit, version.sha, before]) {
    if (commit === null) continue;
    const settings = await readable(
      readSpecs(silent, { ...repository, baseCommit: commit }, model, { workTree: false }),
    );
    if (settings === null) continue;
    const { spec, manifest } = digestOfInputs(ports, settings);
    if (manifest !== lineage.digests.manifest) continue;
    if (spec === lineage.digests.spec) return { settings, isOfThen: true };
    sameManifest ??= settings;
  }
  if (sameManifest !== null) return { settings: sameManifest, isOfThen: true };
  return { settings: await readSpecs(ports, repository, model, { workTree: false }), isOfThen: false };
}

/** `null`: what the commit has cannot be read. */
async function readable<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof RefitError) return null;
    throw error;
  }
}
