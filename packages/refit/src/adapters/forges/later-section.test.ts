import type { Section } from "@refit/core/report";
import { describe, expect, it } from "vitest";
import type { LaterSection } from "../../ports/forge.ts";
import { withLaterSection, withSectionsOf } from "./later-section.ts";

const head = "a".repeat(40);
const sectionSaying = (words: string): Section => ({
  id: "shadow",
  title: "Shadow",
  body: [{ kind: "paragraph", text: [words] }],
  keep: 50,
});
const later = (words: string, change: Partial<LaterSection> = {}): LaterSection => ({
  model: "churn",
  branch: "refit--churn",
  head,
  section: sectionSaying(words),
  digest: "0a",
  ...change,
});
const render = ({ title, body }: Section) =>
  `### ${title}\n${body.map((block) => (block.kind === "paragraph" ? block.text.join("") : "(folded)")).join("\n")}`;
const add = (page: string, ...sections: readonly LaterSection[]) =>
  sections.reduce((before, each) => withLaterSection(before, each, render).page, page);

const report = "<!-- refit:report model=churn -->\n\n**churn**: better.\n";

describe("a later section", () => {
  it("stands below the report once, whatever is said again", () => {
    const once = withLaterSection(report, later("3 flips"), render);

    expect(once).toEqual({
      page: `${report}\n<!-- refit:section id=shadow model=churn head=${head} digest=0a -->\n### Shadow\n3 flips\n`,
      operation: "created",
    });
    expect(withLaterSection(once.page, later("3 flips, slower"), render)).toEqual({ ...once, operation: "unchanged" });
    const changed = withLaterSection(once.page.replaceAll("\n", "\r\n"), later("4 flips", { digest: "0b" }), render);
    expect(changed.operation).toBe("updated");
    expect(changed.page.match(/### Shadow/g)).toHaveLength(1);
    expect(changed.page).toContain("4 flips");
  });

  it("of another model stays, and of another head goes with the report that it was about", () => {
    const both = add(report, later("of churn"), later("of prices", { model: "eu/prices" }));

    expect(add(both, later("of churn now", { digest: "0b" }))).toMatch(/of prices\n[^]*of churn now\n$/);
    expect(withSectionsOf(report, both, head)).toBe(both);
    expect(withSectionsOf(report, both, "b".repeat(40))).toBe(report);
  });

  it("is cut where it is too long", () => {
    const fold = { kind: "details", summary: ["all"], blocks: [] } as const;
    const long = { ...sectionSaying("word ".repeat(900)), body: [...sectionSaying("word ".repeat(900)).body, fold] };
    const longest = sectionSaying("word\n".repeat(9000));

    expect(add(report, later("", { section: long }))).toContain("(folded)");
    expect(add(report, later("", { section: longest })).length).toBeLessThan(5400);
  });
});
