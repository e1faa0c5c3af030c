import fc from "fast-check";
import { expect, it } from "vitest";
import { globPattern } from "../spec/glob.ts";
import { pathIndex } from "./path-index.ts";

const word = fc.string({ unit: fc.constantFrom("a", "b", ".", "-", "é", "𝒳"), minLength: 1, maxLength: 3 });
const path = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join("/"));
const folders = path.filter((each) => each !== ".");
const glob = fc
  .array(fc.oneof(word, fc.constantFrom("*", "**", "a*", "?", "[ab]", "{a,b}")), { minLength: 1, maxLength: 3 })
  .map((words) => words.join("/"));

it("finds what a search through all paths would", () => {
  fc.assert(
    fc.property(fc.array(path, { maxLength: 20 }), glob, folders, (paths, pattern, folder) => {
      const index = pathIndex(paths);
      const all = [...new Set(paths)].sort();

      expect(index.matching(pattern)).toEqual(all.filter((each) => globPattern(pattern).test(each)));
      expect(index.below(folder)).toEqual(all.filter((each) => each.startsWith(`${folder}/`)));
      expect(index.below(".")).toEqual(all);
    }),
    { numRuns: 2000 },
  );
});
