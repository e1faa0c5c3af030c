import path from "node:path";
import { describe, expect, it } from "vitest";
import { readText, root } from "../src/repository.ts";

const { releaseNotes } = (await import(path.join(root, "tools/scripts/release-notes.mjs"))) as {
  releaseNotes: (changelog: string, version: string) => string;
};

const changelog = `# Changelog

## [Unreleased]

## [1.1.0] - 2026-12-01

### Added

- A thing.

## [1.0.0]

- The first.

## [0.9.0] - 2026-11-01
`;

describe("notes of a release", () => {
  it("are the entry of its version", () => {
    expect(releaseNotes(changelog, "1.1.0")).toBe("### Added\n\n- A thing.\n");
  });

  it.each([
    ["an entry that is missing", "1.1", 'no entry "## [1.1] - YYYY-MM-DD"'],
    ["an entry without its date", "1.0.0", "needs its date"],
    ["an empty entry", "0.9.0", "is empty"],
  ])("are refused for %s", (_what, version, message) => {
    expect(() => releaseNotes(changelog, version)).toThrow(message);
  });

  it("are kept where the workflow looks for them", () => {
    expect(readText("CHANGELOG.md")).toContain("\n## [Unreleased]\n");
  });
});
