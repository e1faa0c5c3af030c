import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomBits } from "../resampling/random-bits.ts";
import { adwin } from "./adwin.ts";
import { ddm } from "./ddm.ts";
import { hddmA } from "./hddm-a.ts";
import { pageHinkley } from "./page-hinkley.ts";

/** Errors at the given rates, `length` values each. */
function errors(seed: number, length: number, ...rates: number[]): number[] {
  const next = randomBits(seed);
  return rates.flatMap((rate) => Array.from({ length }, () => (next() < rate * 4_294_967_296 ? 1 : 0)));
}

const detectors: Record<string, (values: readonly number[]) => readonly number[]> = {
  adwin: (values) => adwin(values).map(({ at }) => at),
  ddm: (values) => ddm(values).drifts,
  hddmA: (values) => hddmA(values).drifts,
  pageHinkley: (values) => pageHinkley(values),
};

describe.each(Object.entries(detectors))("%s", (_name, detect) => {
  it.each([0, 1])("never fires on a constant stream of %i", (value) => {
    expect(detect(Array.from({ length: 5000 }, () => value))).toEqual([]);
  });

  it("sees a clear rise soon after it, and nothing in an empty stream", () => {
    const after = detect(errors(3, 2000, 0.1, 0.9)).filter((at) => at >= 2000);

    expect(after[0]).toBeLessThan(2200);
    expect(detect([])).toEqual([]);
  });

  it("says the same of a beginning, whatever follows", () => {
    const stream = errors(5, 700, 0.2, 0.7, 0.3);
    const whole = detect(stream);
    for (const length of [500, 900, 1500]) {
      expect(detect(stream.slice(0, length))).toEqual(whole.filter((at) => at < length));
    }
  });
});

describe("adwin", () => {
  it("stays quiet on stationary streams: at most 1 of 20", () => {
    const alarms = Array.from({ length: 20 }, (_, seed) => adwin(errors(seed, 5000, 0.1)).length > 0);

    expect(alarms.filter(Boolean).length).toBeLessThanOrEqual(1);
  });

  it("tells where the change lies and what it was", () => {
    const [change] = adwin(errors(8, 2000, 0.1, 0.5));

    expect(Math.abs(change!.from - 2000)).toBeLessThan(150);
    expect(change!.from).toBeLessThanOrEqual(change!.at);
    expect(change!.meanBefore).toBeCloseTo(0.1, 1);
    expect(change!.meanAfter).toBeGreaterThan(0.3);
  });

  it("is unmoved by a shift of all values", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 50 }), (seed) => {
        const stream = errors(seed, 300, 0.1, 0.6);
        const shifted = adwin(stream.map((value) => value + 8));
        expect(shifted.map(({ at }) => at)).toEqual(adwin(stream).map(({ at }) => at));
      }),
      { numRuns: 20 },
    );
  });

  it("sees later with a smaller delta, and nothing before its grace period ends", () => {
    const stream = errors(2, 500, 0.2, 0.6);
    const [careful] = adwin(stream, { delta: 1e-9 });
    const [usual] = adwin(stream);

    expect(careful!.at).toBeGreaterThanOrEqual(usual!.at);
    expect(adwin(stream, { gracePeriod: 1000 })).toEqual([]);
  });
});

describe("hddmA", () => {
  it("sees a fall only when two-sided", () => {
    const stream = errors(4, 1000, 0.8, 0.2);

    expect(hddmA(stream).drifts).toEqual([]);
    expect(hddmA(stream, { twoSided: true }).drifts).toHaveLength(1);
  });
});

describe("pageHinkley", () => {
  it("counts one value less than `minInstances` as enough, as river does", () => {
    const stream = [0, 0, 0, 100, 100];

    expect(pageHinkley(stream, { minInstances: 5, threshold: 1 })).toEqual([3]);
    expect(pageHinkley(stream, { minInstances: 6, threshold: 1 })).toEqual([4]);
  });
});

describe("ddm", () => {
  it("warns before it fires", () => {
    const { drifts, warnings } = ddm(errors(6, 1000, 0.1, 0.4));

    expect(warnings[0]).toBeLessThan(drifts[0]!);
  });
});
