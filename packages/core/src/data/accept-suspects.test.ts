import { describe, expect, it } from "vitest";

import { acceptSuspects, nameAcceptor } from "./accept-suspects.ts";
import { finding } from "./finding-codes.ts";

const suspect = finding("unit-change", { file: "new.csv", column: "speed" }, 'Column "speed" looks odd.');
const checks = (reason: string, column = "speed") => ({ accept: [{ column, finding: "unit-change", reason }] });
const commit = (author: string, day: string) => ({ commit: `${day}aaaaaaaaaa`, author, at: Date.parse(day) });
const [accepted] = acceptSuspects([suspect], checks("km/h"));

describe("a suspect that the manifest accepts", () => {
  it("becomes a warning with the reason", () => {
    expect(accepted).toMatchObject({ severity: "warning", accepted: { reason: "km/h", by: null } });
  });

  it.each([
    ["another column", checks("km/h", "height")],
    ["another finding", { accept: [{ column: "speed", finding: "all-null", reason: "km/h" }] }],
    ["nothing", { accept: [] }],
  ])("stays one where %s is accepted", (_what, other) => {
    expect(acceptSuspects([suspect], other)).toEqual([suspect]);
  });

  it("leaves errors alone", () => {
    const error = finding("all-null", { column: "speed" }, "x");

    expect(
      acceptSuspects([{ ...error, severity: "error" }], {
        accept: [{ column: "speed", finding: "all-null", reason: "y" }],
      })[0],
    ).toMatchObject({ severity: "error" });
  });
});

describe("who accepted it", () => {
  const ada = commit("Ada", "2026-03-01");
  const bob = commit("Bob", "2026-04-01");
  const eve = commit("Eve", "2026-05-01");

  it.each<[what: string, history: Parameters<typeof nameAcceptor>[1], by: object | null]>([
    [
      "the commit that brought the words",
      [
        { commit: bob, checks: checks("km/h") },
        { commit: ada, checks: { accept: [] } },
      ],
      bob,
    ],
    [
      "not who touched the file later",
      [
        { commit: eve, checks: checks("km/h") },
        { commit: bob, checks: checks("km/h") },
        { commit: ada, checks: null },
      ],
      bob,
    ],
    [
      "who gave this reason",
      [
        { commit: eve, checks: checks("km/h") },
        { commit: bob, checks: checks("knots") },
      ],
      eve,
    ],
    [
      "who accepted it again",
      [
        { commit: eve, checks: checks("km/h") },
        { commit: bob, checks: { accept: [] } },
        { commit: ada, checks: checks("km/h") },
      ],
      eve,
    ],
    ["the first commit", [{ commit: ada, checks: checks("km/h") }], ada],
    ["nobody yet", [{ commit: ada, checks: { accept: [] } }], null],
    ["nobody, without history", [], null],
  ])("%s", (_what, history, by) => {
    const named = nameAcceptor(accepted!, history);

    expect(named).toEqual({ ...accepted, accepted: { reason: "km/h", by } });
  });

  it("is not asked about a finding that nobody accepted", () => {
    expect(nameAcceptor(suspect, [])).toBe(suspect);
  });
});
