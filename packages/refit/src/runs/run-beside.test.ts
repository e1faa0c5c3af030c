import { describe, expect, it } from "vitest";
import type { RunResult } from "../products/outcome.ts";
import type { WorkUnit } from "../ports/workers.ts";
import { runInLanes } from "./run-beside.ts";

const datasets: Readonly<Record<string, string>> = { a: "sales", b: "rides", c: "sales" };

/** Runs models in lanes whose models take as long as they are told, milliseconds. */
async function inLanes(count: number, models: readonly string[], times: Readonly<Record<string, number>> = {}) {
  const told: string[][] = [];
  const ran: string[][] = Array.from({ length: count }, () => []);
  const closed: number[] = [];
  const results: string[] = [];
  const lanes = ran.map((mine, i) => ({
    async run({ models: [model = ""] }: WorkUnit, next: () => readonly string[]) {
      told.push([...next()]);
      mine.push(model);
      await new Promise((resolve) => setTimeout(resolve, times[model] ?? 1));
      if (model === "fatal") throw new Error("no disk");
      return [{ model } as RunResult];
    },
    close: async () => void closed.push(i),
  }));
  const units = models.map((model) => ({ group: null, models: [model], dataset: datasets[model] ?? null }));
  const run = runInLanes(units, { lanes, onResults: (ended) => results.push(...ended.map(({ model }) => model)) });
  const error = await run.then(
    () => null,
    (thrown: Error) => thrown.message,
  );
  return { ran, told, closed: closed.toSorted((a, b) => a - b), results, error };
}

describe("models in lanes", () => {
  it("of one dataset follow each other in one lane", async () => {
    expect(await inLanes(1, ["a", "b", "c"])).toMatchObject({ ran: [["a", "c", "b"]], closed: [0], error: null });
    expect((await inLanes(2, ["a", "b", "c"], { b: 30 })).ran).toEqual([["a", "c"], ["b"]]);
  });

  it("are each run once, and told as they end", async () => {
    const { ran, results } = await inLanes(3, ["a", "b", "c", "odd", "other"], { a: 40 });

    expect(ran.flat().sort()).toEqual(["a", "b", "c", "odd", "other"]);
    expect(results.at(-1)).toBe("a");
  });

  it("are told which branches come next, at most a hundred besides their own", async () => {
    const { told } = await inLanes(1, ["a", "b", "c"]);
    expect(told).toEqual([["refit--a", "refit--b", "refit--c"], ["refit--c", "refit--b"], ["refit--b"]]);

    const many = await inLanes(
      1,
      Array.from({ length: 150 }, (_, i) => `m${i}`),
    );
    expect(many.told[0]).toHaveLength(101);
  });

  it("that are in work are finished where something ends the run, and no other is begun", async () => {
    const ended = await inLanes(2, ["fatal", "b", "c", "odd"], { b: 30 });

    expect(ended).toMatchObject({ ran: [["fatal"], ["b"]], closed: [0, 1], results: ["b"], error: "no disk" });
  });
});
