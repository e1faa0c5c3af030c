import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hostileText } from "./hostile-text.fixture.ts";
import { htmlReport } from "./html-report.ts";
import { compare, inputOf, plain, type Words } from "./report.fixture.ts";
import { makeReport } from "./report.ts";
import type { Report } from "./section.ts";
import { data, sentenceOf } from "./text.ts";

const everywhere = (text: string): Words => ({ column: text, values: [text, text, text], file: text, person: text });

function pageOf(words: Words, model = "churn"): string {
  const { report, charts } = makeReport(inputOf(compare({}, words), words, { notices: [words.person], model }));
  return htmlReport(report, (file) => charts.get(file as "improvement.svg")?.svg ?? null, [
    "Kept at ",
    data(words.file),
  ]);
}

/** Every tag, without what an image shows. */
const tagsOf = (html: string) =>
  (html.match(/<[^>]*>/g) ?? []).map((tag) => tag.replace(/ (alt|src)="[^"]*"/g, (_all, name) => ` ${name}`));

describe("htmlReport", () => {
  it("is one file that asks nobody for anything and runs nothing", () => {
    const html = pageOf(plain);

    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"`);
    expect(html).not.toMatch(/<(script|link|iframe|object|form)|\son\w+=|@import|url\(/i);
    expect([...html.matchAll(/(?:src|href)="([^",]*)/g)].map(([, start]) => start)).toEqual(
      Array.from({ length: 5 }, () => "data:image/svg+xml"),
    );
    expect(html).toContain("prefers-color-scheme: dark");
    // What a chart says is there for those who do not see it.
    expect(html).toContain('<img alt="rocAuc (higher is better): all rows +0.0157');
  });

  it("says everything that the report says", () => {
    const html = pageOf(plain);

    for (const words of ["<strong>promote</strong>", "<code>plan</code>", "<h2>Gates and tests</h2>", "<summary>"])
      expect(html).toContain(words);
  });

  it("has the same tags whatever words come from data or from people", () => {
    const tags = tagsOf(pageOf(everywhere("x")));

    fc.assert(
      fc.property(hostileText, (text) => {
        expect(tagsOf(pageOf(everywhere(text), text))).toEqual(tags);
      }),
      { numRuns: 40 },
    );
  });

  it("leaves out charts that are not kept, and what a newer refit has put in", () => {
    const later = [
      { kind: "video" },
      { kind: "paragraph", text: [{ kind: "glow", text: "<b>" }, sentenceOf("a < b")] },
    ];
    const sections = [
      { id: "next", title: null, body: [...later, { kind: "chart", file: "x.svg", words: [] }], keep: 1 },
    ];
    const headline = { verdict: ["Said."], number: null, reason: null, objections: [] };

    const html = htmlReport({ format: 1, model: "m", headline, sections } as unknown as Report, () => null, []);

    expect(html).toContain("<p><code>&#60;b&#62;</code>a &#60; b</p>\n</section>");
    expect(html).not.toContain("<img");
  });
});
