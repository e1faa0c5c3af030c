import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { driftReasons, driftTrigger, type DriftSeen } from "./drift-trigger.ts";

const columns = [{ feature: "speed", psi: 0.4 }];
const quiet = { columns, classifier: null, earlier: [], known: [], classifierKnown: false };
const classifier = { auc: 0.8, features: ["speed"] };

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

    expect(driftTrigger({ ...quiet, level, earlier })).toBe(trigger);
  });

  it.each<[known: string[], trigger: string]>([
    [[], "fired"],
    [["speed"], "known"],
    [["speed", "size"], "known"],
    [["size"], "fired"],
  ])("that a candidate was judged for %j: %s", (known, trigger) => {
    expect(driftTrigger({ ...quiet, level: 2, earlier: [2], known })).toBe(trigger);
  });

  it.each<[what: string, seen: Partial<DriftSeen>, trigger: string]>([
    ["that no column tells", { columns: [], classifier }, "fired"],
    ["that a candidate was judged for", { columns: [], classifier, classifierKnown: true }, "known"],
    ["that is new, while the column is known", { classifier, known: ["speed"] }, "fired"],
    ["that is known, while the column is new", { classifier, classifierKnown: true }, "fired"],
  ])("drift that a classifier sees and %s", (_what, seen, trigger) => {
    const drift = { ...quiet, level: 2, earlier: [2], ...seen };

    expect(driftTrigger(drift)).toBe(trigger);
    expect(driftReasons(drift).length).toBeGreaterThan(0);
  });

  it("never weakens when the level rises", () => {
    const level = fc.double({ min: 0, max: 3, noNaN: true });
    const strength = ["none", "unconfirmed", "fired"];
    fc.assert(
      fc.property(level, level, fc.array(level, { maxLength: 5 }), (a, b, earlier) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)].map((now) =>
          strength.indexOf(driftTrigger({ ...quiet, level: now, earlier })),
        );

        expect(high).toBeGreaterThanOrEqual(low!);
      }),
    );
  });
});
