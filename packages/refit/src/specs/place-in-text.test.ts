import { describe, expect, it } from "vitest";
import { placeInText } from "./place-in-text.ts";

const path = ["own", "profit", "row"];

describe("a place inside a text of YAML", () => {
  it.each<[why: string, yaml: string, within: [number, number] | null, found: [number, number] | null]>([
    ["plain", "own:\n  profit:\n    row: abs(amout)", [1, 5], [3, 14]],
    ["quoted", 'own: { profit: { row: "abs(amout)" } }', [1, 5], [1, 28]],
    ["with escapes: its start", 'own: { profit: { row: "a = \\"b\\" + amout" } }', [1, 11], [1, 23]],
    ["a block", "own:\n  profit:\n    row: |\n      CASE\n        WHEN amout\n", [2, 8], [5, 14]],
    ["a block that begins with an empty line", "own:\n  profit:\n    row: |\n\n      amout\n", [2, 1], [5, 7]],
    ["folded: its start", "own:\n  profit:\n    row: >\n      1 +\n      amout\n", [1, 5], [3, 10]],
    ["no place inside", "own: { profit: { row: amout } }", null, [1, 23]],
    ["nowhere", "own: { loss: { row: amout } }", [1, 1], null],
  ])("%s", (_why, yaml, within, found) => {
    const place = (pair: [number, number] | null) => pair && { line: pair[0], column: pair[1] };

    expect(placeInText(yaml, path, place(within))).toEqual(place(found));
  });
});
