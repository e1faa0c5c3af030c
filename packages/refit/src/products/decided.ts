import type { RetrainDecision } from "@refit/core/decide";
import type { Context } from "./context.ts";
import type { Observation } from "./observation.ts";
import type { Snapshot } from "./snapshot.ts";

/** A run up to its decision: what it knew, and what it made of that. */
export interface Decided {
  readonly context: Context;
  readonly snapshot: Snapshot;
  readonly observation: Observation;
  readonly decision: RetrainDecision;
}
