import type { Column } from "@refit/core/runtime";
import { describe, expect, it } from "vitest";
import { inferKey, isIdentifierName } from "./infer-key.ts";

const numbers = (name: string, values: number[]): Column => ({
  kind: "number",
  name,
  type: "integer",
  values: Float64Array.from(values),
});
const texts = (name: string, values: string[]): Column => {
  const dictionary = [...new Set(values)];
  return {
    kind: "text",
    name,
    type: "string",
    dictionary,
    codes: Int32Array.from(values, (v) => dictionary.indexOf(v)),
  };
};

describe("inferKey", () => {
  it.each<[what: string, columns: Column[], key: string | null, unsure?: string]>([
    ["a first column that counts the rows", [numbers("customer", [3, 1, 2])], "customer"],
    ["one that counts from 0", [numbers("row", [0, 1, 2])], "row"],
    ["a first column of different texts", [texts("customer", ["a", "b"])], "customer"],
    ["a later column by its name", [texts("a", ["x", "x"]), texts("order_id", ["p", "q"])], "order_id"],
    ["a name in one word", [texts("a", ["x", "x"]), numbers("PassengerId", [892, 17])], "PassengerId"],
    ["an income that is different in every row", [numbers("income", [51_000, 32_500, 70_200])], null, "income"],
    ["a time in seconds", [numbers("when", [1_700_000_000, 1_700_003_600])], null, "when"],
    ["an area", [numbers("area", [120, 95, 143])], null, "area"],
    ["a price beside an id", [numbers("price", [120, 95]), numbers("id", [7, 5])], "id"],
    ["a number whose name only begins like one", [numbers("idle", [120, 95])], null, "idle"],
    ["not one that repeats", [numbers("id", [1, 1, 2])], null],
    ["not a unique number in the middle", [texts("a", ["x", "x"]), numbers("width", [4, 7])], null],
    ["not the target", [numbers("y", [1, 2, 3])], null],
  ])("%s", (_what, columns, key, unsure) => {
    expect(inferKey(columns, "y")).toEqual({ key, unsure: unsure ?? null });
  });

  it.each(["id", "user_id", "userId", "Order No", "zip", "ZipCode", "isbn", "customer key"])(
    "%s names things",
    (name) => {
      expect(isIdentifierName(name)).toBe(true);
    },
  );

  it.each(["income", "idle", "paid", "monkey", "noise", "width", "encoded"])("%s does not", (name) => {
    expect(isIdentifierName(name)).toBe(false);
  });
});
