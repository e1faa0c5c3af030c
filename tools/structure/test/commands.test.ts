import { describe, expect, it } from "vitest";

import { forgeHelp } from "../../../packages/refit/src/adapters/forges/index.ts";
import { helpOf } from "../../../packages/refit/src/commands/help.ts";
import { commands } from "../../../packages/refit/src/commands/index.ts";
import { cliReference, missingFrom } from "../src/cli-reference.ts";

const loaded = await Promise.all(
  Object.entries(commands).map(async ([name, load]) => ({ name, command: await load() })),
);
const writing = new Set(["init", "run", "promote", "rollback", "reject", "accept", "export", "sign"]);

describe("the reference of the command line", () => {
  it("is the help of every command (written anew with -u)", async () => {
    const page = cliReference(loaded.map(({ name, command }) => ({ name, help: helpOf(command, forgeHelp) })));

    await expect(page).toMatchFileSnapshot("../../../docs/reference/cli.md");
  });
});

describe("every command", () => {
  it.each(loaded)("$name has --json, --dry-run where it writes, and help for each option", ({ name, command }) => {
    expect(missingFrom(name, command, writing.has(name))).toEqual([]);
  });

  it("is told what is missing", () => {
    const bare = { usage: "refit walk", summary: "walks", options: { far: {} }, optionHelp: { wide: "x" } };

    expect(missingFrom("run", bare, true)).toEqual([
      "run: the usage does not begin with its name",
      "run: the summary is not a sentence",
      "run: no --json",
      "run: no --dry-run",
      "run: --far has no help",
      "run: --far is not in the usage",
      "run: there is no --wide",
    ]);
  });
});
