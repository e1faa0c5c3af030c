import type { Canary, StoppedCanary } from "@refit/core/history";
import type { RolloutFile } from "@refit/core/judge";

/** A canary on the base branch, with what its `rollout.yaml` says. */
export interface LiveCanary extends Canary {
  /** `null`: there is no such file. */
  readonly file: RolloutFile | null;
  /** The share of requests that it answers; `null`: the file is missing or cannot be read. */
  readonly percent: number | null;
  /** Another champion is live than the one that it was compared with. */
  readonly championMoved: boolean;
}

/** The canaries of a model on the base branch. */
export interface LiveCanaries {
  /** `null`: none is there. */
  readonly running: LiveCanary | null;
  readonly stopped: readonly StoppedCanary[];
}

export const noCanaries: LiveCanaries = { running: null, stopped: [] };
