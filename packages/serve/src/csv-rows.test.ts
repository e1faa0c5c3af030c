import { expect, it } from "vitest";
import { csvColumns } from "./csv-rows.ts";

const inputs = [
  { name: "n", type: "number" },
  { name: "b", type: "boolean" },
  { name: "t", type: "string" },
] as const;

it.each<[what: string, text: string, n: unknown[], t: unknown[]]>([
  ["plain lines", "n,b,t\n1,true,x\n,,\n", [1, NaN], ["x", null]],
  ["lines of Windows", "n,b,t\r\n1,true,x\r\n2,,y", [1, 2], ["x", "y"]],
  [
    "marks, commas and line breaks in values",
    'n,b,t\n1,,"a,\r\n""b"""\n2,,c\n"3",,"d"\n',
    [1, 2, 3],
    ['a,\r\n"b"', "c", "d"],
  ],
  ["a mark of the byte order", "\ufeffn,b,t\n1,,x", [1], ["x"]],
  ["numbers as people and programs write them", "n,b,t\n-1.5e3,,1\n+.5,,2\n5.,,3", [-1500, 0.5, 5], ["1", "2", "3"]],
  ["what is not a number as text", "n,b,t\n0x10,,1\n 1,,2\nNaN,,3", ["0x10", " 1", "NaN"], ["1", "2", "3"]],
  ["no rows", "n,b,t\n", [], []],
])("reads %s", (_what, text, n, t) => {
  expect(csvColumns(text, inputs)).toMatchObject({ n, t });
});

it.each<[what: string, text: string, says: string]>([
  ["a mark in the header", 'n,"b\nt\n', "in the header of the CSV text"],
  ["a mark in a later row", 'n\n1\n"2', "in row 1 of the CSV text"],
  ["a carriage return in a value", "n\na\rb\n", "in row 0 of the CSV text"],
])("refuses %s", (_what, text, says) => {
  expect(() => csvColumns(text, inputs)).toThrow(says);
});
