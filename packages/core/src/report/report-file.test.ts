import { describe, expect, it } from "vitest";
import { FormatNewerError } from "../errors/format-errors.ts";
import { fitReport } from "./fit-report.ts";
import { markdownReport } from "./markdown-report.ts";
import { reportFile } from "./report-file.ts";
import { knownBlock, parseReport } from "./report-schema.ts";
import { compare, inputOf } from "./report.fixture.ts";
import { makeReport } from "./report.ts";
import { sectionIds } from "./section.ts";
import { terminalReport } from "./terminal-report.ts";

const { report } = makeReport(inputOf(compare(), undefined, { notices: ["Mind this."] }));

const withBody = (block: object) =>
  JSON.stringify({ ...report, sections: [{ id: "data", title: "Data", keep: 1, body: [block] }] });

describe("report.json", () => {
  it("gives the report back as it was", () => {
    expect(parseReport("report.json", reportFile(report))).toEqual(report);
  });

  it("has one form for one report, whatever the order of its keys", () => {
    const { sections, ...rest } = report;

    expect(reportFile({ sections, ...rest })).toBe(reportFile(report));
  });

  it("has only blocks that its schema describes, and every kind of them", () => {
    const blocks = report.sections.flatMap(({ body }) => body);
    const inside = blocks.flatMap((block) => (block.kind === "details" ? block.blocks : []));

    expect([...blocks, ...inside].filter((block) => !knownBlock.safeParse(block).success)).toEqual([]);
    expect(new Set([...blocks, ...inside].map(({ kind }) => kind))).toEqual(
      new Set(["paragraph", "list", "table", "notice", "chart", "details"]),
    );
  });

  it.each<[what: string, json: string]>([
    ["no JSON", "{"],
    ["something else", "[]"],
    ["no sections", JSON.stringify({ format: 1, model: "churn", headline: report.headline })],
    ["a section without a body", JSON.stringify({ ...report, sections: [{ id: "data", title: "Data", keep: 1 }] })],
    ["a block without what its kind has", withBody({ kind: "list" })],
    ["a part of a sentence without its text", withBody({ kind: "paragraph", text: [{ kind: "data" }] })],
    ["the same, folded", withBody({ kind: "details", summary: [], blocks: [{ kind: "table", head: [] }] })],
  ])("is none: %s", (_what, json) => {
    expect(parseReport("report.json", json)).toBeNull();
  });
});

/** As a refit might write it that knows more. */
const ofTomorrow = {
  ...report,
  mood: "good",
  headline: {
    ...report.headline,
    verdict: [...report.headline.verdict, { kind: "link", text: "see <this>", url: "https://example.org" }],
  },
  sections: [
    { id: "energy", title: "Energy", body: [{ kind: "gauge", value: 3 }], keep: 5, colour: "green" },
    ...report.sections.map((one) =>
      one.id === "training" ? { ...one, body: [{ kind: "gauge", value: 3 }, ...one.body, { kind: "sigil" }] } : one,
    ),
  ],
};

describe("a report of a newer refit", () => {
  const read = parseReport("report.json", JSON.stringify(ofTomorrow))!;

  it("keeps what is not known here", () => {
    expect(read).toEqual(ofTomorrow);
  });

  it("is of no use when its format is higher, which has an error of its own", () => {
    expect(() => parseReport("report.json", JSON.stringify({ ...ofTomorrow, format: 2 }))).toThrow(FormatNewerError);
  });

  it("is shown as far as it is known", () => {
    const markdown = markdownReport(read);

    expect(markdown).toContain("<code>see &#60;this&#62;</code>");
    expect(markdown).toContain("### Training\n| candidate |");
    expect(markdown).toContain("### Energy\n");
    expect(markdown).not.toContain("undefined");
    expect(terminalReport(read).join("\n")).toContain('"see <this>"');
    expect(fitReport(read, { limit: 2000, url: null })).toContain("Energy");
  });

  it.each<unknown>([7, null, {}, { toString: 1 }, ["a"]])("leaves out words that are not text, such as %j", (text) => {
    const words = ["before", { kind: "link", text }];
    const body = [
      { kind: "paragraph", text: words },
      { kind: "chart", file: "a.svg", words },
    ];
    const strange = parseReport(
      "report.json",
      JSON.stringify({ ...report, sections: [{ id: "data", title: "Data", keep: 1, body }] }),
    )!;

    expect(markdownReport(strange)).toMatch(/before\n\n!\[before ?\]\(a\.svg\)/);
    expect(terminalReport(strange).join("\n")).toContain("before");
  });
});

describe("the ids of sections", () => {
  it("stay: files on ledger branches have them", () => {
    expect(sectionIds).toMatchInlineSnapshot(`
      [
        "notices",
        "comparison",
        "gates",
        "slices",
        "fairness",
        "answers",
        "calibration",
        "reliance",
        "data",
        "inputs",
        "training",
        "earlier",
        "computation",
        "next",
        "restored",
        "canary",
        "shadow",
        "approvals",
        "changes",
        "lineage",
        "retention",
        "choice",
        "check",
        "recommended",
        "search",
      ]
    `);
  });
});
