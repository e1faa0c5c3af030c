import type { LoadedVersion } from "@refit/runtime";
import type { ServedView } from "./views.ts";
import type { RawRefusal, RawRows } from "./raw-rows.ts";
import type { ServedCanary } from "./served-canary.ts";

/** A model that is served: whatever version is live answers. */
export interface ServedModel {
  readonly name: string;
  /** What answers now; `null`: nothing could be loaded yet. A request that has taken it keeps it to its end. */
  readonly version: LoadedVersion | null;
  /** Why what answers may no longer be what is live, in a sentence for the log; `null`: it is. Callers are told that, not why. */
  readonly stale: string | null;
  /** What rows of requests are filled up from, by their keys; left out: from nothing. */
  readonly view?: ServedView;
  /** What prepares raw rows for that version, or why it takes none; `null` or left out: nothing here does. */
  readonly raw?: RawRows | RawRefusal | null;
  /** What is tried out beside it; `null` or left out: nothing. */
  readonly canary?: ServedCanary | null;
}

/** One that has a version to answer with. */
export type ReadyModel = ServedModel & { readonly version: LoadedVersion };

/** A model of this one version, for ever. */
export function pinned(version: LoadedVersion): ServedModel {
  return { name: version.model, version, stale: null };
}
