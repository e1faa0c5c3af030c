import { describe, expect, it } from "vitest";

import { readClaims } from "./claims.ts";
import { parseLineage, parseProfile } from "./parse-stored.ts";

const claims = { format: 1, parent: null, inputDigest: "d", files: {} };
const nested = (levels: number, inside = "1"): string => `${"[".repeat(levels)}${inside}${"]".repeat(levels)}`;
const withExtra = (extra: string): string => `${JSON.stringify(claims).slice(0, -1)},"extra":${extra}}`;

describe("a stored file", () => {
  it.each<[what: string, text: string, limit: string]>([
    ["50,000 levels deep", withExtra(nested(50_000)), "JSON of at most 100 levels"],
    ["101 levels deep", withExtra(nested(100)), "JSON of at most 100 levels"],
    ["deep and cut short", "[".repeat(200_000), "JSON of at most 100 levels"],
    ["of 45 MB", withExtra(`"${"x".repeat(45_000_000)}"`), "at most 16 MiB of JSON"],
  ])("%s is refused by name", (_what, text, limit) => {
    expect(readClaims(text)).toEqual({ claims: null, problem: `lineage.json: expected ${limit}.`, newerFormat: null });
    expect(() => parseLineage(text)).toThrow(expect.objectContaining({ code: "artifact-invalid" }));
    expect(() => parseLineage(text)).toThrow(`lineage.json: expected ${limit}.`);
  });

  it.each<[what: string, text: string]>([
    ["100 levels", withExtra(nested(99))],
    ["brackets in a text", withExtra(JSON.stringify(`\\"${"[{".repeat(500)}`))],
    ["many lists side by side", withExtra(`[${"[],".repeat(500)}{}]`)],
  ])("with %s is read", (_what, text) => {
    expect(readClaims(text).problem).toBeNull();
  });

  it("other than a lineage may be longer, and no deeper", () => {
    const text = `${" ".repeat(20 << 20)}{}`;

    expect(() => parseProfile(text)).not.toThrow("MiB");
    expect(() => parseProfile(nested(50_000))).toThrow("profile.json: expected JSON of at most 100 levels.");
  });
});
