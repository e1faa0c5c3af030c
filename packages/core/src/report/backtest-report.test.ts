import { describe, expect, it } from "vitest";
import type { BacktestNight, BacktestResult, ComparedLine, LineNight, Stretch } from "../backtest/index.ts";
import { backtestReport } from "./backtest-report.ts";
import { markdownReport } from "./markdown-report.ts";
import { terminalReport } from "./terminal-report.ts";

function line(id: string, more: Partial<ComparedLine> = {}): ComparedLine {
  return {
    id,
    kind: "policy",
    name: id === "today" ? "model.yaml" : id,
    everyDays: null,
    metrics: { rocAuc: 0.75, logLoss: 0.5 },
    retrains: 4,
    promotions: 3,
    refusals: 1,
    refusedFor: ["worse"],
    dataBlocks: 2,
    failures: 0,
    against: {},
    ...more,
  };
}

const better = { mean: 0.1, low: 0.05, high: 0.15 };
const worse = { mean: -0.02, low: -0.03, high: -0.01 };

const chosenOn: Stretch = {
  from: "2024-01-01T00:00:00Z",
  until: "2024-03-01T00:00:00Z",
  nights: 8,
  measured: 8,
  lines: [
    line("today"),
    line("maxAgeDays 28", {
      metrics: { rocAuc: 0.8, logLoss: 0.4 },
      retrains: 2,
      against: { never: better, "every-7": worse },
    }),
    line("never", { kind: "never" }),
    line("every-7", { kind: "schedule", name: "every 7 days" }),
    line("no-change", { kind: "no-change", name: "no change" }),
  ],
  bestSchedule: "every-7",
};
const keptBack = { ...chosenOn, from: "2024-03-01T00:00:00Z", until: "2024-03-15T00:00:00Z", nights: 2, measured: 2 };

function nightOf(lines: Readonly<Record<string, number | null>>): BacktestNight {
  const quiet = { decision: null, because: [], against: [], retrained: false, promoted: false, version: null };
  const all = Object.entries(lines).map(([id, rocAuc]): [string, LineNight] => [
    id,
    { ...quiet, metrics: rocAuc === null ? null : { rocAuc } },
  ]);
  return { at: "2024-01-01T00:00:00Z", until: "2024-01-08T00:00:00Z", rows: 10, lines: Object.fromEntries(all) };
}

const result: BacktestResult = {
  format: 1,
  model: "churn",
  primary: "rocAuc",
  from: "2024-01-01T00:00:00Z",
  to: "2024-03-15T00:00:00Z",
  everyDays: 7,
  labelDelayDays: 0,
  planned: 2,
  search: null,
  chosenOn,
  keptBack,
  chosen: "maxAgeDays 28",
  changes: [{ key: "retrain", before: "retrain: { maxAgeDays: 7 }", after: "retrain: { maxAgeDays: 28 }" }],
  lowers: [],
  nights: [nightOf({ today: 0.7, "maxAgeDays 28": 0.8, never: 0.6 }), nightOf({ today: 0.75, "maxAgeDays 28": null })],
};

const specFile = "models/churn/model.yaml";
const page = (more: Partial<BacktestResult> = {}) =>
  markdownReport(backtestReport({ ...result, ...more }, specFile).report);

