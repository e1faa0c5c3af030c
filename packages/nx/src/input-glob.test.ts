import { createRequire } from "node:module";
import { globPattern } from "@refit/core/spec";
import fc from "fast-check";
import { expect, it } from "vitest";
import { inputGlob } from "./input-glob.ts";

type Minimatch = (path: string, glob: string, options: object) => boolean;
/** The one that Nx compares changed files with. */
const ofNx = createRequire(createRequire(import.meta.url).resolve("nx/package.json"));
const { minimatch } = ofNx("minimatch") as { minimatch: Minimatch };

it.each([
  ["data/churn.csv", "data/churn.csv"],
  ["./data//churn.csv", "data/churn.csv"],
  ["data/*/2026-??.csv", "data/*/2026-??.csv"],
  ["data/**/*.parquet", "data/**/*.parquet"],
  ["data/**", "data/**/*"],
  ["data/a**b.csv", "data/a*b.csv"],
  ["data/*.{csv,parquet}", "data/*.{csv,parquet}"],
  ["data/{a,b}{c,d}.csv", "data/*"],
  ["data/{a/b,c}.csv", "data/**/*"],
  ["{a/b,c}.csv", "**/*"],
  ["data/churn (1).csv", "data/*"],
  ["data/[0-9].csv", "data/*"],
  ["#data/!x.csv", "*/*"],
  ["{projectRoot}/x.csv", "*/x.csv"],
  ["données/été 2026.csv", "données/été 2026.csv"],
])("%s is %s for Nx", (glob, expected) => {
  expect(inputGlob(glob)).toBe(expected);
});

/** A piece of a glob, and a text that it could match. */
const piece = fc.oneof(
  fc.constantFrom(..."aab.-_ é!@#()+|$^;,{}[]\\").map((letter) => [letter, letter] as const),
  fc.constantFrom(["*", "ab"], ["*", ""], ["?", "b"], ["[ab]", "a"], ["[!b]", "+"], ["{a,b}", "b"], ["{a,.x}", ".x"]),
  fc.constantFrom(["/", "/"], ["/**/", "/"], ["/**/", "/a/b.c/"], ["**/", "a/"], ["/**", "/a/b"], ["{a/b,c}", "a/b"]),
);

it("matches in Nx whatever the glob matches in refit", () => {
  let matched = 0;
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 8 }), (pieces) => {
      const [glob, path] = [0, 1].map((side) => pieces.map((each) => each[side]).join("")) as [string, string];
      fc.pre(inRepository(glob) && inRepository(path) && globPattern(glob).test(path));
      matched++;
      expect([glob, inputGlob(glob), minimatch(path, inputGlob(glob), { dot: true })]).toEqual([
        glob,
        expect.anything(),
        true,
      ]);
    }),
    { numRuns: 1000 },
  );
  expect(matched).toBeGreaterThan(500);
});

/** Others never come here. */
const inRepository = (path: string) => path.split("/").every((part) => !["", ".", ".."].includes(part));
