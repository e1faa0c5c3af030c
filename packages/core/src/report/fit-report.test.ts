import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutMarkdown, fitReport } from "./fit-report.ts";
import { markdownReport } from "./markdown-report.ts";
import { makeReport } from "./report.ts";
import { compare, inputOf } from "./report.fixture.ts";
import { essentials, keepAlways, paragraph, sectionIds, tableOf, type Report, type Section } from "./section.ts";
import { say } from "./text.ts";

const url = "https://example.com/report.md";

function section(id: Section["id"], keep: number, length: number, folded = 0): Section {
  const words = paragraph([`${id} ${"x".repeat(length)}`]);
  const details = { kind: "details", summary: say`more`, blocks: [tableOf([id], [["y".repeat(folded)]])] } as const;
  return { id, title: `About ${id}`, body: folded === 0 ? [words] : [words, details], keep };
}

function reportOf({ slices = 10, data = 10, comparison = 10, folded = 0, verdict = 10 }): Report {
  return {
    format: 1,
    model: "churn",
    headline: { verdict: [`churn ${"v".repeat(verdict)}`], number: null, reason: null, objections: [] },
    sections: [
      { id: "notices", title: null, body: [paragraph(say`Mind this.`)], keep: keepAlways },
      section("comparison", 80, comparison),
      section("gates", 90, 10),
      section("slices", 40, slices, folded),
      section("data", 70, data, folded),
      section("training", 60, 10),
      section("next", keepAlways, 10),
    ],
  };
}

const headings = (markdown: string) => [...markdown.matchAll(/^### About (.*)$/gm)].map(([, id]) => id);
const note = (markdown: string) =>
  /^> Left out .*: (.*)\. \[The full report\]\(https:\/\/example\.com\/report\.md\)/m.exec(markdown)?.[1];

describe("fitReport", () => {
  it.each<[why: string, report: Report, left: string[], note: string | undefined]>([
    ["all of it fits", reportOf({}), [], undefined],
    ["what weighs least goes first", reportOf({ slices: 2000 }), ["slices"], "About slices"],
    [
      "then what weighs a little more",
      reportOf({ slices: 2000, data: 2000 }),
      ["slices", "data", "training"],
      "About slices, About training, About data",
    ],
    [
      "the heaviest late",
      reportOf({ comparison: 2000 }),
      ["comparison", "slices", "data", "training"],
      "About slices, About training, About data, About comparison",
    ],
    ["details before whole sections", reportOf({ folded: 350 }), [], "the details of “About slices”"],
    [
      "all the details where one of them is not enough",
      reportOf({ folded: 1000 }),
      [],
      "the details of “About slices”, the details of “About data”",
    ],
    [
      "a section with its details is named once",
      reportOf({ folded: 1000, data: 1000 }),
      ["slices", "data", "training"],
      "About slices, About training, About data",
    ],
  ])("%s", (_why, report, left, words) => {
    const fitted = fitReport(report, { limit: 1000, url });

    expect(fitted.length).toBeLessThanOrEqual(1000);
    expect(headings(fitted)).toEqual(headings(markdownReport(report)).filter((id) => !left.includes(id!)));
    expect(note(fitted)).toBe(words);
    expect(fitted.startsWith("churn v")).toBe(true);
    expect(fitted).toContain("Mind this.");
  });

  it("cuts long tables from their end before it leaves out anything else, by no more than is needed", () => {
    const slices = Array.from({ length: 600 }, (_, i) => [`slice ${i}`, "z".repeat(60)]);
    const report = reportOf({ folded: 10 });
    const long = report.sections.map((one): Section => {
      if (one.id !== "slices") return one;
      return {
        ...one,
        body: [{ kind: "details", summary: say`worst first`, blocks: [tableOf(["slice", "z"], slices)] }],
      };
    });

    const fitted = fitReport({ ...report, sections: long }, { limit: 20_000, url });

    expect(fitted.length).toBeGreaterThan(19_900);
    expect(fitted.length).toBeLessThanOrEqual(20_000);
    expect(headings(fitted)).toEqual(headings(markdownReport(report)));
    const shown = [...fitted.matchAll(/slice (\d+) /g)].map(([, i]) => Number(i));
    expect(shown).toEqual(shown.map((_, i) => i));
    expect(note(fitted)).toBe(`${600 - shown.length} rows of “About slices”`);
  });

  it("asks no heading", () => {
    const renamed = (report: Report): Report => ({
      ...report,
      sections: report.sections.map((one) => ({ ...one, title: one.title && `${one.title}, in other words` })),
    });
    const report = reportOf({ slices: 2000, data: 2000 });

    expect(headings(fitReport(renamed(report), { limit: 1100, url }))).toEqual(
      headings(fitReport(report, { limit: 1100, url })).map((id) => `${id}, in other words`),
    );
  });

  it("cuts what can be left out nowhere, and says so", () => {
    const fitted = fitReport(reportOf({ verdict: 5000 }), { limit: 1000, url: null });

    expect(fitted.length).toBeLessThanOrEqual(1000);
    expect(fitted).toMatch(/> Left out here, because the text would be too long: the end\.\n$/);
  });
});

describe("cutMarkdown", () => {
  it("never exceeds the limit and never ends in half a character, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1100, maxLength: 3000 }), (markdown) => {
        const fitted = cutMarkdown(markdown, 1000, url);

        expect(fitted.length).toBeLessThanOrEqual(1000);
        expect(/\p{Surrogate}/u.test(fitted)).toBe(/\p{Surrogate}/u.test(markdown));
      }),
    );
  });
});

describe("the sections of a whole report", () => {
  const { report } = makeReport(inputOf(compare(), undefined, { notices: ["Mind this."] }));

  it("are all there, each once, in the order that people know", () => {
    expect(report.sections.map(({ id }) => id)).toEqual(sectionIds.slice(0, sectionIds.indexOf("restored")));
  });

  it("are left out in this order", () => {
    const byWeight = report.sections.filter(({ keep }) => keep < keepAlways).toSorted((a, b) => a.keep - b.keep);

    expect(byWeight.map(({ id }) => id)).toEqual([
      "computation",
      "inputs",
      "earlier",
      "calibration",
      "reliance",
      "slices",
      "answers",
      "fairness",
      "training",
      "data",
      "comparison",
      "gates",
    ]);
  });

  it("come down to the headline, the notices and what to do", () => {
    expect(essentials(report).sections.map(({ id }) => id)).toEqual(["notices", "next"]);
  });
});
