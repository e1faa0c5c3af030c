import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openKernels } from "./kernels/load.ts";
import { ruleOf } from "./read-split.ts";
import { boundedValue } from "./leaf-value.ts";
import type { Bounds, SplitLimits, SplitRule, Totals } from "./split.ts";
import { routeBins } from "./split-rule.ts";
import { RESULT_NUMBERS } from "./workbench.ts";

/** Per bin: gradient, hessian, rows. */
type Bin = readonly [gradient: number, hessian: number, rows: number];

/** `direction`: 1 where the left child's value must not be above the right one's, -1 where not below. */
interface Limits extends SplitLimits, Partial<Bounds> {
  readonly direction?: -1 | 0 | 1;
}

const limits: Limits = { minLeafRows: 1, minCategoryRows: 1, l2: 0 };

function sum(bins: readonly Bin[]): Totals {
  const of = (part: 0 | 1 | 2): number => bins.reduce((total, bin) => total + bin[part], 0);
  return { gradient: of(0), hessian: of(1), rows: of(2) };
}

function score({ gradient, hessian }: Totals): number {
  return (gradient * gradient) / hessian;
}

const { kernels, memory } = openKernels();
kernels.arrange(1, 1, 1, 1, 5, 1, 0);
kernels.describeColumn(0, 256, 0, 0);
kernels.openHistograms(1);

/** The kernel's search in one column of these bins. */
function find(kind: SplitRule["kind"], bins: readonly Bin[], change: Partial<Limits> = {}) {
  const { minLeafRows, minCategoryRows, l2, l1 = 0, direction = 0, ...bounds } = { ...limits, ...change };
  const { lower = -Infinity, upper = Infinity } = bounds;
  const { gradient, hessian, rows } = sum(bins);
  const isBounded = l1 > 0 || direction !== 0 || lower > -Infinity || upper < Infinity;
  kernels.limitSplits(minLeafRows, minCategoryRows, l2, l1, isBounded ? 1 : 0);
  new Float64Array(memory.buffer, kernels.histograms()).set(bins.flat());
  const totals = new Float64Array(memory.buffer, kernels.leafValues(), 5);
  totals.set([gradient, hessian, rows, lower, upper]);
  const isCategorical = kind === "categorical" ? 1 : 0;
  const places = [totals.byteOffset, kernels.groups(), kernels.results()] as const;
  kernels.findSplit(kernels.histograms(), bins.length, isCategorical, direction, ...places);
  const found = new Float64Array(memory.buffer, kernels.results(), RESULT_NUMBERS);
  const [gain = 0, ...left] = found;
  if (gain <= 0) return null;
  return { gain, rule: ruleOf(found, kind), left: { gradient: left[0]!, hessian: left[1]!, rows: left[2]! } };
}

/** The best gain over every way that the rule of this kind allows, found by trying all. */
function bestByTrying(kind: SplitRule["kind"], bins: readonly Bin[]): number {
  return bestBy(kind, bins, score, () => true);
}

type Allowed = (left: Totals, right: Totals) => boolean;

function bestBy(
  kind: SplitRule["kind"],
  bins: readonly Bin[],
  worth: (of: Totals) => number,
  isAllowed: Allowed,
): number {
  let best = 0;
  for (let mask = 1; mask < (1 << bins.length) - 1; mask++) {
    const isLeft = (bin: number): boolean => ((mask >> bin) & 1) === 1;
    const ascends = bins.every((_, bin) => bin < 2 || isLeft(bin - 1) || !isLeft(bin));
    if (kind === "numeric" && !ascends) continue;
    const left = sum(bins.filter((_, bin) => isLeft(bin)));
    const right = sum(bins.filter((_, bin) => !isLeft(bin)));
    // Missing values that are alone are on the right of a numeric split.
    const isMissingAlone = kind === "numeric" && isLeft(0) && left.rows === bins[0]![2];
    if (left.rows === 0 || right.rows === 0 || isMissingAlone || !isAllowed(left, right)) continue;
    best = Math.max(best, worth(left) + worth(right) - worth(sum(bins)));
  }
  return best;
}

