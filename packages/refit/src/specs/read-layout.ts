import path from "node:path";
import { layoutFile, type Layout } from "@refit/core/spec";
import type { Files } from "../ports/files.ts";
import type { Git } from "../ports/git.ts";
import type { Repository } from "../ports/repository.ts";
import { decodeText } from "../text.ts";
import { parsedObject, parsedText, type LazyParser, type ParsePorts } from "./parse-cache.ts";

/**
 * The repository, laid out as `refit.yaml` says at its base commit: a change of that file counts once it is merged, as of any other.
 *
 * @throws SpecInvalidError
 */
export async function laidOut(ports: ParsePorts, repository: Repository): Promise<Repository> {
  const { layout: _earlier, ...located } = repository;
  const layout = await parsedObject(ports, repository, `${repository.baseCommit}:${layoutFile}`, layoutParser);
  return layout === null ? located : { ...located, layout };
}

/** As `refit.yaml` says in the work tree, for a run that reads that and not the base branch. @throws SpecInvalidError */
export async function laidOutOnDisk(
  ports: ParsePorts,
  { layout: _onBase, ...repository }: Repository,
): Promise<Repository> {
  const bytes = await ports.files.read(path.join(repository.root, layoutFile));
  return bytes ? { ...repository, layout: await readLayout(ports, repository, decodeText(bytes)) } : repository;
}

/** @throws SpecInvalidError */
export function readLayout(ports: ParsePorts, repository: Repository, text: string): Promise<Layout> {
  return parsedText(ports, repository, text, layoutParser);
}

const layoutParser: LazyParser<Layout> = {
  kind: "layout",
  placeOf: () => layoutFile,
  async parse(text) {
    const { readLayoutSpec } = await import("./documents.ts");
    return readLayoutSpec(text);
  },
};

/** A git whose repositories know where their models stand. */
export function locatingModels(git: Git, files: Files): Git {
  const locating: Git = {
    ...git,
    locate: async () => laidOut({ git: locating, files }, await git.locate()),
    withoutHistory: async () => laidOutOnDisk({ git: locating, files }, await git.withoutHistory()),
  };
  return locating;
}
