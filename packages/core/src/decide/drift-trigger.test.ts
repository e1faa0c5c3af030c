import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { driftTrigger } from "./drift-trigger.ts";

const columns = [{ feature: "speed", psi: 0.4 }];

describe("driftTrigger", () => {
  it.each<[what: string, levels: number[], trigger: string]>([
    ["calm", [0.2], "none"],
    ["once", [1], "unconfirmed"],
    ["twice in a row", [1, 1], "fired"],
    ["two of three", [1, 0.2, 1], "fired"],
    ["two of four", [1, 0.2, 0.2, 1], "unconfirmed"],
    ["twice, and calm now", [1, 1, 0.2], "none"],
    ["a little below the limit after drift", [1, 0.7], "fired"],
    ["a little below the limit without drift before", [0.9, 0.9], "none"],
    ["below 0.7 it is armed again", [1, 0.6, 0.9], "none"],
  ])("%s", (_what, levels, trigger) => {
    const [level, earlier] = [levels.at(-1)!, levels.slice(0, -1)];

    expect(driftTrigger({ level, columns, earlier, known: [] })).toBe(trigger);
  });

  it.each<[known: string[], trigger: string]>([
    [[], "fired"],
    [["speed"], "known"],
    [["speed", "size"], "known"],
    [["size"], "fired"],
  ])("that a candidate was judged for %j: %s", (known, trigger) => {
    expect(driftTrigger({ level: 2, columns, earlier: [2], known })).toBe(trigger);
  });

  it("never weakens when the level rises", () => {
    const level = fc.double({ min: 0, max: 3, noNaN: true });
    const strength = ["none", "unconfirmed", "fired"];
    fc.assert(
      fc.property(level, level, fc.array(level, { maxLength: 5 }), (a, b, earlier) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)].map((now) =>
          strength.indexOf(driftTrigger({ level: now, columns, earlier, known: [] })),
        );

        expect(high).toBeGreaterThanOrEqual(low!);
      }),
    );
  });
});
