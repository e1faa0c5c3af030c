import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { walkGlob } from "./glob-automaton.ts";
import { globAutomaton, globLiteral, globPattern } from "./glob.ts";

const matches = (glob: string, path: string): boolean => globPattern(glob).test(path);

describe("globPattern", () => {
  it.each<[glob: string, yes: string[], no: string[]]>([
    ["data/a.csv", ["data/a.csv"], ["data/b.csv", "data/axcsv", "x/data/a.csv"]],
    ["data/*.csv", ["data/a.csv", "data/b.c.csv"], ["data/x/a.csv", "data/.a.csv", "data/a.csv.gz"]],
    ["data/?.csv", ["data/a.csv", "data/\u{1F600}.csv"], ["data/ab.csv", "data/..csv", "data/.csv"]],
    ["data/**/a.csv", ["data/a.csv", "data/x/a.csv", "data/x/y/a.csv"], ["data/.x/a.csv", "a.csv", "dataa.csv"]],
    ["**", ["a", "a/b", "a/b/c"], [".a", "a/.b", ""]],
    ["data/**", ["data/a", "data/x/a"], ["data", "data/", "data/.a"]],
    ["**/a", ["a", "x/a"], [".x/a", "xa"]],
    ["a**b", ["ab", "axxb"], ["a/b"]],
    ["x/a*", ["x/a", "x/ab"], ["x/b"]],
    ["[a-c].csv", ["a.csv", "c.csv"], ["d.csv", "A.csv", "-.csv"]],
    ["[!a-c].csv", ["d.csv", "\u{1F600}.csv"], ["a.csv", "c.csv", ".csv", "/.csv"]],
    ["[]-].csv", [], ["a.csv"]],
    ["[a-].csv", ["a.csv", "-.csv"], ["b.csv"]],
    ["[\\].csv", ["\\.csv"], ["a.csv"]],
    ["churn[z-a].csv", [], ["churnz.csv", "churna.csv"]],
    ["a[b", ["a[b"], ["ab"]],
    ["{a,b}.csv", ["a.csv", "b.csv"], ["c.csv", "{a,b}.csv"]],
    ["x{,y,z*}/{1,2}", ["x/1", "xy/2", "xzzz/1"], ["xx/1", "x/3"]],
    ["{a,{b,c}d}e", ["ae", "bde", "cde"], ["be", "ade"]],
    ["{**/a,b}", ["a", "x/a", "b"], ["x/b"]],
    ["a}b,c", ["a}b,c"], ["ab,c"]],
    ["a{b", ["a{b"], ["ab"]],
    ["{a{b}", ["{ab"], ["ab"]],
    ["{*,x}", ["a"], [".a"]],
    ["a.b+(c)^$|\\", ["a.b+(c)^$|\\"], ["axb+(c)^$|\\"]],
    ["a\nb", ["a\nb"], ["ab"]],
  ])("%s", (glob, yes, no) => {
    expect(yes.filter((path) => !matches(glob, path))).toEqual([]);
    expect(no.filter((path) => matches(glob, path))).toEqual([]);
  });
});

describe("the time that a glob takes", () => {
  const piece = fc.constantFrom(
    "**/",
    "*",
    "?",
    "a",
    "/",
    "{a,",
    "{",
    ",",
    "}",
    "[a-z]",
    "[!a]",
    "[z-a]",
    ".",
    "**",
    "\u{1F600}",
    "-",
    "]",
    "[",
  );
  const globs = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(""));
  const paths = fc
    .array(fc.constantFrom("a", "b", "/", ".", "\u{1F600}", "aaaa", "a/a/a/"), { maxLength: 60 })
    .map((parts) => parts.join(""));

  it("is at most its states times the letters of the path, whatever stands in it", () => {
    fc.assert(
      fc.property(globs, paths, (glob, path) => {
        const automaton = globAutomaton(glob);

        const { steps } = walkGlob(automaton, path);

        expect(automaton.states.length).toBeLessThanOrEqual(8 * glob.length + 1);
        expect(steps).toBeLessThanOrEqual(automaton.states.length * ([...path].length + 1));
      }),
      { numRuns: 2000, seed: 9 },
    );
  });

  it("ends for globs that backtracking never gets through", () => {
    const path = `${"a/".repeat(400)}b`;

    expect(matches(`${"**/".repeat(14)}c`, path)).toBe(false);
    expect(matches(`${"**/".repeat(14)}b`, path)).toBe(true);
    expect(matches(`${"*a".repeat(30)}b`, "a".repeat(3000))).toBe(false);
    expect(matches(`${"{a,aa}".repeat(30)}b`, "a".repeat(60))).toBe(false);
  });
});

describe("the folders that a glob reaches", () => {
  it.each([
    ["data/*.csv", ["data/"], ["data/a/", "date/", "d/"]],
    ["data/**/x.csv", ["data/", "data/a/b/"], ["other/", "data/.git/"]],
    ["data/{a,b}/*/c.csv", ["data/a/", "data/b/x/"], ["data/c/", "data/a/x/y/"]],
    ["*.csv", [], ["node_modules/"]],
  ])("of %s are %j, and none of %j", (glob, inside, outside) => {
    const { reaches } = globPattern(glob);

    expect(inside.filter((folder) => !reaches(folder))).toEqual([]);
    expect(outside.filter(reaches)).toEqual([]);
  });

  it("are all those above a match", () => {
    const name = fc.constantFrom("a", "b", "ab", ".b");
    const part = fc.constantFrom("a", "b", "*", "**", "{a,b}", "[ab]", "?", "*b", "{a/b,c}");
    let matched = 0;
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 1, maxLength: 4 }),
        fc.array(name, { minLength: 1, maxLength: 5 }),
        (parts, names) => {
          const { test, reaches } = globPattern(parts.join("/"));
          fc.pre(test(names.join("/")));
          matched++;
          expect(names.slice(0, -1).filter((_, i) => !reaches(`${names.slice(0, i + 1).join("/")}/`))).toEqual([]);
        },
      ),
      { numRuns: 300, seed: 4 },
    );
    expect(matched).toBeGreaterThan(200);
  });
});

describe("globLiteral", () => {
  it.each(["data", "s3://b/run[1]/{x}", "a*b?c/]}{[", "!-^/ü \u{1F600}"])(
    "of %s matches itself and what is below it",
    (path) => {
      const below = globPattern(`${globLiteral(path)}/**`);

      expect(globPattern(globLiteral(path)).test(path)).toBe(true);
      expect([below.test(`${path}/x/y.png`), below.test(`${path}x/y.png`)]).toEqual([true, false]);
    },
  );

  it("matches no other path", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string(), (path, other) => {
        expect(globPattern(globLiteral(path)).test(other)).toBe(
          path === other && globPattern(globLiteral(path)).test(path),
        );
      }),
    );
  });
});
