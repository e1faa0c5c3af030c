import { describe, expect, it } from "vitest";
import { nextModel } from "./next-model.ts";

const waiting = [
  { model: "a", dataset: "sales" },
  { model: "b", dataset: "rides" },
  { model: "c", dataset: "sales" },
  { model: "d", dataset: "trips" },
];

describe("nextModel", () => {
  it.each<[why: string, own: string | null, others: readonly string[], model: string | null]>([
    ["the first, for a worker that has read nothing", null, [], "a"],
    ["one of the dataset that was read last", "rides", [], "b"],
    ["one of that dataset even where another worker has it too", "sales", ["sales"], "a"],
    ["none of a dataset that another worker has, where there is another", null, ["sales"], "b"],
    ["the first of the datasets that nobody has", "gone", ["sales", "rides"], "d"],
    ["any, rather than none", "gone", ["sales", "rides", "trips"], "a"],
  ])("%s", (_why, own, others, model) => {
    const at = nextModel(waiting, own, new Set(others));
    expect(at === null ? null : waiting[at]!.model).toBe(model);
  });

  it("is null where nothing waits", () => {
    expect(nextModel([], "sales", new Set())).toBeNull();
  });
});