describe("the search for a split", () => {
  it.each(["numeric", "categorical"] as const)("%s: nothing else gains more", (kind) => {
    const bin = fc
      .tuple(fc.double({ min: -5, max: 5, noNaN: true }), fc.integer({ min: 0, max: 5 }))
      // Rows of squared error: the hessian is their number, and no rows have no gradient.
      .map(([gradient, rows]): Bin => [rows === 0 ? 0 : gradient, rows, rows]);
    fc.assert(
      fc.property(fc.array(bin, { minLength: 2, maxLength: 8 }), (bins) => {
        fc.pre(sum(bins).rows > 0);
        const found = find(kind, bins);

        expect(found?.gain ?? 0).toBeCloseTo(bestByTrying(kind, bins), 6);
        if (found === null) return;
        const goesLeft = new Uint8Array(256);
        routeBins(found.rule, goesLeft);
        const left = sum(bins.filter((_, i) => goesLeft[i] === 1));
        expect(left.rows).toBe(found.left.rows);
        expect(left.gradient).toBeCloseTo(found.left.gradient, 9);
      }),
      { seed: 1 },
    );
  });

  it.each<[what: string, change: Partial<Limits>]>([
    ["an L1 penalty", { l1: 2 }],
    ["a rising column", { direction: 1 }],
    ["a falling column", { direction: -1, l2: 1 }],
    ["values within bounds", { lower: -0.3, upper: 0.4 }],
    ["all of them", { l1: 1, l2: 0.5, direction: 1, lower: -1, upper: 0.5 }],
  ])("under %s: nothing else that is allowed gains more", (_what, change) => {
    const bin = fc
      .tuple(fc.double({ min: -5, max: 5, noNaN: true }), fc.integer({ min: 0, max: 5 }))
      .map(([gradient, rows]): Bin => [rows === 0 ? 0 : gradient, rows, rows]);
    const all = { ...limits, ...change };
    const bounds = { lower: -Infinity, upper: Infinity, ...change };
    const valueOf = (of: Totals) => boundedValue(of, all, bounds);
    // How much less the loss is with a leaf of that value, twice: G v and H v² / 2, and both penalties.
    const worth = (of: Totals) => {
      const value = valueOf(of);
      return -2 * (of.gradient * value + Math.abs(value) * (all.l1 ?? 0)) - (of.hessian + all.l2) * value * value;
    };
    const isAllowed: Allowed = (left, right) => (all.direction ?? 0) * (valueOf(right) - valueOf(left)) >= 0;
    fc.assert(
      fc.property(fc.array(bin, { minLength: 2, maxLength: 8 }), (bins) => {
        fc.pre(sum(bins).rows > 0);

        expect(find("numeric", bins, change)?.gain ?? 0).toBeCloseTo(bestBy("numeric", bins, worth, isAllowed), 6);
      }),
      { seed: 1 },
    );
  });

  it.each<[what: string, bins: Bin[], missingLeft: boolean]>([
    [
      "with the values they resemble: low",
      [
        [-4, 4, 4],
        [-4, 4, 4],
        [4, 4, 4],
      ],
      true,
    ],
    [
      "with the values they resemble: high",
      [
        [4, 4, 4],
        [-4, 4, 4],
        [4, 4, 4],
      ],
      false,
    ],
    [
      "to the larger side when there are none: low",
      [
        [0, 0, 0],
        [-9, 9, 9],
        [4, 4, 4],
      ],
      true,
    ],
    [
      "to the larger side when there are none: high",
      [
        [0, 0, 0],
        [-4, 4, 4],
        [9, 9, 9],
      ],
      false,
    ],
  ])("sends missing values %s", (_what, bins, missingLeft) => {
    expect(find("numeric", bins)?.rule).toEqual({ kind: "numeric", lastLeft: 1, missingLeft });
  });

  it("weighs a gain against l2", () => {
    const bins: Bin[] = [
      [0, 0, 0],
      [-3, 3, 3],
      [3, 3, 3],
    ];

    expect(find("numeric", bins, { l2: 0 })?.gain).toBe(6);
    expect(find("numeric", bins, { l2: 6 })?.gain).toBe(2);
  });

  it("can part missing values from all others", () => {
    expect(
      find("numeric", [
        [5, 5, 5],
        [-3, 3, 3],
        [-3, 3, 3],
      ])?.rule,
    ).toEqual({
      kind: "numeric",
      lastLeft: 2,
      missingLeft: false,
    });
  });

  it("pools categories with too few rows and sends them right with the unseen", () => {
    const bins: Bin[] = [
      [0, 0, 0],
      [0, 0, 0],
      [-1, 1, 1],
      [-10, 10, 10],
      [20, 20, 20],
      [-1, 1, 1],
    ];

    expect(find("categorical", bins, { minCategoryRows: 2 })?.rule).toEqual({ kind: "categorical", codes: [4] });
  });

  it("sends unseen categories to the larger side", () => {
    expect(
      find("categorical", [
        [0, 0, 0],
        [0, 0, 0],
        [-9, 9, 9],
        [4, 4, 4],
      ])?.rule,
    ).toEqual({
      kind: "categorical",
      codes: [3],
    });
  });

  it.each<[what: string, bins: Bin[], change: Partial<SplitLimits>]>([
    [
      "no gain",
      [
        [0, 0, 0],
        [3, 3, 3],
        [3, 3, 3],
      ],
      { l2: 0 },
    ],
    [
      "too few rows on a side",
      [
        [0, 0, 0],
        [-2, 2, 2],
        [9, 9, 9],
      ],
      { minLeafRows: 3 },
    ],
    [
      "a side without curvature",
      [
        [0, 0, 0],
        [-2, 1e-9, 2],
        [2, 1, 2],
      ],
      {},
    ],
    [
      "one bin",
      [
        [0, 0, 0],
        [3, 3, 3],
      ],
      {},
    ],
    [
      "nothing",
      [
        [0, 0, 0],
        [0, 0, 0],
      ],
      {},
    ],
  ])("finds nothing where there is %s", (_what, bins, change) => {
    expect(find("numeric", bins, change)).toBeNull();
    expect(find("categorical", bins, change)).toBeNull();
  });
});
