import { describe, expect, it } from "vitest";
import { choosePortfolio, worthOf } from "./choose-portfolio.ts";
import type { Trial } from "./portfolio-trials.ts";

const trial = (set: string, configuration: number, validation: number, test: number): Trial => ({
  set,
  seed: 1,
  configuration,
  validation,
  test,
  cpuSeconds: 1,
});

/** Three configurations: each of the first two is the best on one set, and the third never bad. */
const trials = [
  trial("a", 0, 1, 1),
  trial("a", 1, 9, 9),
  trial("a", 2, 2, 2),
  trial("b", 0, 9, 9),
  trial("b", 1, 1, 1),
  trial("b", 2, 2, 2),
];

describe("the portfolio", () => {
  it("begins with what is never bad, and goes on with what adds most", () => {
    expect(choosePortfolio(trials, 3).map(({ configuration }) => configuration)).toEqual([2, 0, 1]);
  });

  it("is worth what its validation rows pick, not the best that it holds", () => {
    const misled = [...trials.slice(0, 3), trial("b", 0, 0, 9), ...trials.slice(4)];

    expect(worthOf(trials, [0, 1])).toEqual({ regret: 0, rank: 1 });
    expect(worthOf(misled, [0, 1]).regret).toBe((0 + 3) / 2);
  });

  it("counts a set once, however many splits it has", () => {
    const again = trials.slice(0, 3).map((each) => ({ ...each, seed: 2 }));
    expect(worthOf([...trials, ...again], [0])).toEqual(worthOf(trials, [0]));
  });
});
