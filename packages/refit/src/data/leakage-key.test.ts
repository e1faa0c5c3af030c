import { describe, expect, it } from "vitest";
import { leakageKey } from "./leakage-key.ts";

type LeakageGround = Parameters<typeof leakageKey>[0];

const split = { train: Uint32Array.of(1, 2), validation: Uint32Array.of(3), holdout: Uint32Array.of(4) };
const searched = { featureSpec: { inputs: ["a"] }, key: ["id"], group: null, split } as unknown as LeakageGround;
const other = (more: object) => ({ ...searched, ...more }) as unknown as LeakageGround;

describe("leakageKey", () => {
  it("is the same for the same rows in other places of memory", () => {
    const moved = { ...split, train: Uint32Array.of(0, 1, 2).subarray(1) };

    expect(leakageKey(other({ split: moved }))).toBe(leakageKey(searched));
  });

  it.each<[what: string, more: object]>([
    ["transform", { featureSpec: { inputs: ["b"] } }],
    ["key", { key: ["name"] }],
    ["group", { group: "house" }],
    ["training row", { split: { ...split, train: Uint32Array.of(1, 5) } }],
    ["validation row", { split: { ...split, validation: Uint32Array.of(5) } }],
    ["holdout row", { split: { ...split, holdout: Uint32Array.of(5) } }],
    ["side of a row", { split: { ...split, train: Uint32Array.of(1), validation: Uint32Array.of(2, 3) } }],
  ])("is another one for another %s", (_what, more) => {
    expect(leakageKey(other(more))).not.toBe(leakageKey(searched));
  });
});
