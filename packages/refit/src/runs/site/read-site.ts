import { answerOf } from "@refit/core/answers";
import { RefitError } from "@refit/core/errors";
import { championFolder, type ModelHistory, type ModelVersion } from "@refit/core/history";
import { attentionLabel, attentionWords, dueSentences, type ModelStatus, waysToUse } from "@refit/core/report";
import type { Site, SiteModel } from "@refit/site";
import { ledgerFiles, readLedgers } from "../../ledger/ledger.ts";
import type { Ports } from "../../ports/index.ts";
import type { RepositoryPages } from "../../ports/pages.ts";
import type { Repository } from "../../ports/repository.ts";
import { readSpecs } from "../../rooms/read.ts";
import { sha256 } from "../../sha256.ts";
import { readModelHistories } from "../../versions/model-history.ts";
import { modelStatuses } from "../status.ts";

export type SitePorts = Pick<
  Ports,
  "ancestry" | "clock" | "files" | "forge" | "git" | "largeFiles" | "learners" | "out" | "pages" | "sources"
>;

/** What the pages are made of, besides the ledger and what versions say of themselves. */
export interface FoundSite {
  readonly repository: Repository;
  readonly statuses: readonly ModelStatus[];
  readonly models: readonly Omit<SiteModel, "ledger">[];
  readonly pages: RepositoryPages | null;
  /** Of all that decides the pages: equal digests, equal sites. */
  readonly digest: string;
}

/** Reads git, and asks the forge what `status` asks it. */
export async function findSite(ports: SitePorts, repository: Repository): Promise<FoundSite> {
  const statuses = await modelStatuses(ports, repository);
  const names = statuses.map(({ model }) => model);
  const histories = await readModelHistories(ports, repository, names);
  const models: FoundSite["models"][number][] = [];
  for (const status of statuses) {
    const { history, metrics } = histories.get(status.model)!;
    const policy = await policyOf(ports, repository, status.model);
    models.push({ status: shownStatus(status, ports.clock.now()), history, metrics, ...policy });
  }
  const pages = await ports.pages.find();
  const decides = [
    statuses,
    models.map(({ status, gates, sensitive, history }) => [status, gates, sensitive, historyKey(history)]),
    names.map((model) => championFolder(model, repository)),
    await ledgerIds(ports, repository, names),
    pages && [pages.home, pages.commit("")],
  ];
  return { repository, statuses, models, pages, digest: sha256(JSON.stringify(decides)) };
}

/** A commit and a tree name all that is in them, but not what is thought of them. */
function historyKey({ events, versions }: ModelHistory): readonly string[] {
  return [
    ...events.map(({ commit, treeId, kind }) => `${commit.sha} ${treeId} ${kind}`),
    ...versions.flatMap(({ number, broken, newerFormat }) =>
      broken === null && newerFormat === null ? [] : `${number} ${newerFormat} ${broken}`,
    ),
  ];
}

async function ledgerIds(ports: SitePorts, repository: Repository, models: readonly string[]) {
  const places = await ledgerFiles(ports, repository, models);
  return Promise.all(places.map((place) => ports.git.resolve(place)));
}

/** All that the pages are made of, besides what versions say of themselves. */
export async function readSite(ports: SitePorts, found: FoundSite): Promise<Site> {
  const { repository, statuses, pages } = found;
  const ledgers = await readLedgers(
    ports,
    repository,
    statuses.map(({ model }) => model),
  );
  const models = found.models.map((model) => ({ ...model, ledger: ledgers.get(model.status.model)!.rows }));
  return { models, statusJson: answerOf(statuses), placeOf: await placesIn(repository, models, pages) };
}

function shownStatus(status: ModelStatus, now: number): SiteModel["status"] {
  const { model, state, version, since, learnedUntil, metric, proposal, proposalState, next } = status;
  return {
    model,
    state,
    version,
    since,
    learnedUntil,
    newer: metric?.since ?? null,
    // The proposal has a link of its own.
    attention: status.attention
      .filter(({ kind }) => kind !== "proposal")
      .map((each) => ({ label: attentionLabel(each, now), what: attentionWords(model, each, now).what })),
    proposal,
    proposalState,
    due: next === null ? [] : dueSentences(next),
  };
}

/** Of a spec that cannot be read nothing is known: no gate is drawn, and no value of a slice is shown. */
async function policyOf(
  ports: SitePorts,
  repository: Repository,
  model: string,
): Promise<Pick<SiteModel, "gates" | "sensitive">> {
  try {
    const { spec, manifest } = await readSpecs(ports, repository, model, { workTree: false, isCompared: false });
    const { primary } = spec.metrics;
    const gates = spec.gates.flatMap(({ metric, slice, min, max }) => {
      const [sign, value] = min === undefined ? ["at most", max] : ["at least", min];
      return metric !== primary || slice !== undefined || value === undefined
        ? []
        : [{ label: `gate today: ${sign} ${value}`, value }];
    });
    return { gates, sensitive: manifest.sensitive };
  } catch (error) {
    if (error instanceof RefitError) return { gates: [], sensitive: null };
    throw error;
  }
}

/** Addresses on the forge, and commands: made of names and ids. */
async function placesIn(
  repository: Repository,
  models: readonly SiteModel[],
  pages: RepositoryPages | null,
): Promise<Site["placeOf"]> {
  const live = new Set(models.map(({ history }) => history.champion?.treeId));
  const { onnxLearners } = await import("@refit/tabular/onnx");
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
