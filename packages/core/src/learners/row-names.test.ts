import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Column } from "../features/column.ts";
import { rowNames } from "./row-names.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const text = (values: readonly (string | null)[], dictionary: readonly string[]): Column => ({
  kind: "text",
  name: "a",
  type: "string",
  dictionary: [...dictionary],
  codes: Int32Array.from(values, (value) => (value === null ? -1 : dictionary.indexOf(value))),
});
const numbers = (type: "integer" | "number" | "date", ...values: number[]): Column => ({
  kind: "number",
  name: "n",
  type,
  values: Float64Array.from(values),
});
const named = (columns: readonly Column[], rows: number) => rowNames(columns, rows, sha256);

describe("names of rows", () => {
  it("hang on the values alone, not on how a file numbers them", () => {
    expect(named([text(["x", "y"], ["x", "y"])], 2)).toEqual(named([text(["x", "y"], ["y", "z", "x"])], 2));
    expect(named([numbers("integer", 1, 20)], 2)).toEqual(named([numbers("number", 1, 20)], 2));
    expect(named([text(["x"], ["x"])], 1)[0]).toBe(sha256('["x"]').slice(0, 32));
  });

  it("differ where the parts of a key differ, however they are cut", () => {
    const parts = (a: string, b: string) => named([text([a], [a]), text([b], [b])], 1)[0];

    expect(new Set([parts("ab", "c"), parts("a", "bc"), parts("abc", ""), parts('a","b', "c")]).size).toBe(4);
  });

  it("are missing where a part of the key is", () => {
    expect(named([text([null, "x"], ["x"]), numbers("date", 1, Number.NaN)], 2)).toEqual([null, null]);
  });
});
