import { describe, expect, it } from "vitest";
import { number, text } from "../features/make-column.fixture.ts";
import { groupNumbers } from "./group-numbers.ts";

describe("groupNumbers", () => {
  it.each([
    ["text", text("x", ["a", "b", "a", null, null, "b"])],
    ["numbers", number("x", [7, 3, 7, Number.NaN, Number.NaN, 3])],
  ])("counts %s in order of appearance, each missing value for itself", (_kind, column) => {
    const { groups, count } = groupNumbers(column, Uint32Array.of(1, 2, 3, 4, 5));

    expect([...groups]).toEqual([0, 1, 2, 3, 0]);
    expect(count).toBe(4);
  });
});
