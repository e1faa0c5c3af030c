import { median } from "../statistics/resampling/median.ts";
import { type CanaryEvidence, type CanarySettings, stakes } from "./canary-bets.ts";
import { decideCanary } from "./canary-decision.ts";
import { draws } from "./live-stream.fixture.ts";
import { checkSampleRatio } from "./sample-ratio.ts";
import type { CanaryRows } from "./canary-differences.ts";
import { sumRows } from "./sum-rows.ts";

const settings: CanarySettings = { loss: "zeroOne", margin: 0.01, outcome: "independent" };
const bounds = { minLabels: 200, maxDays: 28, margin: settings.margin, outcome: settings.outcome };
const sampleRatio = checkSampleRatio([]);

const evidenceOf = (rows: CanaryRows, canary = settings) =>
  sumRows(rows, { task: "binary", classes: 2, metrics: [], canary }).evidence!;

/** Evidence of one row that the champion answers with `champion`, and the canary with `canary`; its label is 1. */
export const rowEvidence = (champion: number, canary: number, change: Partial<CanarySettings> = {}) =>
  evidenceOf(
    {
      answers: { predictions: Float64Array.of(champion) },
      other: { predictions: Float64Array.of(canary) },
      labels: Float64Array.of(1),
      arm: "champion",
    },
    { ...settings, ...change },
  );

/** What one more label tells, as one of a few kinds of rows; all rows of a kind tell the same. */
export interface Labels {
  readonly kinds: readonly CanaryEvidence[];
  /** Place in `kinds`; 0 where there is nothing new to look at, since both versions answered alike. */
  next(): number;
}

export interface Ended {
  readonly action: "advance" | "stop" | "none";
  readonly labels: number;
}

/** Evidence of as many rows of each kind: sums of integers. */
function evidenceOfKinds(kinds: readonly CanaryEvidence[], counts: readonly number[]): CanaryEvidence {
  const sum = (of: (kind: CanaryEvidence) => number) =>
    kinds.reduce((total, kind, place) => total + counts[place]! * of(kind), 0);
  return {
    rows: sum(({ rows }) => rows),
    difference: sum(({ difference }) => difference),
    squares: sum(({ squares }) => squares),
    harm: stakes.map((_, stake) => sum(({ harm }) => harm[stake]!)),
    advance: stakes.map((_, stake) => sum(({ advance }) => advance[stake]!)),
  };
}

export function look(evidence: CanaryEvidence, labels: number) {
  return decideCanary({ evidence, labelsSinceStep: labels, daysSinceStep: 0, sampleRatio }, bounds).action;
}

/** Looks after each label that can change what is seen, until it ends. */
export function runCanary({ kinds, next }: Labels, mostLabels: number): Ended {
  const counts = kinds.map(() => 0);
  for (let labels = 1; labels <= mostLabels; labels++) {
    const kind = next();
    counts[kind]!++;
    if (kind === 0 && labels % 50 !== 0) continue;
    const action = look(evidenceOfKinds(kinds, counts), labels);
    if (action === "stop" || action === "advance") return { action, labels };
  }
  return { action: "none", labels: mostLabels };
}

/** Only the canary is wrong with the chance `up`, only the champion with `down`. */
export function errorsOf(up: number, down: number, seed: number): Labels {
  const draw = draws(seed);
  const next = () => {
    const u = draw();
    return u < up ? 1 : u < up + down ? 2 : 0;
  };
  return { kinds: [rowEvidence(1, 1), rowEvidence(1, 0), rowEvidence(0, 1)], next };
}

export const shareOf = (runs: readonly Ended[], action: Ended["action"]) =>
  runs.filter((run) => run.action === action).length / runs.length;
export const medianStop = (runs: readonly Ended[]) =>
  median(Float64Array.from(runs, ({ action, labels }) => (action === "stop" ? labels : 1e9)));

/** Only the version that answered is known to be right or wrong. */
export function byArm(canaryErrors: number, championErrors: number, percent: number, seed: number): Labels {
  const draw = draws(seed);
  const canary = { ...settings, outcome: "affected" } as const;
  const row = (arm: "champion" | "canary", isRight: boolean) =>
    evidenceOf(
      { answers: { predictions: Float64Array.of(1) }, labels: Float64Array.of(isRight ? 1 : 0), arm, percent },
      canary,
    );
  const kinds = [row("champion", true), row("champion", false), row("canary", true), row("canary", false)];
  const next = () => {
    const arm = draw() < percent / 100 ? "canary" : "champion";
    const isWrong = draw() < (arm === "canary" ? canaryErrors : championErrors);
    return (arm === "canary" ? 2 : 0) + (isWrong ? 1 : 0);
  };
  return { kinds, next };
}
