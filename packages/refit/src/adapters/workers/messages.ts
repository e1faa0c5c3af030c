import type { FailedModel } from "@refit/core/errors";
import type { WorkerAnswer, WorkerTask } from "../../ports/workers.ts";
import type { RefMove } from "./ref-moves.ts";

/** Of the two ends of a channel both are this very program, so nothing is checked. */
export type ToWorker =
  | { readonly kind: "task"; readonly task: WorkerTask }
  /** It may write until it says that its turn is over. What all have moved since its last one, itself included. */
  | { readonly kind: "turn"; readonly moves: readonly RefMove[] }
  | { readonly kind: "end" };

export type FromWorker =
  | { readonly kind: "progress"; readonly stage: string; readonly done: number | undefined }
  | { readonly kind: "notice" | "print"; readonly sentence: string }
  | { readonly kind: "turn" | "turn-over" }
  /** It has moved them, in its turn. */
  | { readonly kind: "moved"; readonly moves: readonly RefMove[] }
  | { readonly kind: "answer"; readonly answer: WorkerAnswer }
  | { readonly kind: "stopped"; readonly error: FailedModel; readonly bug: string | null };
