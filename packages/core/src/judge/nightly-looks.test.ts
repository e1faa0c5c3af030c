import { describe, expect, it } from "vitest";
import { promotedNights } from "./nightly-looks.fixture.ts";

const runs = 250;
const rows = 200;

function shareOfRuns(holds: (seed: number) => boolean): number {
  let count = 0;
  for (let seed = 0; seed < runs; seed++) count += Number(holds(seed));
  return count / runs;
}

/** The whole way: look number, spent alpha, paired test, verdict. */
describe("thirty nightly looks at one holdout", () => {
  it("without a real gain promote in at most 7 % of the runs", () => {
    const share = shareOfRuns((seed) => promotedNights({ seed, nights: 30, rows, gain: 0 }).length > 0);

    expect(share).toBeLessThanOrEqual(0.07);
    expect(share).toBeGreaterThan(0.01); // a gate that never opens would pass too
  });

  it.each([
    ["at the first look", 0, 0.8],
    ["at the thirtieth, with the alpha that is left", 29, 0.3],
  ])("see a real gain %s", (_when, before, power) => {
    const share = shareOfRuns((seed) => promotedNights({ seed, nights: 1, before, rows, gain: 1.2 }).length > 0);

    expect(share).toBeGreaterThan(power);
  });
});
