import { expect, it } from "vitest";
import type { FileDifference } from "../lineage/compare-folders.ts";
import { differenceSentence } from "./difference-sentence.ts";

it.each<[FileDifference, string]>([
  [
    { path: "artifact/x.sh", kind: "extra" },
    "artifact/x.sh does not belong to the version: making it again gives no such file.",
  ],
  [{ path: "profile.json", kind: "missing" }, "profile.json is missing: making the version again gives it."],
  [{ path: "README.md", kind: "changed", values: [] }, "README.md differs from the one that was made again."],
  [
    {
      path: "metrics.json",
      kind: "changed",
      values: [
        { key: "holdout.rocAuc", remade: "0.9", found: "0.99" },
        { key: "x\u001B[2J\n::error::y\u202E", remade: undefined, found: '"1"' },
        { key: "", remade: "a list of 1", found: "null" },
      ],
    },
    'metrics.json differs: holdout.rocAuc is 0.99, made again it is 0.9; x[2J ::error::y is "1", made again it is absent; the whole is null, made again it is a list of 1.',
  ],
])("%#: %o", (difference, sentence) => {
  expect(differenceSentence(difference)).toBe(sentence);
});

it("cuts what a stranger made long", () => {
  const long = "x".repeat(100_000);
  const values = [{ key: long, remade: long, found: long }];

  expect(differenceSentence({ path: long, kind: "changed", values }).length).toBeLessThan(600);
});
