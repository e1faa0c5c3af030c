import { createApp } from "./app.ts";
import { follow, type VersionSource } from "./follow.ts";
import { closedBySignal, listen, type ListenOptions } from "./listen.ts";
import { remoteLook, unlessStale } from "./remote-look.ts";
import type { ServedModel } from "./served-model.ts";

export interface ServeRequest extends Pick<ListenOptions, "host" | "port"> {
  readonly models: readonly { readonly name: string; readonly find: VersionSource }[];
  /** Brings what a remote has, before each look; it throws where that has not answered. */
  readonly bring?: () => Promise<void>;
  readonly pollMilliseconds: number;
  /** Told once requests are answered, at this address. */
  readonly onListening: (address: string) => void;
  readonly onChange: (model: ServedModel) => void;
  readonly onError: (error: unknown, requestId: string) => void;
}

/** What `refit serve` does: follows the models and answers for them until the process is told to end. @throws as `listen` does */
export async function serveSources(request: ServeRequest): Promise<void> {
  const { pollMilliseconds, onChange, onError, host, port } = request;
  const remote = remoteLook(request.bring ?? (async () => {}), { now: () => performance.now() });
  const models = await Promise.all(
    request.models.map(async ({ name, find }) =>
      follow(name, (answering) => unlessStale(remote, () => find(answering)), { pollMilliseconds, onChange }),
    ),
  );
  const place = { ...(host !== undefined && { host }), ...(port !== undefined && { port }) };
  try {
    const listening = await listen(createApp(models, { onError }), place);
    request.onListening(listening.address);
    await closedBySignal(listening);
  } finally {
    for (const model of models) model.close();
  }
}
