import type { FitRequest } from "@refit/core/runtime";

/** Thins out progress to at most twenty calls. Calling it with `total` ends the bar, however early training stopped. */
export function progressOf(total: number, onProgress: FitRequest<unknown>["onProgress"]): (done: number) => void {
  let reported = 0;
  return (done) => {
    const step = Math.floor((20 * done) / total);
    if (step <= reported) return;
    reported = step;
    onProgress?.(done / total);
  };
}
