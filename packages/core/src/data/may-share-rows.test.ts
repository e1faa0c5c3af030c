import { describe, expect, it } from "vitest";
import { mayShareRows } from "./may-share-rows.ts";
import type { ColumnProfile, Profile } from "./profile.ts";

const range = (name: string, min: number, max: number, nulls = 0): ColumnProfile => ({
  name,
  type: "number",
  rows: 10,
  nulls,
  min,
  max,
});
const texts = (name: string, ...values: string[]): ColumnProfile => ({
  name,
  type: "string",
  rows: 10,
  nulls: 0,
  otherCount: 0,
  distinct: values.length,
  top: values.map((value) => [value, 1]),
});
const file = (...columns: ColumnProfile[]): Profile => ({ format: 1, rows: 10, columns });
const day = (n: number) => file(range("x", 0, 1), range("day", n, n));

describe("mayShareRows", () => {
  it.each<[why: string, other: Profile | null, fresh: Profile, shared: boolean]>([
    ["a later day", day(1), day(2), false],
    ["the same day", day(1), day(1), true],
    ["ranges that touch", file(range("x", 0, 1)), file(range("x", 1, 2)), true],
    ["a profile that is not at hand", null, day(2), true],
    ["other texts", file(texts("month", "jan", "feb")), file(texts("month", "mar")), false],
    ["a text in common", file(texts("month", "jan", "feb")), file(texts("month", "feb", "mar")), true],
    ["more texts than a profile keeps", file({ ...texts("t", "a"), otherCount: 3 }), file(texts("t", "b")), true],
    ["values that both lack", file(range("x", 0, 1, 1)), file(range("x", 2, 3, 1)), true],
    ["values that one lacks", file(range("x", 0, 1, 1)), file(range("x", 2, 3)), false],
    ["another type", file(range("x", 0, 1)), file({ ...range("x", 2, 3), type: "integer" }), true],
    ["a sensitive column alone", file({ name: "s", type: "string", rows: 9, nulls: 0 }), file(texts("s", "b")), true],
    ["no column in common", file(range("x", 0, 1)), file(range("y", 2, 3)), true],
  ])("%s", (_why, other, fresh, shared) => {
    const found = mayShareRows({ others: [other], fresh: [fresh], key: null });
    expect(found).toEqual(shared ? { others: [0], fresh: [0] } : { others: [], fresh: [] });
  });

  it("looks at the key alone where there is one: a corrected row differs elsewhere", () => {
    const [then, now] = [file(range("id", 1, 9), range("x", 0, 1)), file(range("id", 5, 12), range("x", 7, 8))];
    expect(mayShareRows({ others: [then], fresh: [now], key: ["id"] }).fresh).toEqual([0]);
    expect(mayShareRows({ others: [then], fresh: [now], key: null }).fresh).toEqual([]);
  });

  it("finds those of many, and fresh files that share with each other", () => {
    const others = Array.from({ length: 30 }, (_, n) => day(n));
    expect(mayShareRows({ others, fresh: [day(12), day(50), day(40), day(40)], key: null })).toEqual({
      others: [12],
      fresh: [0, 2, 3],
    });
  });
});
