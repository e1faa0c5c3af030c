import { seededRandom } from "../random.ts";
import { withRoom } from "./portfolio.ts";
import type { MemberSettings } from "./settings.ts";

/** Factors by which a setting is moved, and how far it may go. */
const moves = {
  gbdt: {
    leaves: { by: 1.6, from: 3, to: 255, whole: true },
    learningRate: { by: 1.6, from: 0.02, to: 0.2, whole: false },
    minLeafRows: { by: 2, from: 2, to: 500, whole: true },
    l2: { by: 3, from: 0.03, to: 300, whole: false },
    rowFraction: { by: 1.25, from: 0.4, to: 1, whole: false },
    featureFraction: { by: 1.4, from: 0.2, to: 1, whole: false },
  },
  linear: { l2: { by: 3, from: 0.01, to: 10_000, whole: false } },
} as const;

interface Move {
  readonly by: number;
  readonly from: number;
  readonly to: number;
  readonly whole: boolean;
}

/**
 * Two settings beside those of the live version: one of them, drawn by its seed, larger and smaller. A retrain goes one step
 * at most, so that the rhythm of retrains is what is spent on searching.
 */
export function neighboursOf(settings: MemberSettings, seed: number): MemberSettings[] {
  const all: Readonly<Record<string, Move>> = moves[settings.learner];
  const keys = Object.keys(all);
  const key = keys[seededRandom(seed)() % keys.length]!;
  const { by, from, to, whole } = all[key]!;
  const value = settings[key] as number;
  const near = [value * by, value / by].map((moved) => {
    const inside = Math.min(to, Math.max(from, moved));
    return whole ? Math.round(inside) : Number(inside.toPrecision(3));
  });
  const others = [...new Set(near)].filter((moved) => moved !== value);
  return others.map((moved) => withRoom({ ...settings, [key]: moved }));
}
