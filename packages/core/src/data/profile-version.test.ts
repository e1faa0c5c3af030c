import { describe, expect, it } from "vitest";

import { importanceOfColumns, profileVersion } from "./profile-version.ts";
import { profilePredictions } from "./profile-predictions.ts";
import { profileOf } from "./profile.fixture.ts";
import { profile } from "./profile.ts";

const binary = { name: "left", task: "binary" as const, classes: [false, true] };

describe("profileVersion", () => {
  const files = [profileOf({ id: [1, 2], hours: [3, 4], plan: ["a", "b"] })];
  const traits = {
    prediction: profilePredictions(Float64Array.of(0.1, 0.7), binary),
    importance: new Map([["hours", 3]]),
    unread: new Set(["id"]),
  };

  it("tells what the answers hang on and what they were, and is valid", () => {
    const made = profileVersion(files, traits);

    expect(made.columns.map(({ importance }) => importance)).toEqual([undefined, 1, 0]);
    expect(made.prediction).toMatchObject({ name: "left", type: "number", rows: 2, nulls: 0, min: 0.1, max: 0.7 });
    expect(profile.safeParse(made).success).toBe(true);
  });

  it("keeps no answers that are not to be kept", () => {
    expect(profileVersion(files, { ...traits, prediction: null })).not.toHaveProperty("prediction");
  });
});

describe("importanceOfColumns", () => {
  it.each<[what: string, prepared: [string, number][], columns: string[], shares: Record<string, number>]>([
    [
      "columns that are read as they are",
      [
        ["a", 1],
        ["b", 3],
      ],
      ["a", "b"],
      { a: 0.25, b: 0.75 },
    ],
    [
      "computed ones, shared by those without a namesake",
      [
        ["a", 1],
        ["c", 1],
      ],
      ["a", "b", "d"],
      { a: 0.5, b: 0.25, d: 0.25 },
    ],
    [
      "computed ones, of which every source is read too",
      [
        ["a", 1],
        ["c", 1],
      ],
      ["a"],
      { a: 1 },
    ],
    ["a model that looks at nothing", [["a", 0]], ["a"], {}],
    ["nothing known", [], ["a"], {}],
  ])("%s", (_what, prepared, columns, shares) => {
    expect(Object.fromEntries(importanceOfColumns(new Map(prepared), columns))).toEqual(shares);
  });
});

describe("profilePredictions", () => {
  it("counts probabilities and values, what is not finite as missing", () => {
    const values = Float64Array.of(0.2, Number.NaN, 0.4);

    expect(profilePredictions(values, binary)).toMatchObject({ rows: 3, nulls: 1, max: 0.4 });
    expect(profilePredictions(values, { name: "x", task: "regression", classes: null })).toMatchObject({ nulls: 1 });
  });

  it("counts the most probable of more than two classes", () => {
    const target = { name: "y", task: "multiclass" as const, classes: ["a", "b", "c"] };
    const made = profilePredictions(Float64Array.of(0.1, 0.8, 0.1, 0.5, 0.5, 0, 0, Number.NaN, 1), target);

    expect(made).toMatchObject({
      type: "string",
      rows: 3,
      nulls: 1,
      top: [
        ["a", 1],
        ["b", 1],
      ],
    });
  });
});
