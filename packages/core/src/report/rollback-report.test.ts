import { describe, expect, it } from "vitest";
import type { MeasuredTogether } from "../judge/judged-together.ts";
import { markdownReport } from "./markdown-report.ts";
import { rollbackReport, type RollbackFacts } from "./rollback-report.ts";

const on = { rows: 1480, from: "2026-02-01T00:00:00Z", to: "2026-05-31T00:00:00Z" };
const facts: RollbackFacts = {
  model: "churn",
  from: { label: "v3", metrics: { rocAuc: 0.7569, logLoss: 0.4795 }, on },
  to: { label: "v2", metrics: { rocAuc: 0.7466 }, on: { ...on, rows: 900, to: "2026-03-31T00:00:00Z" } },
  treeId: "a".repeat(40),
  together: null,
};
const together: MeasuredTogether = {
  on,
  a: "judged",
  b: "shipped",
  metrics: [
    { metric: "rocAuc", a: 0.7569, b: 0.7412, improvement: -0.0157 },
    { metric: "logLoss", a: 0.4795, b: 0.4871, improvement: -0.0076 },
  ],
};

describe("rollbackReport", () => {
  it.each<[why: string, facts: RollbackFacts]>([
    ["compares what one run has measured on the same rows", { ...facts, together }],
    ["names the rows of numbers that cannot be compared", facts],
    ["has nothing to compare with where nothing is live", { ...facts, from: null }],
    ["shows no table where nobody says a number", { ...facts, from: null, to: { ...facts.to, metrics: {} } }],
  ])("%s", (_why, given) => {
    expect(markdownReport(rollbackReport(given))).toMatchSnapshot();
  });
});
