import { readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { finding, findingCodes } from "./finding-codes.ts";

describe("findingCodes", () => {
  const page = readFileSync(new URL("../../../../docs/reference/findings.md", import.meta.url), "utf8");
  const rows = [...page.matchAll(/^\| <a id="([a-z0-9-]+)"><\/a>`\1` \| (\w+) \|/gm)].map(
    ([, code, severity]) => `${code} ${severity}`,
  );

  it("are the rows of the reference page, with the same severity", () => {
    const codes = Object.entries(findingCodes).map(([code, { severity }]) => `${code} ${severity}`);

    expect(rows.sort()).toEqual(codes.sort());
  });

  it("name every setting of their advice on the page too, which `refit explain` prints", () => {
    const rowOf = (code: string) => page.split("\n").find((line) => line.startsWith(`| <a id="${code}"></a>`))!;
    const settingsIn = (hint: string) => [...hint.matchAll(/`([\w.]+)[^`]*`/g)].map(([, path]) => path!);
    const unnamed = Object.entries(findingCodes).flatMap(([code, { hint }]) =>
      settingsIn(hint)
        .filter((path) => path !== "checks.accept" && !rowOf(code).includes(path.split(".").at(-1)!))
        .map((path) => `${code}: ${path}`),
    );

    expect(unnamed).toEqual([]);
  });

  it("leaves out what is not known of a place", () => {
    expect(finding("no-files", {}, "No file.")).toEqual({
      code: "no-files",
      severity: "error",
      hint: findingCodes["no-files"].hint,
      file: null,
      column: null,
      message: "No file.",
    });
  });
});
