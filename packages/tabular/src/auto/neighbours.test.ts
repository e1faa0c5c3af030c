import { checkModelSpec } from "@refit/core/spec";
import { describe, expect, it } from "vitest";
import { descriptors } from "../descriptors.ts";
import { neighboursOf } from "./neighbours.ts";
import { portfolio } from "./portfolio.ts";

const accepts = (candidate: object) =>
  checkModelSpec(
    {
      task: "binary",
      data: "d",
      target: "y",
      candidates: [candidate],
      metrics: { primary: "rocAuc" },
      gates: [{ metric: "rocAuc", min: 0.5 }],
    },
    descriptors,
  );

it.each(portfolio.map((settings, place) => [place, settings] as const))(
  "configuration %i of the portfolio could stand in model.yaml",
  (_place, settings) => {
    expect(accepts(settings)).toMatchObject({ ok: true });
  },
);

describe("the neighbours of settings", () => {
  it("differ from them in one setting, stay in their ranges, and are others for another version", () => {
    const seen = new Set<string>();
    for (const settings of portfolio) {
      for (let seed = 0; seed < 40; seed++) {
        const near = neighboursOf(settings, seed);
        expect(near.length).toBeGreaterThan(0);
        for (const one of near) {
          const room = new Set(["trees", "earlyStoppingRounds"]);
          const other = Object.entries(one).filter(([key, value]) => !room.has(key) && value !== settings[key]);
          expect(other).toHaveLength(1);
          expect(accepts(one)).toMatchObject({ ok: true });
          seen.add(other[0]![0]);
        }
      }
    }
    expect([...seen].sort()).toEqual(["featureFraction", "l2", "learningRate", "leaves", "minLeafRows", "rowFraction"]);
  });

  it("stay in their ranges however often one follows another", () => {
    for (const start of portfolio) {
      let settings = start;
      for (let seed = 0; seed < 300; seed++) settings = neighboursOf(settings, seed)[0] ?? settings;
      expect(accepts(settings)).toMatchObject({ ok: true });
    }
  });
});
