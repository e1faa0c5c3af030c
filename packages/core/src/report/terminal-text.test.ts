import { describe, expect, it } from "vitest";
import { wrappedProse } from "./terminal-text.ts";

describe("prose in a terminal", () => {
  const lines = ["churn: blocked.", "  - error null-jump: too many values are missing", "    Fill them in, please."];

  it("is broken as it is indented, and behind its dash", () => {
    expect(wrappedProse(lines, 24)).toEqual([
      "churn: blocked.",
      "  - error null-jump: too",
      "    many values are",
      "    missing",
      "    Fill them in,",
      "    please.",
    ]);
  });

  it("stays as it is where no terminal shows it", () => {
    expect(wrappedProse(lines, null)).toEqual(lines);
  });
});
