import { SpecInvalidError, VersionUnknownError } from "@refit/core/errors";
import { canaryFolder, rolloutPath } from "@refit/core/history";
import type { CanaryFiles } from "../../ports/http-server.ts";
import type { Ports } from "../../ports/index.ts";
import type { Repository } from "../../ports/repository.ts";
import { readRolloutSpec } from "../../specs/documents.ts";
import { decodeText } from "../../text.ts";
import { answeringTree } from "../predict/answering-version.ts";
import { filesOfTree } from "./tree-files.ts";
import { versionOpener } from "./version-opener.ts";

type CanarySourcePorts = Pick<Ports, "files" | "git" | "learners" | "out" | "rowPreparers" | "scratch" | "sources">;

/** What the tree has beside a champion, by git's ids. */
export interface CanaryIds {
  readonly canary: string;
  readonly rollout: string;
}

/** `null`: there is not both. */
export async function canaryIds(
  { git }: Pick<Ports, "git">,
  repository: Repository,
  model: string,
): Promise<CanaryIds | null> {
  const at = (path: string) => git.resolve(`${repository.baseCommit}:${path}`);
  const [canary, rollout] = await Promise.all([
    at(canaryFolder(model, repository)),
    at(rolloutPath(model, repository)),
  ]);
  return canary === null || rollout === null ? null : { canary, rollout };
}

/** Says what a canary is and who gets it, each time ids of the tree are given. */
export function canarySource(
  ports: CanarySourcePorts,
  model: string,
): (repository: Repository, ids: CanaryIds) => Promise<CanaryFiles> {
  const opener = versionOpener(ports, (repository, treeId) => answeringCanary(ports, repository, model, treeId));
  let last: { readonly rollout: string; readonly share: CanaryShareSaid } | null = null;
  return async (repository, { canary: treeId, rollout }) => {
    if (last?.rollout !== rollout) {
      last = { rollout, share: await shareOf(ports, rolloutPath(model, repository), rollout) };
    }
    const files = filesOfTree(ports, treeId);
    return { id: treeId, treeId, ...last.share, read: files, ...opener(repository, treeId) };
  };
}

type CanaryShareSaid = Pick<CanaryFiles, "percent" | "problem">;

async function shareOf({ git }: Pick<Ports, "git">, file: string, id: string): Promise<CanaryShareSaid> {
  try {
    const [bytes] = await git.read([id]);
    return { percent: readRolloutSpec(file, decodeText(bytes ?? new Uint8Array())).percent, problem: null };
  } catch (error) {
    // Whatever is wrong with it, the champion answers.
    const [first] = error instanceof SpecInvalidError ? error.problems : [];
    const why = first ? `${first.file}:${first.line}:${first.column}: ${first.message}` : String(error);
    return { percent: 0, problem: `percent counts as 0: ${why}` };
  }
}

/** A canary is no version of the history yet; it was brought by the commit that gave the folder these files. */
async function answeringCanary(ports: CanarySourcePorts, repository: Repository, model: string, treeId: string) {
  const folder = canaryFolder(model, repository);
  const states = (await ports.git.log(repository.baseCommit, [folder])).get(folder) ?? [];
  const state = states.findLast((each) => each.treeId === treeId);
  if (state === undefined) throw new VersionUnknownError(model, treeId);
  return answeringTree(ports, repository, { model, name: "canary", version: { treeId, sha: state.sha } });
}
