import { describe, expect, it } from "vitest";
import { checkCameBack, parseEnded } from "./ended-file.ts";

const empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
const program = { step: "train", argv: ["python"] } as const;

describe("what a start script notes", () => {
  it.each<[what: string, text: string, digests: [string, string][]]>([
    ["nothing but the exit code", "refit-ended 1 0\n", []],
    [
      "files",
      `refit-ended 1 0\n${empty}  model/a b\n${empty} *model/c\n`,
      [
        ["model/a b", empty],
        ["model/c", empty],
      ],
    ],
  ])("is read: %s", (_what, text, digests) => {
    expect(parseEnded(text)).toEqual({ exitCode: 0, digests: new Map(digests) });
  });

  it.each([
    "",
    "refit-ended 1 0",
    "refit-ended 2 0\n",
    "refit-ended 1 -1\n",
    `refit-ended 1 0\n${empty}`,
    `refit-ended 1 0\n${empty.slice(1)}  model/a\n`,
    `refit-ended 1 0\n\\${empty}  model/a\n`,
    `refit-ended 1 0\n\n`,
  ])("is not taken for a whole one: %j", (text) => {
    expect(parseEnded(text)).toBeNull();
  });

  it("is compared with what came back", () => {
    const ended = { exitCode: 0, digests: new Map([["model/a", empty]]) };
    const check = (files: [string, string][]) =>
      checkCameBack(ended, new Map(files.map(([file, text]) => [file, new TextEncoder().encode(text)])), program);

    expect(() => check([["model/a", ""]])).not.toThrow();
    expect(() => check([])).toThrow("did not bring back");
    expect(() => check([["model/a", "x"]])).toThrow("with the digest 2d711642");
    expect(() =>
      check([
        ["model/a", ""],
        ["model/b", ""],
      ]),
    ).toThrow("did not write");
  });
});
