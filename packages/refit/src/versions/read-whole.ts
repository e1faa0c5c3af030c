import path from "node:path";
import { FormatNewerError, UsageError, VersionBrokenError } from "@refit/core/errors";
import { championFolder, knownFormat } from "@refit/core/history";
import { modelOfOutput } from "@refit/core/spec";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { findVersion } from "./find-version.ts";
import { historyOfNamed } from "./unknown-model.ts";
import { checkWhole } from "./tree-facts.ts";
import { readFiles } from "./version-folder.ts";

export type ReadWholePorts = Pick<Ports, "files" | "git" | "largeFiles">;

/** A version whose files are those of its `lineage.json`. */
export interface WholeVersion {
  /** Where it is on the base branch, from the root. */
  readonly folder: string;
  readonly number: number;
  readonly treeId: string;
  /** All of them, by path in the version; what is kept in Git LFS as it is. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/**
 * Every digest is checked before anything of it is read.
 *
 * @param wanted as `findVersion` takes it.
 * @throws VersionUnknownError, VersionBrokenError, FormatNewerError, LfsMissingError, LfsObjectMissingError
 */
export async function readWhole(
  ports: ReadWholePorts,
  repository: Repository,
  model: string,
  wanted: string | undefined,
): Promise<WholeVersion> {
  const { history, hashed } = await historyOfNamed(ports, repository, model);
  const folder = championFolder(model, repository);
  const { number, treeId, newerFormat } = findVersion(model, history, wanted);
  if (newerFormat !== null) {
    throw new FormatNewerError(`${folder}/lineage.json (v${number})`, newerFormat, knownFormat);
  }
  const earlier = hashed.get(treeId);
  const broken =
    earlier === undefined ? await checkWhole(ports, repository, treeId, await ports.git.list(treeId)) : earlier;
  if (broken !== null) throw new VersionBrokenError(model, number, broken);
  return { folder, number, treeId, files: await readFiles(ports, repository, { treeId }) };
}

/**
 * A version is what its digests say, and nothing else lies in it, whatever way leads there.
 *
 * @param target absolute; where something would be written. @param what a person would give, such as `--output FOLDER`.
 */
export async function refuseInsideVersion(
  { workTree }: Pick<Ports, "workTree">,
  repository: Repository,
  target: string,
  what: string,
): Promise<void> {
  const { root } = repository;
  const [realRoot, realTarget] = [await workTree.realPlace(root), await workTree.realPlace(target)];
  for (const place of [path.relative(root, target), path.relative(realRoot, realTarget)]) {
    const inside = place.split(path.sep).join("/");
    if (modelOfOutput(`${inside}/`, repository) === null) continue;
    throw new UsageError(`${inside} belongs to a version. Choose another place with --output.`, what);
  }
}
