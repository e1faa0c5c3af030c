import { describe, expect, it } from "vitest";
import { type JudgedOnce, judgedTogether, turned } from "./judged-together.ts";

const on = { rows: 412, from: "2026-04-01T00:00:00.000Z", to: "2026-06-30T00:00:00.000Z" };
const pair = { metric: "rocAuc", champion: 0.8, challenger: 0.85, improvement: 0.05 };

const parent: JudgedOnce = {
  treeId: "a",
  parent: null,
  on: { ...on, to: "2026-03-31T00:00:00.000Z" },
  learnedUntil: "2026-03-31T00:00:00.000Z",
  isTrainedOn: true,
  isDeclared: false,
  evaluation: null,
};
const child: JudgedOnce = {
  ...parent,
  treeId: "b",
  parent: "a",
  on,
  evaluation: { kind: "refresh", primary: "rocAuc", metrics: [pair] },
};
const hashed = { ...on, from: null, to: null };
const isNewer = "2026-04-01T00:00:00.000Z";

describe("a version and its parent", () => {
  it.each<[why: string, a: Partial<JudgedOnce>, b: Partial<JudgedOnce>, models: [a: string, b: string] | null]>([
    ["measured by one run", {}, {}, ["shipped", "judged"]],
    ["the same model ships that was judged", {}, { isTrainedOn: false }, ["shipped", "shipped"]],
    ["the parent has learned from the rows", { learnedUntil: isNewer }, {}, ["trained-again", "judged"]],
    ["the parent has no time", { learnedUntil: null }, {}, ["trained-again", "judged"]],
    ["rows by hash, which the parent has left out", { isTrainedOn: false }, { on: hashed }, ["shipped", "judged"]],
    ["rows by hash, which it was trained on since", {}, { on: hashed }, ["trained-again", "judged"]],
    ["an import that may have seen them", { isDeclared: true, learnedUntil: null }, {}, ["elsewhere", "judged"]],
    ["an import that is older", { isDeclared: true }, {}, ["shipped", "judged"]],
    ["another parent", { treeId: "c" }, {}, null],
    ["no evaluation", {}, { evaluation: null }, null],
    ["a changed contract", {}, { evaluation: { ...child.evaluation!, kind: "contract-change" } }, null],
    ["no common metric", {}, { evaluation: { ...child.evaluation!, metrics: [] } }, null],
  ])("%s", (_why, a, b, models) => {
    const together = judgedTogether({ ...parent, ...a }, { ...child, ...b });

    expect(together && [together.a, together.b]).toEqual(models);
    if (together !== null) expect(together.metrics).toEqual([{ metric: "rocAuc", a: 0.8, b: 0.85, improvement: 0.05 }]);
  });

  it("the other way round", () => {
    const together = judgedTogether(parent, child)!;
    const equal = { ...together, metrics: [{ metric: "f1", a: 1, b: 1, improvement: 0 }] };

    expect(turned(together)).toEqual({
      on,
      a: "judged",
      b: "shipped",
      metrics: [{ metric: "rocAuc", a: 0.85, b: 0.8, improvement: -0.05 }],
    });
    expect(turned(equal).metrics[0]!.improvement).toBe(0);
  });
});
