import type { FeatureColumn, FeatureMatrix } from "@refit/core/runtime";
import { unit } from "../made-up.fixture.ts";
import { type ModelFeature, type ModelHeader, outputsOf } from "../model-header.ts";
import { seededRandom } from "../random.ts";
import type { GbdtModel } from "./model-file.ts";
import { NO_THRESHOLD } from "./split-rule.ts";
import type { Tree } from "./tree.ts";

/** What a made-up model consists of. */
export interface ModelSize {
  readonly seed: number;
  readonly numeric: number;
  readonly categorical: number;
  readonly rounds: number;
  /** Of the largest tree. */
  readonly leaves: number;
}

/** Few values, so that rows stand on thresholds, and the odd ones. */
const VALUES = [NaN, NaN, -Infinity, Infinity, 0, -0, 1e-45, -1e-45, 3e38, 0.1, 0.25, 0.3, 0.5, 1, 2, -1];
const THRESHOLDS = [NO_THRESHOLD, 0, -0, 0.1, 0.2, 0.25, 0.3, 0.5, 1, -1e-50, 4e38, -4e38];

/** Trees of any shape over numeric columns (also with splits of missing values alone) and categorical ones. */
export function randomModel(header: Pick<ModelHeader, "task" | "classes">, size: ModelSize): GbdtModel {
  const random = seededRandom(size.seed);
  const below = (count: number): number => Math.floor(unit(random) * count);
  const features = [
    ...Array.from({ length: size.numeric }, (_, i): ModelFeature => ({ kind: "numeric", name: `n${i}`, levels: 0 })),
    ...Array.from({ length: size.categorical }, (_, i): ModelFeature => ({
      kind: "categorical",
      name: `c${i}`,
      levels: i === 0 ? 254 : 4,
    })),
  ];
  const outputs = outputsOf(header);
  const tree = (): Tree => {
    const splits = features.length === 0 ? 0 : below(size.leaves);
    const column: number[] = [];
    const rule: (number | number[])[] = [];
    const missingLeft: number[] = [];
    const [left, right]: [number[], number[]] = [[], []];
    const open = [{ into: left, at: 0 }].slice(1);
    for (let split = 0; split < splits; split++) {
      // Any open place but for the root's: chains and bushes.
      if (split > 0) {
        const { into, at } = open.splice(below(open.length), 1)[0]!;
        into[at] = split;
      }
      const chosen = below(features.length);
      const { kind, levels } = features[chosen]!;
      column.push(chosen);
      rule.push(
        kind === "numeric"
          ? THRESHOLDS[below(THRESHOLDS.length)]!
          : Array.from({ length: levels + 2 }, (_, code) => code).filter(() => unit(random) < 0.4),
      );
      missingLeft.push(kind === "numeric" ? below(2) : 0);
      open.push({ into: left, at: split }, { into: right, at: split });
    }
    for (const [leaf, { into, at }] of open.entries()) into[at] = -1 - leaf;
    return {
      column,
      rule,
      missingLeft,
      left,
      right,
      leaf: Array.from({ length: splits + 1 }, () => unit(random) - 0.5),
    };
  };
  const ofEach = <T>(make: () => T): T[] => Array.from({ length: outputs }, make);
  const rounds = Array.from({ length: size.rounds }, () => ofEach(tree));
  return { ...header, features, base: ofEach(() => unit(random)), rounds };
}

/** Rows for a model of these features; codes beyond what the model knows are among them. */
export function randomRows(features: readonly ModelFeature[], rows: number, seed: number): FeatureMatrix {
  const random = seededRandom(seed + 1);
  const below = (count: number): number => Math.floor(unit(random) * count);
  const columns = features.map(({ kind, name, levels }): FeatureColumn =>
    kind === "numeric"
      ? { kind, name, values: Float32Array.from({ length: rows }, () => VALUES[below(VALUES.length)]!) }
      : { kind, name, levels, codes: Uint8Array.from({ length: rows }, () => below(Math.min(256, levels + 4))) },
  );
  return { rows, columns };
}
