import type { LoadedVersion } from "@refit/runtime";
import type { CanaryGuard } from "./canary-guard.ts";
import type { RawRefusal, RawRows } from "./raw-rows.ts";

/** A version that the tree has beside the live one. */
export interface ServedCanary {
  /** `null`: it could not be loaded, and nobody is the worse for it. */
  readonly loaded: LoadedCanary | null;
  /** Share of the keys that it answers by the tree, in percent; 0: it is asked, and the champion answers. */
  readonly percent: number;
  /** Why it could not be loaded, or why its share counts as 0, in a sentence for the log; `null`: neither. */
  readonly problem: string | null;
}

/** One that can be asked. */
export interface LoadedCanary {
  readonly version: LoadedVersion;
  readonly raw: RawRows | RawRefusal | null;
  /** What has stopped it in this process. */
  readonly guard: CanaryGuard;
}

/** The canary of a model, as a request asks it. */
export interface AskedCanary extends Pick<ServedCanary, "percent"> {
  readonly canary: LoadedCanary;
}

/** `null`: there is none, or it is not asked. */
export function askedCanary(canary: ServedCanary | null | undefined): AskedCanary | null {
  const { loaded = null, percent = 0 } = canary ?? {};
  return loaded === null || loaded.guard.stopped !== null ? null : { percent, canary: loaded };
}

/** What a list of models says of one: not why, which is for the log. */
export function canarySummary({ loaded, percent }: ServedCanary): object {
  return {
    treeId: loaded?.version.treeId ?? null,
    percent,
    ready: loaded !== null,
    stopped: loaded?.guard.stopped?.reason ?? null,
  };
}
