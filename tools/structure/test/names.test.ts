import { describe, expect, it } from "vitest";

import { ambiguousNames } from "../src/given-names.ts";
import { filesMatching, isTest } from "../src/repository.ts";

/** Each command is a module of these names; the door loads one by the word that a person types. */
const ofEveryCommand = new Set(["usage", "summary", "options", "examples", "optionHelp", "asksForge", "run"]);
const isCommand = (path: string) => path.startsWith("packages/refit/src/commands/");

describe("one word means one thing", () => {
  it("no two files export the same name, or call a type alike", () => {
    const product = filesMatching(/^packages\/[^/]+\/src\/.*\.ts$/).filter(({ path }) => !isTest(path));
    const ambiguous = ambiguousNames(product).filter((found) => {
      const [name, paths] = found.split(": ") as [string, string];
      return !ofEveryCommand.has(name) || paths.split(", ").filter((path) => !isCommand(path)).length > 1;
    });

    expect(product.length).toBeGreaterThan(100);
    expect(ambiguous).toEqual([]);
  });

  it.each([
    ["functions", "export function f() {}", "export async function f() {}", ["f: a.ts, b.ts"]],
    ["a type and a constant", "export interface F {}", "export const F = 1;", ["F: a.ts, b.ts"]],
    ["a schema and its type in one file", "export const f = 1; export type f = number;", "", []],
    ["what is handed on", "export function f() {}", 'export { f } from "./a.ts";', []],
    ["a type that stays inside", "export interface F {}", "type F = number;", ["F: a.ts, b.ts"]],
    ["a function that stays inside", "export function f() {}", "function f() {}", []],
  ])("%s", (_what, first, second, found) => {
    expect(
      ambiguousNames([
        { path: "a.ts", text: first },
        { path: "b.ts", text: second },
      ]),
    ).toEqual(found);
  });
});
