import { describe, expect, it } from "vitest";
import { splitOf } from "./data-set.ts";
import { learnersTable, meanRanks, type Outcome, type SetResult } from "./table.ts";

const ran = (value: number, cpuSeconds = 1): Outcome => ({
  value,
  cpuSeconds,
  wallSeconds: 2,
  peakMiB: 100,
  at: "2026-11-29T23:00:00.000Z",
});
const skipped: Outcome = { skipped: "not here" };

function result(name: string, higherIsBetter: boolean, outcomes: Record<string, Outcome[]>, madeUp = false): SetResult {
  const set = { name, rows: 1000, columns: [{ name: "x" }] };
  const metric = higherIsBetter ? "rocAuc" : "rmse";
  const bySeed = Object.entries(outcomes).map(
    ([contestant, of]) => [contestant, new Map(of.map((one, at) => [at + 1, one]))] as const,
  );
  return { set, metric, higherIsBetter, madeUp, outcomes: new Map(bySeed) };
}

describe("meanRanks", () => {
  const both = [
    result("a", true, { ours: [ran(0.9)], peer: [ran(0.8)], third: [ran(0.8)] }),
    result("b", false, { ours: [ran(3)], peer: [ran(1)], third: [ran(2)] }),
  ];

  it("ranks by the direction of each set's metric, and shares ranks among ties", () => {
    expect(meanRanks(both, ["ours", "peer", "third"])).toEqual({ sets: 2, ranks: ["2.00", "1.75", "2.25"] });
  });

  it("leaves out made-up sets, a set on which one did not run, and one that never ran", () => {
    const partly = [
      ...both,
      result("c", true, { ours: [ran(0.9)], peer: [skipped], third: [ran(0.7)], never: [skipped] }),
      result("d", true, { ours: [ran(0.9)], peer: [ran(0.1)], third: [ran(0.2)] }, true),
    ];

    const { sets, ranks } = meanRanks(partly, ["ours", "peer", "third", "never"]);

    expect({ sets, ranks }).toEqual({ sets: 2, ranks: ["2.00", "1.75", "2.25", "–"] });
  });

  it("compares on the same seeds", () => {
    const seeds = { ours: [ran(0.5), ran(0.9), ran(0.9)], slow: [ran(0.6), skipped, skipped] };

    expect(meanRanks([result("a", true, seeds)], ["ours", "slow"]).ranks).toEqual(["2.00", "1.00"]);
  });
});

describe("learnersTable", () => {
  it("shows medians over the seeds, why something did not run, each of ours among the peers, and ratios to the first", () => {
    const seeds = {
      ours: [ran(0.9, 3), ran(0.7, 1), ran(0.8, 2)],
      ours2: [ran(0.9, 3), ran(0.9, 1), ran(0.8, 2)],
      peer: [ran(0.85, 4)],
      gone: [skipped],
      some: [ran(1), skipped],
    };

    expect(learnersTable([result("a", true, seeds)], ["peer", "gone", "some"])).toMatchInlineSnapshot(`
      "| set: rows × columns, metric | ours | ours2 | peer | gone | some |
      | --- | --- | --- | --- | --- | --- |
      | a: 1,000 × 1, rocAuc ↑ | 0.8000 · 2.00 s · 100 MiB | 0.9000 · 2.00 s · 100 MiB | 0.8500 · 4.00 s · 100 MiB (1 of 3) | skipped: not here | 1.0000 · 1.00 s · 100 MiB (1 of 3) |
      | mean rank of ours and the peers, 1 the best of 4, over 1 real sets | 2.00 | – | 3.00 | – | 1.00 |
      | mean rank of ours2 and the peers, 1 the best of 4, over 1 real sets | – | 2.00 | 3.00 | – | 1.00 |
      | CPU seconds over peer's, median of the sets | 0.50 | 0.50 | 1.00 | – | 0.25 |
      | clock over peer's, median of the sets | 1.00 | 1.00 | 1.00 | – | 1.00 |
      | most memory over peer's, median of the sets | 1.00 | 1.00 | 1.00 | – | 1.00 |
      "
    `);
  });

  it("ranks nobody where no set is real", () => {
    const madeUp = result("a", true, { ours: [ran(0.9)], peer: [ran(0.8)] }, true);

    expect(learnersTable([madeUp], ["peer"])).not.toContain("mean rank");
  });
});

describe("splitOf", () => {
  it("gives a fifth to the test and a fifth of the rest to validation, and the same for the same seed", () => {
    const split = splitOf(10_000, 7);
    const share = (part: number) => split.filter((of) => of === part).length / split.length;

    expect([...splitOf(10_000, 7)]).toEqual([...split]);
    expect([...splitOf(10_000, 8)]).not.toEqual([...split]);
    expect(share(2)).toBeCloseTo(0.2, 1);
    expect(share(1)).toBeCloseTo(0.16, 1);
  });
});
