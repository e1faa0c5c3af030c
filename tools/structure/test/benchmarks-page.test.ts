import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { root } from "../src/repository.ts";

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
