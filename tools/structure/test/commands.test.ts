import { describe, expect, it } from "vitest";

import { forgeHelp } from "../../../packages/refit/src/adapters/forges/index.ts";
import { helpOf, overviewOf } from "../../../packages/refit/src/commands/help.ts";
import { commandGroups, commands } from "../../../packages/refit/src/commands/index.ts";
import { cliReference, missingFrom } from "../src/cli-reference.ts";

const loaded = await Promise.all(
  Object.entries(commands).map(async ([name, load]) => ({ name, command: await load() })),
);
const width = 100;
const writing = new Set([
  "init",
  "run",
  "promote",
  "dashboard",
  "rollback",
  "reject",
  "accept",
  "export",
  "sign",
  "monitor",
]);

describe("the reference of the command line", () => {
  it("is the help of every command (written anew with -u)", async () => {
    const overview = await overviewOf(commandGroups, forgeHelp, width);
    const page = cliReference(
      overview,
      loaded.map(({ name, command }) => ({ name, help: helpOf(command, width) })),
    );

    await expect(page).toMatchFileSnapshot("../../../docs/reference/cli.md");
  });
});

describe("every command", () => {
  it.each(loaded)("$name has --json, --dry-run where it writes, and help for each option", ({ name, command }) => {
    expect(missingFrom(name, command, writing.has(name))).toEqual([]);
  });

  it("fits a narrow terminal, and a wide one", async () => {
    for (const columns of [80, 100, 120]) {
      const texts = [
        await overviewOf(commandGroups, forgeHelp, columns),
        ...loaded.map(({ command }) => helpOf(command, columns)),
      ];
      const lines = texts.flatMap((text) => text.split("\n"));
      // A word, or an example to copy, is never broken.
      const tooLong = lines.filter(
        (line) => line.length > columns && /\S\s+\S/.test(line) && !/^ {2}refit /.test(line),
      );
      expect(tooLong).toEqual([]);
    }
  });

  it("is told what is missing", () => {
    const bare = {
      usage: "refit walk",
      summary: "walks",
      examples: [
        ["refit walk", ""],
        ["refit run --fast", ""],
      ] as const,
      options: { far: { type: "boolean" } } as const,
      optionHelp: { wide: "x" },
    };

    expect(missingFrom("run", bare, true)).toEqual([
      "run: the usage does not begin with its name",
      "run: the summary is not a sentence",
      'run: the example "refit walk" is of another command',
      expect.stringContaining("run: the example \"refit run --fast\" cannot be read: Unknown option '--fast'"),
      "run: no --json",
      "run: no --dry-run",
      "run: --far has no help",
      "run: --far is not in the usage",
      "run: there is no --wide",
    ]);
  });
});
