import { describe, expect, it } from "vitest";

import { phrasesIn } from "../src/phrases.ts";
import { filesMatching } from "../src/repository.ts";
import { textsOf } from "../src/texts.ts";

/** Without decisions and the changelog, which tell of their day, the page that lists such phrases, and what refit writes into versions. */
const pages = filesMatching(/^(?!models\/|docs\/decisions\/|docs\/style-of-words|CHANGELOG).*\.md$|^action\.yml$/);
const code = filesMatching(/^packages\/[^/]+\/src\/.*(?<!\.test|\.fixture)\.ts$/);
const golden = filesMatching(/\/__snapshots__\/.*\.(?:txt|snap)$/);

describe("words that users read", () => {
  it("are without phrases that must not come back", () => {
    const inCode = code.map((file) => ({ path: file.path, texts: textsOf(file) }));
    const whole = [...pages, ...golden].map(({ path, text }) => ({ path, texts: [{ line: 1, text }] }));

    expect(inCode.length).toBeGreaterThan(200);
    expect(golden.length).toBeGreaterThan(10);
    expect([...inCode, ...whole].flatMap(({ path, texts }) => phrasesIn(path, texts))).toEqual([]);
  });

  it.each([
    ["`x` is no plain file", ["is no p"]],
    ["there is no file, and There are no rows", []],
    ["a champion that is no longer live; p of no worse; it is no more than that", []],
    ["is not a file", []],
    ["Hold the new files against the old ones", ["Hold the new files against"]],
    ["a manifest that\nnames\nno data", ["names\nno"]],
    ["day and month cannot be told apart", []],
    ["the rows that are new cannot be told", ["cannot be told"]],
  ])("in %j", (text, found) => {
    expect(phrasesIn("x.md", [{ line: 1, text }]).map((words) => /“([^”]*)”/.exec(words)![1])).toEqual(found);
  });

  it("are named with file, line, phrase and what is better", () => {
    const text = "const a = 1;\nsay(`one`, `two\nmend it`);";

    expect(phrasesIn("a.ts", textsOf({ path: "a.ts", text }))).toEqual(["a.ts:3: “mend”. Better: fix, correct"]);
  });

  it("are literals and templates, with their lines", () => {
    const text = 'import a from "m";\nf("one", `two ${x} three`); // no comment';

    expect(textsOf({ path: "x.ts", text })).toEqual(
      expect.arrayContaining([
        { line: 2, text: "one" },
        { line: 2, text: "two … three" },
      ]),
    );
  });
});
