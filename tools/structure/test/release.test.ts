import path from "node:path";
import { describe, expect, it } from "vitest";
import { filesMatching, readText, root } from "../src/repository.ts";

const { releaseNotes } = (await import(path.join(root, "tools/scripts/release-notes.mjs"))) as {
  releaseNotes: (changelog: string, version: string) => string;
};

const { checkHome, homeIn, withHome } = (await import(path.join(root, "tools/scripts/home.mjs"))) as {
  checkHome: (home: string, manifests: readonly object[], repository?: string) => void;
  homeIn: (folder: string) => string;
  withHome: (text: string, before: string, after: string) => string;
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

describe("the address of the repository", () => {
  const published = filesMatching(/^packages\/[^/]+\/package\.json$/)
    .map(({ path: file, text }) => ({ file, ...(JSON.parse(text) as Published) }))
    .filter((manifest) => manifest.private !== true);

  it("is one, in messages, in every package that is published, and on the pages", () => {
    const home = homeIn(root);

    expect(() => checkHome(home, published)).not.toThrow();
    expect(published.map(({ file, repository }) => [file, `${repository.directory}/package.json`])).toEqual(
      published.map(({ file }) => [file, file]),
    );
    expect(readText("docs/sign-a-model.md")).toContain(`predicate-type: ${home}/blob/main/docs/sign-a-model.md`);
  });

  it("stops a release where it is not this repository's, or a package has another one", () => {
    const home = "https://github.com/octo/refit";
    const of = (url: string) => ({ name: "refit", repository: { url } });

    expect(() => checkHome(home, [of(`git+${home}.git`)], "octo/refit")).not.toThrow();
    expect(() => checkHome(home, [of(`git+${home}.git`)], "acme/refit")).toThrow(
      "Messages and model cards would lead to https://github.com/octo/refit, and this is https://github.com/acme/refit. Run `node tools/scripts/set-home.mjs acme/refit`",
    );
    expect(() => checkHome(home, [of("git+https://github.com/acme/refit.git")])).toThrow("refit names git+https");
  });

  it("is replaced as a whole", () => {
    const text = "https://github.com/a/refit/x https://github.com/a/refit.git https://github.com/a/refit-pages";

    expect(withHome(text, "https://github.com/a/refit", "https://github.com/b/c")).toBe(
      "https://github.com/b/c/x https://github.com/b/c.git https://github.com/a/refit-pages",
    );
  });
});

interface Published {
  readonly private?: boolean;
  readonly repository: { readonly directory: string };
}
