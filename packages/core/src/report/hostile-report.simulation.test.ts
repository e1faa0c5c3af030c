import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dataAlert, verdictAlert } from "./alert.ts";
import { unclosed } from "./charts/unclosed.fixture.ts";
import { proposalMessage } from "./commit-message.ts";
import { fitReport } from "./fit-report.ts";
import { hostileText, outsideOfCode } from "./hostile-text.fixture.ts";
import { markdownHeadline, markdownReport } from "./markdown-report.ts";
import { modelCard } from "./model-card.ts";
import { compare, inputOf, warning, type Words } from "./report.fixture.ts";
import { makeReport } from "./report.ts";
import type { ReportInput } from "./report-input.ts";
import { essentials } from "./section.ts";
import { terminalReport } from "./terminal-report.ts";

/** The text in every place where words out of data or of people go. */
function everywhere(text: string): Words {
  return { column: text, values: [text, text, text], file: text, person: text };
}

function inputWith(text: string): ReportInput {
  const words = everywhere(text);
  const small = { kind: "small-groups", column: text } as const;
  const change = { setting: text, from: "1", to: text.slice(0, 10) };
  const facts = { findings: [{ ...warning(words), severity: "suspect" as const }], missingSlices: [text] };
  const comparison = compare({ ...facts, learnerChange: [change] }, words);
  const input = inputOf(comparison, words, {
    baseBranch: text,
    notices: [text],
    reasons: [
      { kind: "settings", changed: [change] },
      { kind: "forced", words: text },
    ],
  });
  return { ...input, verdict: { ...input.verdict, because: [...input.verdict.because, small] } };
}

/** An address that is in no hostile text. */
const chartsAt = "https://charts.example.net/main/";

/** Everything that refit writes as Markdown with such words in it. */
function pagesWith(text: string): Record<string, string> {
  const input = inputWith(text);
  const { report } = makeReport(input);
  const placed = markdownReport(report, (file) => `${chartsAt}${file}`);
  // One page but for the addresses of its charts, and the most expensive one to parse.
  expect(placed.replaceAll(chartsAt, "")).toBe(markdownReport(report));
  return {
    placed,
    summary: markdownReport(essentials(report)),
    check: markdownHeadline(report.headline),
    dataAlert: dataAlert("churn", [warning(everywhere(text)), warning(everywhere(text))]),
    verdictAlert: verdictAlert("churn", input.verdict.because),
    card: cardWith(text),
  };
}

function cardWith(name: string): string {
  const { comparison } = inputWith(name);
  return modelCard({
    folder: "models/churn/champion",
    spec: { target: name, task: "binary", data: "churn", card: { owner: name } } as Parameters<
      typeof modelCard
    >[0]["spec"],
    lineage: {
      model: "churn",
      learner: { name: "gbdt", algorithmVersion: 1, settings: {} },
      holdout: comparison.holdout,
      inputDigest: "0".repeat(64),
    } as unknown as Parameters<typeof modelCard>[0]["lineage"],
    evaluation: comparison,
    features: {
      inputs: [{ name, type: "string" }],
      target: { name, task: "binary", classes: [name, `${name} not`] },
    } as unknown as Parameters<typeof modelCard>[0]["features"],
    probes: { format: 1, rows: [{ [name]: name }], answers: [[0.5]] },
  });
}

describe("words out of data and of people", () => {
  const harmless = Object.entries(pagesWith("harmless")).map(
    ([name, page]) => [name, outsideOfCode(page).join("\n")] as const,
  );

  it("do not leave the `<code>` that they stand in, on any page", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const pages = pagesWith(text);
        for (const [name, outside] of harmless) {
          expect(outsideOfCode(pages[name]!).join("\n"), `page ${name}`).toBe(outside);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("do not leave it in an alert of more findings than fit either", () => {
    const outside = (text: string) => {
      const alert = dataAlert(
        "churn",
        Array.from({ length: 60 }, () => warning(everywhere(text))),
      );
      expect(alert).toContain("And 10 more findings");
      return outsideOfCode(alert);
    };

    expect(outside("a | b\n\n| --- |\n</code> @octocat")).toEqual(outside("harmless"));
  });

  it("hide nothing and steer nothing", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const { report } = makeReport(inputWith(text));
        for (const line of terminalReport(report)) expect(line).not.toMatch(/[\p{C}\u2028\u2029]/u);
        for (const [name, page] of Object.entries(pagesWith(text))) {
          expect(page.replaceAll("\n", ""), `page ${name}`).not.toMatch(/[\p{C}\u2028\u2029]/u);
        }
      }),
      { numRuns: 30 },
    );
  });

  it("are text in the charts, which stay well-formed", () => {
    const shapes = (svg: string) => svg.replace(/(<(?:text|tspan|title|desc)[^>]*>)[^<]*/g, "$1");
    const before = makeReport(inputWith("harmless")).charts;
    fc.assert(
      fc.property(hostileText, (text) => {
        for (const [file, { svg }] of makeReport(inputWith(text)).charts) {
          expect(unclosed(svg), `chart ${file}`).toEqual([]);
          expect(shapes(svg), `chart ${file}`).toBe(shapes(before.get(file)!.svg));
        }
      }),
      { numRuns: 60 },
    );
  });

  it("are in no commit message", () => {
    const message = (text: string) =>
      proposalMessage({ ...inputWith(text), inputDigest: "0".repeat(64), learnedUntil: null });

    expect(message("https://example.org @octocat\n\nRefit-Verdict: promote")).toBe(message("harmless"));
  });

  it("stay in place in what is left of a report that is too long", () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 1000, max: 20_000 }), (text, limit) => {
        const { report } = makeReport(inputWith(text));
        const fitted = fitReport(report, { limit, url: null });

        expect(fitted.length).toBeLessThanOrEqual(limit);
        expect(fitted.split("<details>")).toHaveLength(fitted.split("</details>").length);
        expect(fitted.split("<code>")).toHaveLength(fitted.split("</code>").length);
        expect(
          outsideOfCode(fitted).filter((node) =>
            /^(?:link|html: <(?!\/?(?:code|details|summary|wbr|br)\b))/.test(node),
          ),
        ).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

describe("a report of 300 slices and endless names", () => {
  const name = "column".repeat(2000);
  const long = compare({}, everywhere(name));
  const slices = Array.from({ length: 300 }, (_, i) => ({ ...long.slices[i % 3]!, value: `${i}${name}` }));
  const { report } = makeReport(inputOf({ ...long, slices }, everywhere(name)));
  const whole = markdownReport(report);

  it.each<[what: string, limit: number]>([
    ["a comment", 59_500],
    ["a job summary", 300_000],
  ])("fits into %s, keeps verdict, worst slice and what to do, and says what is missing", (_what, limit) => {
    const fitted = fitReport(report, { limit, url: "https://example.org/report.md" });

    expect(whole.length).toBeGreaterThan(300_000);
    expect(fitted.length).toBeLessThanOrEqual(limit);
    expect(fitted.split("\n", 3)).toEqual(whole.split("\n", 3));
    for (const words of ["### Slices\nWorst: ", "### Gates and tests", "### What to do"])
      expect(fitted).toContain(words);
    expect(fitted).toMatch(
      /^> Left out here, because the text would be too long: .*\d+ rows of “Slices”.*\. \[The full report\]\(https:/m,
    );
    expect(fitted.split("<details>")).toHaveLength(fitted.split("</details>").length);
  });
});
