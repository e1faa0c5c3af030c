import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { hostileText, outsideOfCode } from "./hostile-text.fixture.ts";
import { cell, codeSpan, escapeMarkdown, table } from "./markdown.ts";
import { plainMarkdownReport } from "./markdown-report.ts";
import { compare, inputOf } from "./report.fixture.ts";
import { makeReport } from "./report.ts";
import { visibleText } from "./visible-text.ts";

/** What a browser shows for text with numeric entities. */
const shown = (markdown: string) =>
  markdown.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));

describe("escapeMarkdown", () => {
  it.each<[text: string, escaped: string]>([
    ["flight_date", "flight_date"],
    ["0.95 on 2001-12-31, data/1990.csv (50 %)", "0.95 on 2001-12-31, data/1990&#46;csv (50 %)"],
    ["It is. Done.", "It is. Done."],
    ["_a_ *b* **c** ~d~ `e`", "&#95;a&#95; &#42;b&#42; &#42;&#42;c&#42;&#42; &#126;d&#126; &#96;e&#96;"],
    ["<img src=x>&lt;", "&#60;img src&#61;x&#62;&#38;lt;"],
    ["[a](b) ![c]", "&#91;a&#93;(b) &#33;&#91;c&#93;"],
    ["@octocat me@x.org", "&#64;octocat me&#64;x&#46;org"],
    ["#12 GH-12 o/r#3 :smile: $x$", "&#35;12 GH&#45;12 o/r&#35;3 &#58;smile&#58; &#36;x&#36;"],
    ["www.evil.com https://evil.com", "www&#46;evil&#46;com https&#58;//evil&#46;com"],
    ["1. one", "1&#46; one"],
    ["- one", "&#45; one"],
    ["a | b\\", "a &#124; b&#92;"],
    ["\r\n# a\n\nb\u2028c\u0085d", "&#35; a b cd"],
    ["a\u202Eb\u200Bc\uFEFFd\u0007e\u00ADf\u3164g\uD800h", "abc defgh"],
    ["naïve 東京 👩", "naïve 東京 👩"],
  ])("%s", (text, escaped) => {
    expect(escapeMarkdown(text, 100)).toBe(escaped);
  });

  it("caps by code points before escaping", () => {
    expect(escapeMarkdown("👍👍👍👍", 3)).toBe("👍👍…");
    expect(escapeMarkdown("***", 3)).toBe("&#42;&#42;&#42;");
  });

  it("leaves no character that Markdown acts on, hides nothing and loses nothing else", () => {
    const nasty = fc.string({ unit: fc.constantFrom(..."|<>@`*_[]#\\&!~:$^{}=+-.1 aZ\n\t\u200B\u202E") });
    fc.assert(
      fc.property(fc.oneof(nasty, fc.string({ unit: "binary" })), (text) => {
        const escaped = escapeMarkdown(text, 1000);
        const bare = escaped.replace(/&#\d+;/g, "E");

        expect(bare).not.toMatch(/[|<>@`*[\]#\\&!~:$^{}=+\p{C}\u2028\u2029]/u);
        expect(bare).not.toMatch(/(?:^|[^A-Za-z0-9])_|_(?:[^A-Za-z0-9]|$)|^-|^\d+\. /);
        const kept = (some: string) => some.replace(/[\s\p{C}\p{Default_Ignorable_Code_Point}]/gu, "");
        expect(kept(shown(escaped))).toBe(kept(text));
      }),
    );
  });
});

describe("cell", () => {
  it("is code that its value cannot close", () => {
    expect(cell("</code>|@me")).toBe("<code>&#60;/code&#62;&#124;&#64;<wbr>me</code>");
  });

  it("caps the value", () => {
    expect(shown(cell("x".repeat(1000)))).toBe(`<code>${"x".repeat(299)}…</code>`);
  });
});

describe("table", () => {
  it("is a GitHub table", () => {
    expect(
      table(
        ["a", "b"],
        [
          ["1", "2"],
          ["3", "4"],
        ],
      ),
    ).toBe("| a | b |\n| --- | --- |\n| 1 | 2 |\n| 3 | 4 |");
  });

  it("keeps every value in its own cell", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), fc.string()), { minLength: 1 }), (rows) => {
        const lines = table(
          ["a", "b"],
          rows.map(([a, b]) => [a, cell(b)]),
        ).split(/\r\n|\r|\n/);

        expect(lines).toHaveLength(rows.length + 2);
        for (const line of lines) expect(line.split("|")).toHaveLength(4);
      }),
    );
  });
});

describe("codeSpan", () => {
  it.each([
    ["flight_date", "`flight_date`"],
    ["data/1990.csv", "`data/1990.csv`"],
    ["a`b", "``a`b``"],
    ["`", "`` ` ``"],
    ["", "`  `"],
    ["a|b", "<code>a&#124;b</code>"],
  ])("%s", (text, span) => {
    expect(codeSpan(text)).toBe(span);
  });

  it("stays one cell of a table that shows the value, whatever that is", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const page = table(["a", "b"], [[`x ${codeSpan(text)}`, "y"]]);
        const tree = fromMarkdown(page, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
        const [root] = tree.children as unknown as [
          { type: string; children: { children: { children: { type: string; value: string }[] }[] }[] },
        ];
        const [first, second] = root.children[1]!.children;

        expect([root.type, second!.children[0]!.value]).toEqual(["table", "y"]);
        if (text.includes("|") || visibleText(text, 300) === "") return;
        expect(first!.children.map(({ type }) => type)).toEqual(["text", "inlineCode"]);
        expect(first!.children[1]!.value.trim()).toBe(visibleText(text, 300).trim());
      }),
      { numRuns: 60 },
    );
  });
});

it("a local report reads as text: it has no entity and no tag but those that fold", () => {
  const page = plainMarkdownReport(makeReport(inputOf(compare())).report);

  expect(page.replace(/!\[[^\]]*\]\([^)]*\)/g, "").match(/&#\d+;|<(?!\/?(?:details|summary|br)>)[^>]*>/g)).toBeNull();
  expect(outsideOfCode(page).filter((node) => node.startsWith("html: <code"))).toEqual([]);
  expect(page).toContain("`data/churn/2026-05.csv` (600)");
});
