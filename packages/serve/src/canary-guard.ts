/** How one request went with the canary, where the champion could answer it. */
export type CanaryOutcome = "answered" | "failed" | "slow";

/** Why a server does not ask a canary any more. */
export interface CanaryStop {
  readonly reason: "failed" | "slow";
  /** For the log, as sentences. */
  readonly message: string;
}

/** Requests that are looked back at. */
export const guardWindow = 100;
/** Of these, so many may fail at most: an error, rows that the champion takes and it does not, or an answer that is not a finite number. */
const mostFailed = 4;
/** Of these, so many may take longer than the limit while the champion did not. */
const mostSlow = 19;

/** Judges a canary by what it did, and never takes its judgement back. */
export interface CanaryGuard {
  /** `null`: nothing speaks against it. */
  readonly stopped: CanaryStop | null;
  /** @param why it failed, for the log */
  note(outcome: CanaryOutcome, why?: string): void;
}

/** @param onStop told once */
export function canaryGuard(onStop: (stop: CanaryStop) => void = () => {}): CanaryGuard {
  const last: CanaryOutcome[] = [];
  const counts = { answered: 0, failed: 0, slow: 0 };
  let stopped: CanaryStop | null = null;
  return {
    get stopped() {
      return stopped;
    },
    note(outcome, why) {
      if (stopped !== null) return;
      last.push(outcome);
      counts[outcome] += 1;
      if (last.length > guardWindow) counts[last.shift()!] -= 1;
      stopped = stopOf(counts, last.length, why);
      if (stopped !== null) onStop(stopped);
    },
  };
}

function stopOf(counts: Readonly<Record<CanaryOutcome, number>>, requests: number, why = ""): CanaryStop | null {
  const said = (count: number, what: string) => `${count} of its last ${requests} requests ${what}.`;
  if (counts.failed > mostFailed) {
    return { reason: "failed", message: `${said(counts.failed, "failed")} ${why}`.trimEnd() };
  }
  return counts.slow > mostSlow
    ? { reason: "slow", message: said(counts.slow, "took longer than the limit, and the champion did not") }
    : null;
}
