import { describe, expect, it } from "vitest";
import { hasRepeated } from "./has-repeated.ts";
import { rowOf, rowOfEachKind } from "./ledger-row.fixture.ts";

const seen = Date.parse("2026-03-01T00:00:00.000Z");
const day = 86_400_000;

describe("hasRepeated", () => {
  it.each<[when: string, program: string, now: number, known: boolean]>([
    ["at once", "p", seen, true],
    ["just within 30 days", "p", seen + 30 * day - 1, true],
    ["after 30 days", "p", seen + 30 * day, false],
    ["before it was seen", "p", seen - 1, false],
    ["of another program", "q", seen, false],
  ])("%s", (_when, program, now, known) => {
    expect(hasRepeated(rowOfEachKind, program, now)).toBe(known);
  });

  it("takes any of several rows", () => {
    const rows = [rowOf("repeated", { program: "other" }), rowOf("repeated"), rowOf("look")];

    expect(hasRepeated(rows, "p", seen)).toBe(true);
  });
});
