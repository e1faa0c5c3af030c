import path from "node:path";
import { instantText } from "@refit/core/answers";
import { championFolder, flatName, type Lineage, type ModelVersion } from "@refit/core/history";
import { waysToUse, type ShownVersion } from "@refit/core/report";
import { onnxLearners } from "@refit/tabular/descriptors";
import type { KeptReport } from "../../ports/kept-report.ts";
import type { Ports } from "../../ports/index.ts";
import type { RepositoryPages } from "../../ports/pages.ts";
import type { Repository } from "../../ports/repository.ts";
import { sha256 } from "../../sha256.ts";
import { findVersion } from "../../versions/find-version.ts";
import { historyOfNamed } from "../../versions/unknown-model.ts";
import { readLineage } from "../../versions/read-lineage.ts";
import { readPolicy } from "../reconcile.ts";
import { orFailed } from "../or-failed.ts";
import { findRun } from "../past.ts";

export type ShowPorts = Pick<Ports, "ancestry" | "files" | "forge" | "git" | "largeFiles" | "learners" | "pages">;

/** What is shown; its JSON is a `ShownVersion`. */
export type VersionOnShow = Omit<ShownVersion, "lineage"> & { readonly lineage: Lineage | null };

/** A version, as it was found. */
interface LocatedVersion {
  readonly repository: Repository;
  readonly model: string;
  readonly version: ModelVersion;
  readonly lineage: Lineage | null;
  readonly pages: RepositoryPages | null;
}

/**
 * One version, and where everything of it is. Reads git only: addresses on a forge are made, not asked for.
 *
 * @param wanted as `findVersion` takes it.
 * @throws VersionUnknownError
 */
export async function showVersion(ports: ShowPorts, model: string, wanted: string | undefined): Promise<VersionOnShow> {
  const repository = await ports.git.locate();
  const { history, metrics } = await historyOfNamed(ports, repository, model);
  const version = findVersion(model, history, wanted);
  const { number, treeId, sha, committedAt, author, subject, broken, parent, inputDigest, newerFormat } = version;
  const lineage = await readLineage(ports, repository, `${treeId}:lineage.json`);
  const found: LocatedVersion = { repository, model, version, lineage, pages: await ports.pages.find() };
  const live = history.champion?.treeId === treeId;
  const answersAnywhere = onnxLearners.some((each) => each === lineage?.learner.name);
  return {
    format: 1,
    schema: "shown-version",
    model,
    live,
    version: {
      number,
      treeId,
      sha,
      committedAt: instantText(committedAt),
      author,
      subject,
      broken,
      parent,
      inputDigest,
      newerFormat,
    },
    places: await placesOf(ports, found),
    files: await filesOf(ports, found),
    use:
      lineage === null || broken !== null
        ? []
        : waysToUse({
            folder: championFolder(model, repository),
            lineage,
            version: `v${number}`,
            commit: sha,
            live,
            answersAnywhere,
          }),
    metrics: { ...metrics.get(treeId) },
    lineage,
  };
}

async function placesOf(ports: ShowPorts, found: LocatedVersion): Promise<ShownVersion["places"]> {
  const { repository, model, version, pages } = found;
  const { sha, treeId, subject, number } = version;
  const folder = championFolder(model, repository);
  const tag = `${flatName(model)}@v${number}`;
  const tagged = (await ports.git.resolve(`refs/tags/${tag}^{commit}`)) !== null;
  // A spec that cannot be read is told by whoever needs it.
  const publish = await orFailed<readonly string[]>(
    async () => (await readPolicy(ports, repository, model)).publish,
    () => [],
  );
  const isReleased = tagged && publish.includes("release");
  return {
    repository: pages?.home ?? null,
    folder,
    commit: { id: sha, url: pages?.commit(sha) ?? null },
    tree: { id: treeId, url: pages?.tree(sha, folder) ?? null },
    tag: { name: tag, exists: tagged, url: tagged ? (pages?.tree(tag, folder) ?? null) : null },
    pullRequest: pages?.pullRequest(subject) ?? null,
    release: isReleased ? (pages?.release(tag) ?? null) : null,
    report: await reportOf(ports, found),
  };
}

/** In the ledger of this clone, or of the remote as it was fetched last. What cannot be read there is not in the way. */
async function reportOf(
  ports: ShowPorts,
  { repository, model, version, pages }: LocatedVersion,
): Promise<ShownVersion["places"]["report"]> {
  const kept = await orFailed<KeptReport | null>(
    async () => (await findRun(ports, repository, model, `v${version.number}`))?.kept ?? null,
    () => null,
  );
  if (kept === null) return null;
  const { commit, path: page } = kept;
  return { commit, path: page, read: `git show ${commit}:${page}`, url: pages?.tree(commit, page) ?? null };
}

async function filesOf(ports: ShowPorts, found: LocatedVersion): Promise<ShownVersion["files"]> {
  const { repository, model, version, lineage, pages } = found;
  const folder = championFolder(model, repository);
  const entries = await ports.git.list(version.treeId);
  const large = await ports.largeFiles.tracked(
    repository,
    entries.map((entry) => path.posix.join(folder, entry.path)),
  );
  const [own] = await ports.git.read([`${version.treeId}:lineage.json`]);
  return entries.map((entry) => {
    const place = `${folder}/${entry.path}`;
    const listed =
      entry.path === "lineage.json" && own
        ? { sha256: sha256(own), bytes: own.byteLength }
        : (Object.entries(lineage?.files ?? {}).find(([file]) => file === entry.path)?.[1] ?? null);
    const lfs = large.has(place);
    return {
      path: entry.path,
      sha256: listed?.sha256 ?? null,
      bytes: listed?.bytes ?? null,
      blob: entry.id,
      lfs,
      object: `${version.sha}:${place}`,
      read: `git cat-file blob ${entry.id}${lfs ? " | git lfs smudge" : ""}`,
      url: pages?.content(version.sha, place) ?? null,
    };
  });
}
