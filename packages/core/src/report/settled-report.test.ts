import { expect, it } from "vitest";
import type { Fate } from "../ledger/fate-of.ts";
import { compare, inputOf } from "./report.fixture.ts";
import { makeReport } from "./report.ts";
import { settledReport } from "./settled-report.ts";
import { terminalReport } from "./terminal-report.ts";

const { report } = makeReport(inputOf(compare()));
const at = Date.UTC(2026, 5, 9);
const endOf = (fate: Fate) => {
  const lines = terminalReport(settledReport(report, fate));
  expect(lines.filter((line) => line === "What to do" || line === "What became of it")).toHaveLength(1);
  return lines.slice(lines.lastIndexOf("") + 1);
};

it.each<[state: string, fate: Fate, lines: readonly string[]]>([
  [
    "live",
    { kind: "live", version: 2, since: at },
    [
      "  - Merged: it is v2, which has been live since 2026-06-09.",
      "  - Roll back: revert the merge, or refit rollback churn.",
    ],
  ],
  [
    "live, the first",
    { kind: "live", version: 1, since: at },
    [
      "  - Merged: it is v1, which has been live since 2026-06-09.",
      "  - Roll back: revert the merge. There is no earlier version.",
    ],
  ],
  [
    "replaced",
    { kind: "replaced", version: 2, by: 3, at },
    [
      "  - Merged, and replaced since: it is v2; v3 replaced it on 2026-06-09.",
      "  - Go back to it: refit rollback churn --to v2.",
    ],
  ],
  [
    "rolled back",
    { kind: "rolled-back", version: 2, to: 1, at },
    [
      "  - Merged, and rolled back: it is v2; on 2026-06-09 v1 became live again.",
      "  - Go back to it: refit rollback churn --to v2.",
    ],
  ],
  [
    "retired",
    { kind: "rolled-back", version: 2, to: null, at },
    [
      "  - Merged, and rolled back: it is v2; on 2026-06-09 its folder was removed.",
      "  - Go back to it: refit rollback churn --to v2.",
    ],
  ],
  [
    "declined",
    { kind: "declined", words: "odd\u202E labels", at },
    [
      '  - Declined by a person on 2026-06-09: "odd labels"',
      '  - Try the same inputs again: refit run churn --force "reason".',
    ],
  ],
  [
    "superseded",
    { kind: "superseded", at },
    ["  - Not merged: a newer candidate of 2026-06-09 took its place. refit history churn lists both."],
  ],
])("a candidate that is %s", (_state, fate, lines) => {
  expect(endOf(fate)).toEqual(["What became of it", ...lines]);
});

it("is the report as it was, as long as nothing has become of it", () => {
  expect(settledReport(report, { kind: "unsettled" })).toBe(report);
  expect(endOf({ kind: "unsettled" })[0]).toBe("What to do");
});
