import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { compare, refused, type Answer, type Expected } from "../../test/reference/compare.ts";
import { functions, notOurs } from "../../test/reference/functions.ts";

interface Case {
  readonly id: string;
  readonly fn: string;
  readonly input: never;
  readonly expect: Expected;
  readonly rel_tol: number;
}

const fixture = readCases(new URL("../../test/fixtures/reference-cases.json", import.meta.url));
/** Another file of the same format can be named, to hold the functions against cases that nobody here has seen. */
const named = process.env["REFIT_REFERENCE_CASES"];
const cases = named === undefined ? fixture : readCases(named);

function readCases(path: string | URL): readonly Case[] {
  return (JSON.parse(readFileSync(path, "utf8")) as { cases: readonly Case[] }).cases;
}

function answer(one: Case): Answer {
  const ours = functions[one.fn];
  if (ours === undefined) throw new Error(`no function of ours is mapped to "${one.fn}"`);
  try {
    return ours(one.input);
  } catch (error) {
    if (error instanceof RangeError && throws(one.expect)) return refused;
    throw error;
  }
}

function throws(reference: Expected): boolean {
  return typeof reference === "object" && reference !== null && "raises" in reference;
}

describe("reference cases", () => {
  it("exist", () => {
    expect(cases.length).toBeGreaterThan(0);
  });

  // A file from elsewhere may hold statistics that refit does not compute; the fixture may not.
  const ours = cases.filter(({ fn }) => cases === fixture || functions[fn] !== undefined);

  it.each(ours.map((one) => [one.id, one] as const))("%s", (_id, one) => {
    expect(compare(answer(one), one.expect, one.rel_tol)).toEqual([]);
  });
});

describe("our answers", () => {
  it("cover every field of the fixture that is not listed as none of ours", () => {
    const silent = fixture.flatMap((one) => {
      const ours = answer(one);
      const reference = one.expect as { readonly [field: string]: Expected };
      if (typeof ours !== "object" || ours === null || "warns" in reference || "raises" in reference) return [];
      return Object.keys(reference).flatMap((field) => (field in ours ? [] : [`${one.fn}.${field}`]));
    });
    const listed = Object.entries(notOurs).flatMap(([fn, fields]) => fields.map((field) => `${fn}.${field}`));

    expect([...new Set(silent)].sort()).toEqual(listed.sort());
  });

  it.each([
    [{ p: 0.5 }, { p: 0.6 }],
    [{ p: null }, { p: 0.6 }],
    [{ p: NaN }, { p: "NaN" }],
    [{ p: NaN }, { p: { raises: "ValueError" } }],
    [{ p: 0.5 }, { p: { value: 0.6, warns: [] } }],
    [{ p: 1e-13 }, { p: "Infinity" }],
    [{ list: [1, 2] }, { list: [1] }],
    [{ yes: true }, { yes: false }],
    [null, { p: 1 }],
    [1, { p: 1 }],
  ])("are wrong when %j is said of %j", (ours, reference) => {
    expect(compare(ours, reference, 1e-10)).toHaveLength(1);
  });
});
