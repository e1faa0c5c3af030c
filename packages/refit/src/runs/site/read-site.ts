import { answerOf } from "@refit/core/answers";
import { RefitError } from "@refit/core/errors";
import { championFolder, type ModelVersion } from "@refit/core/history";
import { attentionLabel, attentionWords, dueSentences, type ModelStatus, waysToUse } from "@refit/core/report";
import type { Site, SiteModel } from "@refit/site";
import { readLedgers } from "../../ledger/ledger.ts";
import type { Ports } from "../../ports/index.ts";
import type { Repository } from "../../ports/repository.ts";
import { readSpecs } from "../../rooms/read.ts";
import { readModelHistories } from "../../versions/model-history.ts";
import { modelStatuses } from "../status.ts";

export type SitePorts = Pick<
  Ports,
  "ancestry" | "clock" | "files" | "forge" | "git" | "largeFiles" | "learners" | "out" | "pages" | "sources"
>;

/** What the pages are made of, besides what versions say of themselves. */
export interface KnownSite extends Site {
  readonly repository: Repository;
}

/** Reads git, and asks the forge what `status` asks it. */
export async function readSite(ports: SitePorts, repository: Repository): Promise<KnownSite> {
  const statuses = await modelStatuses(ports, repository);
  const names = statuses.map(({ model }) => model);
  const histories = await readModelHistories(ports, repository, names);
  const ledgers = await readLedgers(ports, repository, names);
  const models: SiteModel[] = [];
  for (const status of statuses) {
    const { history, metrics } = histories.get(status.model)!;
    const ledger = ledgers.get(status.model)!.rows;
    models.push({
      status: shownStatus(status, ports.clock.now()),
      history,
      metrics,
      ledger,
      ...(await policyOf(ports, repository, status.model)),
    });
  }
  return { models, statusJson: answerOf(statuses), repository, placeOf: await placesIn(ports, repository, models) };
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
  ports: SitePorts,
  repository: Repository,
  models: readonly SiteModel[],
): Promise<Site["placeOf"]> {
  const pages = await ports.pages.find();
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
