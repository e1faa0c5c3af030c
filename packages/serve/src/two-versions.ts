import { others } from "./predict-in-parts.ts";
import { RefusedRequest } from "./refused-request.ts";
import type { RowArms } from "./row-arms.ts";
import type { Score, VersionAnswers } from "./version-answers.ts";
import type { CanaryGuard } from "./canary-guard.ts";

/** How asking a canary went, for metrics: `left` were not asked in time, or took long as the champion did. */
export type CanaryAsked = "answered" | "failed" | "slow" | "left";

/** What both versions are asked. */
export interface TwoScores {
  readonly champion: Score;
  readonly canary: Score;
  readonly arms: RowArms;
  readonly guard: CanaryGuard;
  /** How long the version may take whose answer is not needed, in milliseconds. */
  readonly limit: number;
  /** Instant of `performance.now()` at which the time of the request is over. */
  readonly until: number;
  readonly onCanary: (outcome: CanaryAsked) => void;
}

/** What callers get, and what the other version says to the same rows. */
export interface TwoAnswers {
  /** `null`: no row gets an answer of it. */
  readonly champion: VersionAnswers | null;
  readonly canary: VersionAnswers | null;
  /** Of the version that no row has its answer from: `null` where it did not answer in time. It never fails. */
  readonly other: Promise<VersionAnswers | null>;
}

type ScoreAttempt =
  | { readonly kind: "answered"; readonly scored: VersionAnswers }
  | { readonly kind: "failed"; readonly why: string }
  | { readonly kind: "late" };

/**
 * Asks both versions, and first the one whose answer the rows get. The other is asked after the answer went out, so that nobody waits for it. A canary
 * that fails or takes too long is stood in for by the champion.
 *
 * @throws what asking the champion throws
 */
export async function askBoth(asked: TwoScores): Promise<TwoAnswers> {
  const { champion, arms, limit, until } = asked;
  const { isCanary } = arms;
  if (isCanary === null) {
    const scored = await champion(until);
    return { champion: scored, canary: null, other: laterCanary(asked, scored) };
  }
  const isWhole = !isCanary.includes(false);
  const before = isWhole ? null : await champion(until);
  const attempt = await attempted(asked.canary, Math.min(limit, until - performance.now()));
  if (attempt.kind === "answered") {
    judged(asked, attempt, null);
    const canary = attempt.scored;
    if (before !== null) return { champion: before, canary, other: Promise.resolve(null) };
    return { champion: null, canary, other: laterChampion(asked) };
  }
  const instead = before ?? (await champion(until));
  judged(asked, attempt, instead);
  return { champion: instead, canary: null, other: Promise.resolve(null) };
}

async function laterCanary(asked: TwoScores, champion: VersionAnswers): Promise<VersionAnswers | null> {
  if (!(await isInTime(asked.limit))) {
    asked.onCanary("left");
    return null;
  }
  const attempt = await attempted(asked.canary, asked.limit);
  judged(asked, attempt, champion);
  return attempt.kind === "answered" ? attempt.scored : null;
}

async function laterChampion({ champion, limit }: TwoScores): Promise<VersionAnswers | null> {
  if (!(await isInTime(limit))) return null;
  const attempt = await attempted(champion, limit);
  return attempt.kind === "answered" ? attempt.scored : null;
}

/** Lets the answer go out. A server that has no time to spare leaves the other version unasked. */
async function isInTime(limit: number): Promise<boolean> {
  const start = performance.now();
  await others();
  return performance.now() - start <= limit;
}

/** What comes too late is dropped: a model cannot be interrupted, so that one which computes here is known to be late only when it is done. */
async function attempted(score: Score, limit: number): Promise<ScoreAttempt> {
  const until = performance.now() + limit;
  const late: ScoreAttempt = { kind: "late" };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLong = new Promise<ScoreAttempt>((settle) => {
    timer = setTimeout(() => settle(late), limit);
  });
  const inTime = async (): Promise<ScoreAttempt> => {
    try {
      const scored = await score(until);
      if (performance.now() > until) return late;
      return hasFiniteAnswers(scored)
        ? { kind: "answered", scored }
        : { kind: "failed", why: "An answer is not a finite number." };
    } catch (error) {
      return isTooLate(error) ? late : { kind: "failed", why: String(error) };
    }
  };
  const attempt = await Promise.race([inTime(), tooLong]);
  clearTimeout(timer);
  return attempt;
}

const isTooLate = (error: unknown) => error instanceof RefusedRequest && error.words.code === "took-too-long";

function hasFiniteAnswers({ answers }: VersionAnswers): boolean {
  return answers.every((answer) =>
    answer.kind === "value" ? Number.isFinite(answer.value) : answer.probabilities.every(Number.isFinite),
  );
}

/** @param champion what the champion answered to the same rows; `null`: it was not asked yet */
function judged({ guard, limit, onCanary }: TwoScores, attempt: ScoreAttempt, champion: VersionAnswers | null): void {
  // What is slow for both is the machine.
  const isSlowToo = attempt.kind === "late" && (champion === null || champion.milliseconds > limit);
  const outcome = attempt.kind !== "late" ? attempt.kind : isSlowToo ? "left" : "slow";
  onCanary(outcome);
  if (outcome !== "left") guard.note(outcome, attempt.kind === "failed" ? attempt.why : undefined);
}
