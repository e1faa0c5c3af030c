import path from "node:path";
import { layoutFile, type Layout } from "@refit/core/spec";
import type { Files } from "../ports/files.ts";
import type { Git } from "../ports/git.ts";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { decodeText } from "../text.ts";
import { parseCached } from "./parse-cache.ts";

/**
 * The repository, laid out as `refit.yaml` says at its base commit: a change of that file counts once it is merged, as of any other.
 *
 * @throws SpecInvalidError
 */
export async function laidOut(ports: Pick<Ports, "files" | "git">, repository: Repository): Promise<Repository> {
  const [bytes] = await ports.git.read([`${repository.baseCommit}:${layoutFile}`]);
  const { layout: _earlier, ...located } = repository;
  return bytes ? { ...located, layout: await readLayout(ports, repository, decodeText(bytes)) } : located;
}

/** As `refit.yaml` says in the work tree, for a run that reads that and not the base branch. @throws SpecInvalidError */
export async function laidOutOnDisk(
  ports: Pick<Ports, "files">,
  { layout: _onBase, ...repository }: Repository,
): Promise<Repository> {
  const bytes = await ports.files.read(path.join(repository.root, layoutFile));
  return bytes ? { ...repository, layout: await readLayout(ports, repository, decodeText(bytes)) } : repository;
}

/** @throws SpecInvalidError */
export function readLayout({ files }: Pick<Ports, "files">, repository: Repository, text: string): Promise<Layout> {
  return parseCached(files, repository, text, {
    kind: "layout",
    async parse(written) {
      const { readLayoutSpec } = await import("./documents.ts");
      return readLayoutSpec(written);
    },
  });
}

/** A git whose repositories know where their models stand. */
export function locatingModels(git: Git, files: Files): Git {
  return {
    ...git,
    locate: async () => laidOut({ git, files }, await git.locate()),
    withoutHistory: async () => laidOutOnDisk({ files }, await git.withoutHistory()),
  };
}
