import { describe, expect, it } from "vitest";
import { foundWords } from "./found-words.ts";

const trees = { learner: "gbdt", leaves: 63, trees: 100 };

describe("what a search has found", () => {
  it.each<[words: string | null, settings: object]>([
    [null, { trees: 3 }],
    ["linear", { chosen: [{ share: 1, settings: { learner: "linear", l2: 1 } }] }],
    [
      "60 % gbdt of 63 leaves, 40 % linear",
      {
        chosen: [
          { share: 0.6, settings: trees },
          { share: 0.4, settings: { learner: "linear" } },
        ],
      },
    ],
    ["undefined", { chosen: [null] }],
    ["", { chosen: [] }],
  ])("%s", (words, settings) => {
    expect(foundWords(settings as Readonly<Record<string, unknown>>)).toBe(words);
  });
});
