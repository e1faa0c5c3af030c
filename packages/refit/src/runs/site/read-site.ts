import { answerOf } from "@refit/core/answers";
import { championFolder, type ModelVersion } from "@refit/core/history";
import { waysToUse } from "@refit/core/report";
import type { Site, SiteModel } from "@refit/site";
import { onnxLearners } from "@refit/tabular/descriptors";
import { readLedgers } from "../../ledger/ledger.ts";
import type { RepositoryPages } from "../../ports/pages.ts";
import type { Repository } from "../../ports/repository.ts";
import type { FoundSite, SitePorts } from "./find-site.ts";

/** What the pages are made from, without the files of versions. */
export async function readSite(ports: SitePorts, found: FoundSite): Promise<Site> {
  const { repository, statuses, pages } = found;
  const ledgers = await readLedgers(
    ports,
    repository,
    statuses.map(({ model }) => model),
  );
  const models = found.models.map((model) => ({ ...model, ledger: ledgers.get(model.status.model)!.rows }));
  return { models, statusJson: answerOf(statuses), linksOf: linksIn(repository, models, pages) };
}

/** Addresses on the forge, and how to use a version: from names and ids, without a request. */
function linksIn(repository: Repository, models: readonly SiteModel[], pages: RepositoryPages | null): Site["linksOf"] {
  const live = new Set(models.map(({ history }) => history.champion?.treeId));
  return (model, { number, treeId, sha, subject, broken }: ModelVersion) => ({
    commitPage: pages?.commit(sha) ?? null,
    pullRequest: pages?.pullRequest(subject) ?? null,
    use({ origin }) {
      if (origin === null || broken !== null) return [];
      const settings = JSON.parse(origin.settings) as Record<string, never>;
      return waysToUse({
        folder: championFolder(model, repository),
        lineage: { model, learner: { name: origin.learner, algorithmVersion: 0, settings } },
        version: `v${number}`,
        commit: sha,
        live: live.has(treeId),
        answersAnywhere: onnxLearners.some((each) => each === origin.learner),
      });
    },
  });
}
