import type { Column } from "@refit/core/runtime";
import { describe, expect, it } from "vitest";
import { groupRows } from "./slices.ts";

/** A text column; `null` is a missing value. */
function column(...texts: readonly (string | null)[]): Column {
  const dictionary = [...new Set(texts.filter((text) => text !== null))];
  const codes = Int32Array.from(texts, (text) => (text === null ? -1 : dictionary.indexOf(text)));
  return { name: "c", kind: "text", type: "string", dictionary, codes };
}

const groupsOf = async (...columns: readonly Column[]) => {
  const groups = await groupRows(
    columns,
    Uint32Array.from({ length: 5 }, (_, row) => row),
  );
  return groups.map(({ value, members }) => [value, ...members]);
};

describe("groupRows", () => {
  it("groups by one column, the largest group first", async () => {
    expect(await groupsOf(column("a", "b", "b", null, "b"))).toEqual([
      ["b", 1, 2, 4],
      ["(missing)", 3],
      ["a", 0],
    ]);
  });

  it("groups by pairs of values", async () => {
    expect(await groupsOf(column("a", "b", "b", null, "b"), column("x", "x", "y", "x", "x"))).toEqual([
      ["b × x", 1, 4],
      ["(missing) × x", 3],
      ["a × x", 0],
      ["b × y", 2],
    ]);
  });

  it("keeps pairs apart that read alike", async () => {
    const [first, second] = [column("a × b", "a", "a", "a", "a"), column("c", "b × c", "b", "b", "b")];

    expect(await groupsOf(first, second)).toEqual([
      ["a × b", 2, 3, 4],
      ["a × b × c", 1],
      ["a × b × c", 0],
    ]);
  });
});
