import { type CanaryEvidence, LOG_UNIT, LOSS_UNIT } from "./canary-bets.ts";
import type { SampleRatio } from "./sample-ratio.ts";

/** What is known of a canary at one look. */
export interface CanaryLook {
  /** Sums over the rows of its mature days, since it started; `null`: there are none yet. */
  readonly evidence: CanaryEvidence | null;
  /** Labels of answers that were given since its last step, or since it started. */
  readonly labelsSinceStep: number;
  /** Since its last step, or since it started. */
  readonly daysSinceStep: number;
  readonly sampleRatio: SampleRatio;
}

/** What rollout.yaml says that a decision needs. */
export interface CanaryBounds {
  readonly minLabels: number;
  readonly maxDays: number;
  readonly margin: number;
  readonly outcome: "independent" | "affected";
  /** Chance that a canary that is not worse is ever stopped, over all looks. Default 0.05. */
  readonly harmAlpha?: number;
  /** Chance that a canary that is worse by the margin or more ever advances, over all looks. Default 0.05. */
  readonly advanceAlpha?: number;
}

/** What the rows say of a difference: loss of the canary − loss of the champion. */
export interface CanaryDifference {
  readonly labels: number;
  readonly difference: number;
  readonly standardError: number;
  /** Evidence that the canary is worse: at most 1 in the mean where it is not, as often as one looks. */
  readonly harm: number;
  /** Evidence that it is worse by less than the margin. */
  readonly advance: number;
}

export type CanaryReason =
  | { readonly kind: "harm"; readonly evidence: number; readonly needed: number }
  | { readonly kind: "within-margin"; readonly evidence: number; readonly needed: number; readonly margin: number }
  | { readonly kind: "undecided"; readonly evidence: number; readonly needed: number; readonly margin: number }
  | { readonly kind: "too-few-labels"; readonly labels: number; readonly minLabels: number }
  | { readonly kind: "sample-ratio"; readonly logEvidence: number }
  | { readonly kind: "too-long"; readonly days: number; readonly maxDays: number };

export interface CanaryDecision {
  /** `stop`: back to the champion. `hold`: change nothing and alert. `wait`: change nothing, look again. */
  readonly action: "advance" | "stop" | "hold" | "wait";
  readonly reasons: readonly CanaryReason[];
  /** `null`: no row has said anything yet. */
  readonly seen: CanaryDifference | null;
}

const usualAlpha = 0.05;

/**
 * What should become of a canary. Pure; may be asked as often as anybody likes, after each label or once a week: the chances of error hold over
 * all looks together (Ville 1939; Ramdas et al. 2023, "Game-theoretic statistics and safe anytime-valid inference", Statistical Science 38).
 *
 * Harm comes first, then what makes the evidence void, then enough labels, then the margin. Where answers change outcomes, the evidence rests on who got
 * which answer, so that a broken assignment voids harm, too. Without a decision by `maxDays` a person has to look; it never advances by itself.
 */
export function decideCanary(look: CanaryLook, bounds: CanaryBounds): CanaryDecision {
  const { harmAlpha = usualAlpha, advanceAlpha = usualAlpha, margin } = bounds;
  const seen = look.evidence === null ? null : canaryDifference(look.evidence);
  const isVoid = look.sampleRatio.isMismatch;
  const decision = (action: CanaryDecision["action"], ...reasons: CanaryReason[]) => ({ action, reasons, seen });

  const harm = { kind: "harm", evidence: seen?.harm ?? 1, needed: 1 / harmAlpha } as const;
  if (harm.evidence >= harm.needed && !(isVoid && bounds.outcome === "affected")) return decision("stop", harm);
  if (isVoid) return decision("hold", { kind: "sample-ratio", logEvidence: look.sampleRatio.logEvidence });

  const labels = { kind: "too-few-labels", labels: look.labelsSinceStep, minLabels: bounds.minLabels } as const;
  const hasLabels = labels.labels >= labels.minLabels;
  const advance = { evidence: seen?.advance ?? 1, needed: 1 / advanceAlpha, margin };
  const isWithin = advance.evidence >= advance.needed;
  if (hasLabels && isWithin) return decision("advance", { kind: "within-margin", ...advance });

  const missing: CanaryReason[] = [
    ...(hasLabels ? [] : [labels]),
    ...(isWithin ? [] : [{ kind: "undecided", ...advance } as const]),
  ];
  if (look.daysSinceStep < bounds.maxDays) return decision("wait", ...missing);
  return decision("hold", { kind: "too-long", days: look.daysSinceStep, maxDays: bounds.maxDays }, ...missing);
}

/** @returns of no rows: evidence 1, which says nothing. */
export function canaryDifference({ rows, difference, squares, harm, advance }: CanaryEvidence): CanaryDifference {
  const mean = rows > 0 ? difference / LOSS_UNIT / rows : 0;
  const meanSquare = rows > 0 ? squares / LOSS_UNIT / rows : 0;
  return {
    labels: rows,
    difference: mean,
    standardError: rows > 1 ? Math.sqrt(Math.max(0, meanSquare - mean * mean) / (rows - 1)) : 0,
    harm: mixtureOf(harm),
    advance: mixtureOf(advance),
  };
}

/** The mean of what the bets have made of 1: a bettor who shares the stake evenly. At most the largest double. */
function mixtureOf(logs: readonly number[]): number {
  const largest = logs.reduce((most, log) => Math.max(most, log), -Infinity);
  const sum = logs.reduce((total, log) => total + Math.exp((log - largest) / LOG_UNIT), 0);
  return Math.min((Math.exp(largest / LOG_UNIT) * sum) / logs.length, Number.MAX_VALUE);
}
