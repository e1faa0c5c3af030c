import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { mergeProfiles } from "./merge-profiles.ts";
import { profileOf } from "./profile.fixture.ts";
import { profile } from "./profile.ts";

// Integers, so that sums do not depend on the order of addition.
const rows = fc.array(
  fc.record({
    n: fc.option(fc.integer({ min: -1000, max: 1000 })),
    s: fc.option(fc.constantFrom("a", "b", "c", "d")),
  }),
  { maxLength: 30 },
);

type Rows = readonly { n: number | null; s: string | null }[];

/** A first row of each kind, so that both columns have their type in every part. */
const columnsOf = (part: Rows) => {
  const all = [{ n: 1, s: "a" }, ...part];
  return { n: all.map((row) => row.n), s: all.map((row) => row.s) };
};

describe("mergeProfiles", () => {
  it("gives the profile of the rows together", () => {
    fc.assert(
      fc.property(rows, rows, (first, second) => {
        const merged = mergeProfiles([profileOf(columnsOf(first)), profileOf(columnsOf(second))]);

        expect(merged.columns).toEqual(
          profileOf(columnsOf([...first, { n: 1, s: "a" }, ...second])).columns.map((column) => ({
            ...column,
            // The largest number of texts that the parts can have had between them.
            ...(column.distinct !== undefined && { distinct: expect.any(Number) }),
          })),
        );
      }),
    );
  });

  it("does not depend on how the parts are grouped", () => {
    fc.assert(
      fc.property(rows, rows, rows, (a, b, c) => {
        const [x, y, z] = [a, b, c].map((part) => profileOf(columnsOf(part))) as [never, never, never];

        expect(mergeProfiles([mergeProfiles([x, y]), z])).toEqual(mergeProfiles([x, mergeProfiles([y, z])]));
      }),
    );
  });

  it("does not depend on the order of the parts", () => {
    fc.assert(
      fc.property(rows, rows, (a, b) => {
        const [x, y] = [profileOf(columnsOf(a)), profileOf(columnsOf(b))];

        expect(mergeProfiles([x, y])).toEqual(mergeProfiles([y, x]));
      }),
    );
  });

  it("does not depend on the order of the parts, also where sums are rounded", () => {
    const parts = fc.array(fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 5 }), {
      minLength: 3,
      maxLength: 8,
    });
    fc.assert(
      fc.property(parts, (numbers) => {
        const profiles = numbers.map((part) => profileOf({ n: part.map((value) => value + 0) }));

        expect(mergeProfiles([...profiles].reverse())).toEqual(mergeProfiles(profiles));
      }),
    );
  });

  it("does not depend on the order of the rows", () => {
    fc.assert(
      fc.property(rows, (part) => {
        expect(profileOf(columnsOf([...part].reverse()))).toEqual(profileOf(columnsOf(part)));
      }),
    );
  });

  it("counts a column that a part lacks as missing in all its rows", () => {
    const merged = mergeProfiles([profileOf({ a: [1, 2] }), profileOf({ a: [3], b: ["x"] })]);

    expect(merged.rows).toBe(3);
    expect(merged.columns[1]).toMatchObject({ name: "b", type: "string", rows: 3, nulls: 2, top: [["x", 1]] });
  });

  it("keeps the 200 most frequent texts by name, and the count of the rest", () => {
    const texts = Array.from({ length: 150 }, (_, i) => `a${String(i).padStart(3, "0")}`);
    const others = Array.from({ length: 150 }, (_, i) => `b${String(i).padStart(3, "0")}`);

    const [column] = mergeProfiles([profileOf({ t: [...texts, "a000"] }), profileOf({ t: others })]).columns;

    expect(column!.top).toHaveLength(200);
    expect(column!.top![0]).toEqual(["a000", 2]);
    expect(column).toMatchObject({ otherCount: 100, distinct: 300 });
  });

  it("leaves values of sensitive columns out", () => {
    const bare = { format: 1 as const, rows: 2, columns: [{ name: "s", type: "string" as const, rows: 2, nulls: 1 }] };

    expect(mergeProfiles([bare, bare]).columns).toEqual([{ name: "s", type: "string", rows: 4, nulls: 2 }]);
  });

  it.each([
    ["no profiles", []],
    ["a profile without rows", [profileOf({ a: [] })]],
    ["all missing", [profileOf({ a: [null, null] })]],
  ])("makes a valid profile of %s", (_what, parts) => {
    expect(profile.safeParse(mergeProfiles(parts)).success).toBe(true);
  });
});
