import type { Predictor } from "@refit/core/runtime";
import { describe, expect, it } from "vitest";
import { measureLatency } from "./measure-latency.ts";

/** A clock that moves only while a model predicts, and what was predicted with, in order. */
function bench() {
  let at = 0;
  const order: string[] = [];
  const model = (name: string, takes: number) => {
    const predict: Predictor["predict"] = ({ rows }) => {
      order.push(name);
      at += takes * (1 + (order.length % 5) / 50);
      return new Float64Array(rows);
    };
    return { predictor: { predict }, features: { rows: 3, columns: [] } };
  };
  return { clock: { now: () => 0, elapsed: () => at, cpu: () => 0 }, order, model };
}

describe("measureLatency", () => {
  it("times both in turn, ABBA, after warming up", async () => {
    const { clock, order, model } = bench();

    const facts = await measureLatency(clock, model("A", 1), model("B", 2), 7);

    expect(order.slice(0, 40).join("")).toBe("AB".repeat(20));
    expect(order.slice(40).join("")).toBe("ABBA".repeat(25));
    expect(facts).toMatchObject({ batches: 50, batchRows: 3 });
    const { ms, ratio, interval } = facts.champion!;
    expect(ratio).toBeCloseTo(2, 1);
    expect(interval[0]).toBeGreaterThan(1.9);
    expect(facts.challengerMs / ms).toBe(ratio);
    expect(facts.challengerP95Ms).toBeGreaterThan(facts.challengerMs);
  });

  it("times a challenger alone when there is no champion", async () => {
    const { clock, order, model } = bench();

    const facts = await measureLatency(clock, null, model("B", 2), 7);

    expect(order).toHaveLength(20 + 50);
    expect(facts).toMatchObject({ champion: null, batches: 50 });
    expect(facts.challengerMs).toBeCloseTo(2, 0);
  });
});
