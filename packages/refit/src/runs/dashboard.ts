import { RefitError } from "@refit/core/errors";
import { type DashboardModel, dashboardText, type ModelStatus } from "@refit/core/report";
import type { DashboardPage, TakenBoxes } from "../ports/dashboard.ts";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { modelStatuses } from "./status.ts";

export type DashboardPorts = Pick<Ports, "dashboard" | "publication"> & Parameters<typeof modelStatuses>[0];

/** What `refit dashboard --json` prints. */
export interface DashboardRun {
  /** Where the page is; `null`: there is none. */
  readonly url: string | null;
  readonly operation: DashboardPage["operation"] | "none";
  /** Boxes that somebody has ticked, where that started the run; `null`: something else did. */
  readonly boxes: TakenBoxes | null;
}

/** Takes the boxes whose ticks started this run; in any other, brings the page up to date. */
export async function keepDashboard(ports: DashboardPorts, repository: Repository): Promise<DashboardRun> {
  const boxes = isOn(repository) && ports.publication.allowed ? await ports.dashboard.take(repository) : null;
  const page = boxes === null ? await ensureDashboard(ports, repository) : null;
  return { url: page?.url ?? null, operation: page?.operation ?? "none", boxes };
}

const isOn = ({ layout }: Repository) => layout?.dashboard === "issue";

/**
 * Brings about that the page says how the models are, where `refit.yaml` asks for one. It is a view: what is in its way is said, and stops nothing.
 *
 * @returns `null`: there is no page, or nothing leaves this clone.
 */
export async function ensureDashboard(ports: DashboardPorts, repository: Repository): Promise<DashboardPage | null> {
  if (!isOn(repository) || !ports.publication.allowed) return null;
  const limit = ports.forge.limits.dashboardCharacters;
  if (limit === null) {
    ports.out.notice(
      "`dashboard: issue` was left out: without GitHub there are no issues. `refit status` shows the same.",
    );
    return null;
  }
  return orNotice(ports, async () => {
    const text = dashboardText(await shownModels(ports, repository), limit);
    return ports.dashboard.ensure(repository, text);
  });
}

/** Closes a page that an earlier `refit.yaml` has asked for. */
export async function closeDashboard(
  ports: Pick<Ports, "dashboard" | "out" | "publication">,
  repository: Repository,
): Promise<void> {
  if (isOn(repository) || !ports.publication.allowed) return;
  await orNotice(ports, () => ports.dashboard.ensure(repository, null));
}

/** What the page says, whether or not there is one. */
export async function shownModels(
  ports: Parameters<typeof modelStatuses>[0],
  repository: Repository,
): Promise<readonly DashboardModel[]> {
  const models: DashboardModel[] = [];
  for (const status of await modelStatuses(ports, repository))
    models.push({ status, alert: hasAlert(status) ? await alertOf(ports, repository, status.model) : null });
  return models;
}

const hasAlert = ({ attention }: ModelStatus) => attention.some(({ kind }) => kind === "blocked" || kind === "broken");

async function alertOf({ forge }: Pick<Ports, "forge">, repository: Repository, model: string): Promise<string | null> {
  return (await forge.alert(repository, model))?.url ?? null;
}

async function orNotice<T>({ out }: Pick<Ports, "out">, work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof RefitError)) throw error;
    out.notice(`The dashboard was not changed: ${error.message} ${error.hint}`);
    return null;
  }
}
