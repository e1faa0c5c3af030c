import { FormatNewerError, VersionBrokenError, VersionUnknownError } from "@refit/core/errors";
import { championFolder, knownFormat } from "@refit/core/history";
import type { FollowedSource, FoundFiles } from "../../ports/http-server.ts";
import type { Ports } from "../../ports/index.ts";
import type { Repository } from "../../ports/repository.ts";
import { historyOfNamed } from "../../versions/unknown-model.ts";
import { answeringVersion } from "../predict/answering-version.ts";
import { canaryIds, canarySource, type CanaryIds } from "./canary-source.ts";
import { filesOfTree } from "./tree-files.ts";
import { versionOpener } from "./version-opener.ts";

type BaseLookPorts = Pick<Ports, "files" | "git" | "ancestry">;
type LivePorts = BaseLookPorts & Parameters<typeof versionOpener>[0];

/** What the base branch has, for all models. */
interface BaseLook {
  readonly repository: Repository;
  /** Counts how often the branch was rewritten; of the same one, this look's commit follows the other's. */
  readonly rewritten: number;
  /** Id of what is at the champion's place, by model; `null`: nothing. */
  readonly folders: ReadonlyMap<string, string | null>;
  /** What stands beside it, by model; `null`: nothing. */
  readonly canaries: ReadonlyMap<string, CanaryIds | null>;
}

type LiveFiles = Omit<FoundFiles, "tools" | "raw" | "canary">;

/** What a model was found as, when the base branch was there. */
interface LastFound {
  readonly look: BaseLook;
  readonly found: LiveFiles;
}

/**
 * Says which versions are live on the base branch, each time they are asked; of a damaged folder the last valid one. Who asks at a time asks git once,
 * and the history of a model is read only where its folder has changed.
 */
export function liveSources(ports: LivePorts, names: readonly string[]): readonly FollowedSource[] {
  const look = baseLooks(ports, names);
  return names.map((name) => {
    let last: LastFound | null = null;
    const opener = versionOpener(ports, (repository, treeId) => answeringVersion(ports, repository, name, treeId));
    const canaryOf = canarySource(ports, name);
    return {
      name,
      async find() {
        const now = await look();
        const known = last !== null && isUnchanged(name, last, now) ? last.found : null;
        const found = known ?? (await liveVersion(ports, now.repository, name));
        last = { look: now, found };
        const ids = now.canaries.get(name)!;
        const canary = ids && (await canaryOf(now.repository, ids));
        return { ...found, ...opener(now.repository, found.treeId), canary };
      },
    };
  });
}

function baseLooks(ports: BaseLookPorts, names: readonly string[]): () => Promise<BaseLook> {
  let last: BaseLook | null = null;
  let looking: Promise<BaseLook> | null = null;
  async function look(): Promise<BaseLook> {
    const repository = await ports.git.locate();
    const { baseCommit } = repository;
    const before = last?.repository.baseCommit ?? baseCommit;
    if (last !== null && before === baseCommit) return last;
    const goesOn = before === baseCommit || (await ports.ancestry.mergeBase(before, baseCommit)) === before;
    const [ids, beside] = await Promise.all([
      Promise.all(names.map((name) => ports.git.resolve(`${baseCommit}:${championFolder(name, repository)}`))),
      Promise.all(names.map((name) => canaryIds(ports, repository, name))),
    ]);
    const rewritten = (last?.rewritten ?? 0) + (goesOn ? 0 : 1);
    const folders = new Map(names.map((name, i) => [name, ids[i]!]));
    return { repository, rewritten, folders, canaries: new Map(names.map((name, i) => [name, beside[i]!])) };
  }
  const looked = async () => (last = await look());
  return () =>
    (looking ??= looked().finally(() => {
      looking = null;
    }));
}

/** The same folder on a branch that only went on is the same version by the same number. */
function isUnchanged(name: string, { look, found }: LastFound, now: BaseLook): boolean {
  if (look === now) return true;
  const isSame = look.rewritten === now.rewritten && look.folders.get(name) === now.folders.get(name);
  return isSame && found.stale === null;
}

/** @throws VersionUnknownError, VersionBrokenError, FormatNewerError */
async function liveVersion(ports: BaseLookPorts, repository: Repository, model: string): Promise<LiveFiles> {
  const { history } = await historyOfNamed(ports, repository, model);
  const { champion, state } = history;
  if (champion === null) throw new VersionUnknownError(model, "that is live");
  const { number, treeId, newerFormat, broken } = champion;
  if (newerFormat !== null) {
    throw new FormatNewerError(
      `${championFolder(model, repository)}/lineage.json (v${number})`,
      newerFormat,
      knownFormat,
    );
  }
  if (broken !== null) throw new VersionBrokenError(model, number, broken);
  return {
    id: treeId,
    treeId,
    version: `v${number}`,
    stale:
      state === "broken" ? `The folder on ${repository.baseBranch} is damaged; the last valid version answers.` : null,
    read: filesOfTree(ports, treeId),
  };
}
