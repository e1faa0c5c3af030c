import type { FailedModel } from "@refit/core/errors";
import type { WorkerAnswer, WorkerTask } from "../../ports/workers.ts";

/** Of the two ends of a channel both are this very program, so nothing is checked. */
export type ToWorker =
  | { readonly kind: "task"; readonly task: WorkerTask }
  /** It may write until it says that its turn is over. */
  | { readonly kind: "turn" }
  | { readonly kind: "end" };

export type FromWorker =
  | { readonly kind: "progress"; readonly stage: string; readonly done: number | undefined }
  | { readonly kind: "notice" | "print"; readonly sentence: string }
  | { readonly kind: "turn" | "turn-over" }
  | { readonly kind: "answer"; readonly answer: WorkerAnswer }
  | { readonly kind: "stopped"; readonly error: FailedModel; readonly bug: string | null };
