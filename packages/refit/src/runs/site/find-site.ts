import { RefitError } from "@refit/core/errors";
import { championFolder, type ModelHistory } from "@refit/core/history";
import { attentionLabel, attentionWords, dueSentences, type ModelStatus } from "@refit/core/report";
import type { SiteModel } from "@refit/site";
import { ledgerFiles } from "../../ledger/ledger.ts";
import type { Ports } from "../../ports/index.ts";
import type { RepositoryPages } from "../../ports/pages.ts";
import type { Repository } from "../../ports/repository.ts";
import { readSpecs } from "../../rooms/read.ts";
import { sha256 } from "../../sha256.ts";
import { readModelHistories } from "../../versions/model-history.ts";
import { modelStatuses } from "../status.ts";

export type SitePorts = Pick<
  Ports,
  | "ancestry"
  | "clock"
  | "files"
  | "forge"
  | "git"
  | "largeFiles"
  | "learners"
  | "out"
  | "pages"
  | "sources"
  | "workTree"
>;

/** What the pages are made from, without the ledger and the files of versions. */
export interface FoundSite {
  readonly repository: Repository;
  readonly statuses: readonly ModelStatus[];
  readonly models: readonly Omit<SiteModel, "ledger">[];
  readonly pages: RepositoryPages | null;
  /** Digest of everything the pages are made from: equal digests give equal sites. */
  readonly digest: string;
}

/** Reads git, and asks the forge what `refit status` asks. */
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
  const madeFrom = [
    statuses,
    models.map(({ status, gates, sensitive, history }) => [status, gates, sensitive, historyKey(history)]),
    names.map((model) => championFolder(model, repository)),
    await ledgerIds(ports, repository, names),
    pages && [pages.home, pages.commit("")],
  ];
  return { repository, statuses, models, pages, digest: sha256(JSON.stringify(madeFrom)) };
}

/** Ids of commits and trees stand for their content; the kind of an event and problems of a version can change without them. */
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

function shownStatus(status: ModelStatus, now: number): SiteModel["status"] {
  const { model, state, version, since, learnedUntil, metric, proposal, proposalState, next } = status;
  return {
    model,
    state,
    version,
    since,
    learnedUntil,
    newer: metric?.since ?? null,
    // The page shows the proposal itself, with a link.
    attention: status.attention
      .filter(({ kind }) => kind !== "proposal")
      .map((each) => ({ label: attentionLabel(each, now), what: attentionWords(model, each, now).what })),
    proposal,
    proposalState,
    due: next === null ? [] : dueSentences(next),
  };
}

/** If the settings cannot be read, no gate is drawn and no values of slices are shown. */
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
