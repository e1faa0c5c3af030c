import { describe, expect, it } from "vitest";
import { numberForm, type Convention } from "./number-form.ts";

const formOf = (texts: readonly string[], convention: Convention = null) => {
  const found = numberForm(
    texts.map((text) => ({ text, count: 1 })),
    convention,
  );
  return found && { form: found.form, rows: found.rows };
};

describe("numberForm", () => {
  it.each<[why: string, texts: string[], form: object, rows?: number]>([
    ["plain numbers", ["1", "2.5", "-3e4", ".5", "7."], {}],
    ["decimal commas", ["1,5", "-0,25", "12"], { decimalChar: "," }],
    ["a decimal comma with three digits behind a zero", ["0,125", "1,500"], { decimalChar: "," }],
    ["German thousands", ["1.234,5", "12.345.678,00", "7"], { decimalChar: ",", groupChar: "." }],
    ["German thousands without a fraction", ["1.234.567", "12.345"], { decimalChar: ",", groupChar: "." }],
    ["English thousands", ["1,234.5", "7.25", "1,234,567"], { groupChar: "," }],
    ["English thousands without a fraction", ["1,234,567", "2,345"], { groupChar: "," }],
    ["Indian thousands", ["12,34,567.5", "1,234.5"], { groupChar: "," }],
    ["French thousands", ["1 234,5", "12"], { decimalChar: ",", groupChar: " " }],
    ["narrow spaces", ["1\u202F234,5", "12,1"], { decimalChar: ",", groupChar: "\u202F" }],
    ["spaces that do not break", ["1\u00A0234,5", "12,1"], { decimalChar: ",", groupChar: "\u00A0" }],
    ["Swiss thousands", ["1'234.5", "2'000"], { groupChar: "'" }],
    ["per cent", ["95 %", "3.5 %", "100%"], { bareNumber: false, unit: "%" }],
    ["per cent with a decimal comma", ["95,5 %", "3,25 %"], { decimalChar: ",", bareNumber: false, unit: "%" }],
    ["dollars", ["$1,234.50", "-$3.99", "$5"], { groupChar: ",", bareNumber: false, unit: "$" }],
    ["euros behind", ["1.234,50 €", "3,99 €"], { decimalChar: ",", groupChar: ".", bareNumber: false, unit: "€" }],
    ["a currency in letters", ["EUR 12.50", "EUR 3"], { bareNumber: false, unit: "EUR" }],
    ["a unit", ["12 km", "3.5 km"], { bareNumber: false, unit: "km" }],
    ["a currency and a unit", ["$5 h", "$3.5 h"], { bareNumber: false }],
    ["one text that is no number", ["1,5", "2,5", "Total"], { decimalChar: "," }, 2],
    ["one of another form", ["1,5", "2,5", "3.5"], { decimalChar: "," }, 2],
    ["a negative in brackets is none", ["1.5", "(2.5)"], {}, 1],
  ])("%s", (_why, texts, form, rows = texts.length) => {
    expect(formOf(texts)).toEqual({ form, rows });
  });

  it.each<[why: string, texts: string[]]>([
    ["words", ["a", "b c"]],
    ["codes", ["A12", "B7", "Q3"]],
    ["dates", ["2024-01-31", "31.01.24x"]],
    ["versions", ["1.2.3", "10.0.1"]],
    ["ranges", ["5-10", "11-20"]],
  ])("%s are none", (_why, texts) => {
    expect(formOf(texts)).toBeNull();
  });

  it("does not mix units that mean different numbers", () => {
    expect(formOf(["1.2M", "300K", "5M"])).toBeNull();
    expect(formOf(["5 km", "3 mi", "4 km"])).toEqual({ form: { bareNumber: false, unit: "km" }, rows: 2 });
  });

  it.each<[convention: Convention, form: object, other: object]>([
    [",", { decimalChar: "," }, { groupChar: "," }],
    [".", { groupChar: "," }, { decimalChar: "," }],
    [null, { groupChar: "," }, { decimalChar: "," }],
  ])("goes by the other columns (%s) where 1,234 may be both", (convention, form, other) => {
    const found = numberForm([{ text: "1,234", count: 3 }], convention);

    expect(found).toMatchObject({ form, other, rows: 3 });
  });

  it("has no second reading where one column shows which it is", () => {
    expect(numberForm([{ text: "1,5", count: 3 }], null)!.other).toBeNull();
    expect(numberForm([{ text: "7 %", count: 3 }], ",")!.other).toBeNull();
  });
});
