import { describe, expect, it } from "vitest";
import type { DriftVerdict } from "../data/drift-verdict.ts";
import { driftVerdictSentence } from "./drift-cells.ts";

describe("driftVerdictSentence", () => {
  it.each([
    [0.419, 1, "1 column drifted, too little to call it drift of the data as a whole (level 0.4190, drift from 1)."],
    [0, 0, "No column has drifted (level 0.0000, drift from 1)."],
    [1.5, 2, "The data as a whole have drifted, in 2 columns (level 1.5000, drift from 1)."],
    [1.5, 0, "The data as a whole have drifted (level 1.5000, drift from 1)."],
  ])("level %f, %i columns", (level, columns, words) => {
    const verdict = { level, columns: Array.from({ length: columns }, () => ({})), classifier: null };

    expect(driftVerdictSentence(verdict as unknown as DriftVerdict)).toBe(words);
  });
});