describe("backtestReport", () => {
  it("says first what was chosen, and what it did where the choice did not look", () => {
    expect(page().split("\n\n")[0]).toBe(
      [
        "**churn**: another policy did better, <code>maxAgeDays 28</code>.  ",
        "rocAuc 0.8000 on the nights that the choice did not use, with 2 retrains, 0.7500 with `model.yaml` as it is.  ",
        "2 of 2 nights, 2024-01-01 to 2024-03-15, every 7 days; rocAuc on rows that nobody had learned from.",
        "- On the nights that the choice did not use, it did worse than every 7 days: rocAuc by -0.0200 (-0.0300 to -0.0100).",
      ].join("\n"),
    );
  });

  it("sets every line beside never and the best schedule, and shows the other metrics", () => {
    const told = page();

    expect(told).toContain(
      "|  | rocAuc | over never (95 %) | over every 7 days (95 %) | retrains | merged | refused | data blocks |",
    );
    expect(told).toContain(
      "| **chosen:** <code>maxAgeDays 28</code> | 0.8000 | 0.1000 (0.0500 to 0.1500) | -0.0200 (-0.0300 to -0.0100) | 2 | 3 | 1 | 2 |",
    );
    expect(told).toContain("| no change | 0.7500 |  |  | 4 | 3 | 1 | 2 |");
    expect(told).toContain("| <code>maxAgeDays 28</code> | 0.4000 |");
    expect(told).toContain(
      "- now: <code>retrain&#58; &#123; maxAgeDays&#58; 7 &#125;</code>\n- then: <code>retrain&#58; &#123; maxAgeDays&#58; 28 &#125;</code>",
    );
  });

  it("says what the policy lowers, which nights are not measured and which ended with an error", () => {
    const told = page({
      lowers: ["`holdout.minRows` falls to 20"],
      chosenOn: { ...chosenOn, measured: 5, lines: [line("today", { failures: 2 })], bestSchedule: null },
    });

    expect(told).toContain("- It lowers a requirement: ");
    expect(told).toContain("rocAuc is measured on 5 of 8 nights, those on which every row of the table had a model.");
    expect(told).toContain("`model.yaml`: 2 of 8 nights ended with an error, which backtest.json names.");
  });

  it("says of a policy without a number what its models were refused for", () => {
    const silent = line("holdout 3 days", {
      metrics: {},
      promotions: 0,
      refusals: 4,
      refusedFor: ["few-rows", "worse"],
    });
    const told = page({ chosenOn: { ...chosenOn, lines: [...chosenOn.lines, silent] } });

    expect(told).toContain(
      "<code>holdout 3 days</code>: no model ever went live; 4 of 4 were refused, most of them for `few-rows`.",
    );
    expect(page()).not.toContain("went live");
  });

  it("keeps what is there where that is best, and chooses nothing before its nights are done", () => {
    expect(page({ chosen: "today", changes: [] })).toContain("**churn**: keep `model.yaml` as it is.");
    const begun = page({ chosen: null, changes: [], keptBack: null, planned: 9 });

    expect(begun).toContain("**churn**: no policy is chosen yet.");
    expect(begun).toContain("2 of 9 nights");
    expect(begun).toContain("The budget ended first; the same command goes on from there.");
    expect(begun).not.toContain("Recommended");
  });

  it("shows what a search tried before, and what went on", () => {
    const search = { everyDays: 28, planned: 12, nights: 12, lines: [line("all rows")], best: "all rows" };

    expect(page({ search })).toContain(
      "12 of 12 nights, every 28 days, with a retrain on each. Went on to all nights: all rows, and what is close to it.",
    );
    expect(page({ search: { ...search, nights: 3, best: null } })).toContain(
      "3 of 12 nights, every 28 days, with a retrain on each.",
    );
  });

  it("draws what was chosen, today's policy and what they are compared with, each once, with a gap for a night without", () => {
    const { charts } = backtestReport(result, specFile);
    const svg = charts.get("policies.svg")!.svg;

    expect(svg).toMatch(/^<svg [^]*<\/svg>\n$/);
    for (const name of ["maxAgeDays 28", "model.yaml", "never", "every 7 days", "no change"])
      expect(svg.split(`>${name}<`)).toHaveLength(2);
    expect(backtestReport({ ...result, nights: [] }, specFile).charts.size).toBe(0);
  });

  it.each(["<b>x</b> | `a` **b**", "a".repeat(300), "line\nbreak", "[x](http://x)"])(
    "stays one row with the name %j",
    (name) => {
      const lines = [line("policy-1", { name }), ...chosenOn.lines];
      const told = page({ chosenOn: { ...chosenOn, lines } });
      const rows = told.split("\n").filter((row) => row.startsWith("| ") && row.includes("| 4 | 3 | 1 | 2 |"));

      expect(rows.every((row) => row.replaceAll("\\|", "").split(" | ").length === 8)).toBe(true);
      expect(told).not.toContain("<b>");
      expect(told).not.toContain("[x](");
      expect(
        terminalReport(backtestReport({ ...result, chosenOn: { ...chosenOn, lines } }, specFile).report).join("\n"),
      ).not.toContain("line\nbreak");
    },
  );
});
