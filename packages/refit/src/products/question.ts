import type { Context } from "./context.ts";
import type { Prepared } from "./prepared.ts";
import type { Snapshot } from "./snapshot.ts";

/** What both models are asked: under which spec, from which data, on which rows. */
export interface Question {
  readonly context: Context;
  readonly snapshot: Snapshot;
  readonly prepared: Prepared;
}
