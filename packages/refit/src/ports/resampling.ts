import type { DrawReplicates } from "@refit/core/statistics";

/** Draws the resamples of a bootstrap with what the machine has. The numbers do not depend on it. */
export interface Resampling {
  /** Loaded only when asked for. */
  open(): Promise<DrawReplicates>;
}
