import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitReport, summaryOf } from "./fit-report.ts";

const url = "https://example.com/report.md";
const section = (title: string, length: number) => `### ${title}\n${"x".repeat(length)}`;

function reportOf({ slices = 10, data = 10, metrics = 10, verdict = 10 }): string {
  const sections = [
    `**churn** ✅ ${"v".repeat(verdict)}`,
    section("Champion and challenger on the same rows", metrics),
    section("Gates and tests", 10),
    section("Slices", slices),
    section("Data", data),
    section("Training", 10),
    section("What to do", 10),
  ];
  return `${sections.join("\n\n")}\n`;
}

const headings = (text: string) => [...text.matchAll(/^### (.*)$/gm)].map(([, heading]) => heading);

describe("fitReport", () => {
  it.each<[why: string, report: string, left: string[], note: string | null]>([
    ["all of it fits", reportOf({}), [], null],
    ["slices go first", reportOf({ slices: 2000 }), ["Slices"], "Slices"],
    [
      "then what trained, and the data",
      reportOf({ slices: 2000, data: 2000 }),
      ["Slices", "Data", "Training"],
      "Slices, Training, Data",
    ],
    [
      "the metrics late",
      reportOf({ metrics: 2000 }),
      ["Slices", "Data", "Training", "Champion and challenger on the same rows"],
      "Slices, Training, Data, Champion and challenger on the same rows",
    ],
  ])("%s", (_why, report, left, note) => {
    const fitted = fitReport(report, 1000, url);

    expect(fitted.length).toBeLessThanOrEqual(1000);
    expect(headings(fitted)).toEqual(headings(report).filter((heading) => !left.includes(heading!)));
    expect(/^> Left out .*: (.*)\. \[The full report\]\(https:\/\/example\.com\/report\.md\)/m.exec(fitted)?.[1]).toBe(
      note ?? undefined,
    );
    expect(fitted.startsWith("**churn** ✅")).toBe(true);
  });

  it("cuts what is no section, and says so", () => {
    const fitted = fitReport(reportOf({ verdict: 5000 }), 1000, null);

    expect(fitted.length).toBeLessThanOrEqual(1000);
    expect(fitted).toMatch(/> Left out here, because there is only so much room: the end\.\n$/);
  });

  it("never exceeds the limit and never ends in half a character, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1100, maxLength: 3000 }), (text) => {
        const fitted = fitReport(text, 1000, url);

        expect(fitted.length).toBeLessThanOrEqual(1000);
        expect(/\p{Surrogate}/u.test(fitted)).toBe(/\p{Surrogate}/u.test(text));
      }),
    );
  });
});

describe("summaryOf", () => {
  it("keeps the verdict and what to do", () => {
    expect(summaryOf(reportOf({}))).toBe(`**churn** ✅ ${"v".repeat(10)}\n\n${section("What to do", 10)}\n`);
  });
});
