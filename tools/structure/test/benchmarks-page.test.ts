import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { filesMatching, root } from "../src/repository.ts";

/** Lines of docs/benchmarks.md that begin a table, with the text of their section before them. */
function tables(): [table: string, before: string][] {
  const lines = readFileSync(join(root, "docs/benchmarks.md"), "utf8").split("\n");
  return lines.flatMap((line, i): [string, string][] => {
    if (!line.startsWith("|") || lines[i - 1]?.startsWith("|") === true) return [];
    const section = lines.slice(0, i).findLastIndex((each) => each.startsWith("## "));
    return [[`line ${i + 1}: ${line.slice(0, 60)}`, lines.slice(section, i).join("\n")]];
  });
}

it("says of every table when it was measured, and by which command", () => {
  const all = tables();
  const without = (words: RegExp) => all.filter(([, before]) => !words.test(before)).map(([table]) => table);

  expect(all.length).toBeGreaterThan(10);
  expect({
    date: without(/\b20\d\d-\d\d-\d\d\b/),
    command: without(/`npm run bench|--only |\brefit backtest /),
  }).toEqual({
    date: [],
    command: [],
  });
});

/** Times and memory that were measured; limits and sizes of files are none. */
const figures =
  /\d (?:ms|s|seconds|minutes) (?:of (?:processor|CPU)|by the clock)|\d (?:ms|µs|MiB of memory)\b|CPU time|^\|.*\| \**\d+\.\d{3,}/m;

/** Paragraphs with a figure whose section neither says when and by what it was measured, nor leads to the page that does. */
function baseless({ path, text }: { readonly path: string; readonly text: string }): readonly string[] {
  return text.split(/^(?=## )/m).flatMap((section) => {
    const isTold =
      section.includes("benchmarks.md") || (/20\d\d-\d\d-\d\d/.test(section) && /`npm run|`--/.test(section));
    return isTold
      ? []
      : section.split("\n\n").flatMap((part) => (figures.test(part) ? [`${path}: ${part.slice(0, 100)}`] : []));
  });
}

it("is where figures of other pages come from, unless these say how they were measured", () => {
  const pages = filesMatching(/^(?:README|docs\/(?!benchmarks)[^/]+)\.md$/);

  expect(pages.flatMap(baseless)).toEqual([]);
});

it.each([
  ["It takes 3 s of processor time.", 1],
  ["It takes 3 s of processor time, on 2026-11-29, by `npm run bench`.", 0],
  ["It takes 3 s of processor time ([measured](benchmarks.md)).", 0],
  ["At most 5 MiB, after 30 seconds.", 0],
  ["| a | b |\n|---|---|\n| gbdt | 0.7873 |", 1],
])("%s", (text, count) => {
  expect(baseless({ path: "x.md", text })).toHaveLength(count);
});
