import { createApp } from "./app.ts";
import { follow, type FollowedModel, type VersionSource } from "./follow.ts";
import { followView, type ViewSource } from "./follow-view.ts";
import { closedBySignal, listen, type ListenOptions } from "./listen.ts";
import { remoteLook, unlessStale } from "./remote-look.ts";
import { logFolder } from "./log-file.ts";
import { logEvents } from "./log-events.ts";
import type { RowKey } from "./row-values.ts";
import { predictionLog, type LogOptions, type PredictionLog } from "./prediction-log.ts";
import type { ServedModel } from "./served-model.ts";
import type { ServedView } from "./views.ts";

export interface ServeRequest extends Pick<ListenOptions, "host" | "port"> {
  readonly models: readonly RequestedModel[];
  /** Brings what a remote has, before each look; it throws where that has not answered. */
  readonly bring?: () => Promise<void>;
  readonly pollMilliseconds: number;
  /** How long a canary may take for up to 1,024 rows; left out: as `createApp` has it. */
  readonly canaryMilliseconds?: number;
  /** Of a model: columns that name what a row is about, by which rows are divided between champion and canary. */
  readonly key: (model: string) => RowKey;
  /** Left out: answers are not written down. */
  readonly log?: RequestedLog;
  /** Told what answers after the first look, before requests are answered; where it throws, none is. Left out: nobody asks. */
  readonly onFollowed?: (models: readonly ServedModel[]) => void;
  /** Told once requests are answered, at this address. */
  readonly onListening: (address: string) => void;
  readonly onChange: (model: ServedModel) => void;
  readonly onViewChange: (view: ServedView, model: string) => void;
  readonly onError: (error: unknown, requestId: string) => void;
}

/** Where answers are written down, and what of them. */
interface RequestedLog extends Pick<LogOptions, "share" | "columns" | "keys"> {
  /** A folder, or the address of what takes CloudEvents. */
  readonly place: string;
  readonly onFailure: (error: unknown) => void;
}

interface RequestedModel {
  readonly name: string;
  readonly find: VersionSource;
  /** Where the values lie that rows are filled up from; left out: nowhere. */
  readonly view?: ViewSource;
}

/** What `refit serve` does: follows the models and answers for them until the process is told to end. @throws as `listen` does, and where a view cannot be read at first */
export async function serveSources(request: ServeRequest): Promise<void> {
  const { pollMilliseconds, canaryMilliseconds, onChange, onError, key, host, port } = request;
  const remote = remoteLook(request.bring ?? (async () => {}), { now: () => performance.now() });
  const models = await Promise.all(
    request.models.map(async ({ name, find, view }) => {
      const live: VersionSource = (answering) => unlessStale(remote, () => find(answering));
      return view === undefined
        ? follow(name, live, { pollMilliseconds, onChange })
        : followBoth({ name, find: live, view }, request);
    }),
  );
  const place = { ...(host !== undefined && { host }), ...(port !== undefined && { port }) };
  const log = request.log && openLog(request.log);
  try {
    request.onFollowed?.(models);
    const limits = canaryMilliseconds === undefined ? {} : { canaryMilliseconds };
    const listening = await listen(
      createApp(models, { onError, key, limits, ...(log !== undefined && { log }) }),
      place,
    );
    request.onListening(listening.address);
    await closedBySignal(listening);
  } finally {
    for (const model of models) model.close();
    await log?.close();
  }
}

function openLog({ place, onFailure, ...options }: RequestedLog): PredictionLog {
  const isAddress = /^https?:/.test(place);
  const sink = isAddress ? logEvents(place, { source: "urn:refit:serve" }) : logFolder(place);
  return predictionLog(sink, { ...options, onError: onFailure });
}

/** The view is looked at before the version, whenever that is. */
async function followBoth(
  { name, find, view: source }: Required<RequestedModel>,
  { pollMilliseconds, onChange, onViewChange }: ServeRequest,
): Promise<ServedModel & Pick<FollowedModel, "close">> {
  const view = await followView(source, (changed) => onViewChange(changed, name));
  const findBoth: VersionSource = async (answering) => {
    await view.check();
    return find(answering);
  };
  const model = await follow(name, findBoth, { pollMilliseconds, onChange });
  return {
    name,
    view,
    get version() {
      return model.version;
    },
    get stale() {
      return model.stale;
    },
    get raw() {
      return model.raw ?? null;
    },
    get canary() {
      return model.canary ?? null;
    },
    close: () => model.close(),
  };
}
