import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { commands } from "../../../packages/refit/src/commands/index.ts";
import { brokenLinks, commandsNamedIn, leaksIn, missingPaths, namesOnNpm, testsNamedIn } from "../src/documents.ts";
import { filesMatching, readText, root } from "../src/repository.ts";

/** Without what refit writes: a model card, or a report as a test keeps it, whose charts lie elsewhere. */
const documents = filesMatching(/^(?!models\/|.*\/__snapshots__\/).*\.md$/);
/** With what the door itself answers. */
const names = [...Object.keys(commands), "help", "complete"];

describe("links", () => {
  it("between documents lead somewhere", () => {
    const read = (path: string) => {
      const file = join(root, path);
      if (!existsSync(file)) return null;
      return statSync(file).isDirectory() ? "" : readFileSync(file, "utf8");
    };

    expect(documents.flatMap((file) => brokenLinks(file, read))).toEqual([]);
  });

  it.each([
    ["[a](b.md)", 0],
    ["[a](../README.md)", 0],
    ["[a](#my-part-2)", 0],
    ["[a](https://example.com/gone)", 0],
    ["`[a](gone.md)`", 0],
    ["[a](gone.md)", 1],
    ["[a](b.md#gone)", 1],
    ["[a](#gone)", 1],
  ])("%s", (link, count) => {
    const files: Record<string, string> = { "docs/b.md": "# B", "README.md": "# Hi", "docs/a.md": "## My part, 2" };

    expect(
      brokenLinks({ path: "docs/a.md", text: `## My part, 2\n${link}` }, (path) => files[path] ?? null),
    ).toHaveLength(count);
  });
});

describe("pictures", () => {
  it("say in words what they show, are light and dark, and load nothing", () => {
    const drawn = filesMatching(/^docs\/images\/.*\.svg$/);

    expect(drawn.length).toBeGreaterThan(0);
    expect(drawn.filter(({ text }) => !saysWhatItShows(text)).map(({ path }) => path)).toEqual([]);
    const shown = documents.flatMap(({ path, text }) =>
      [...text.matchAll(/!\[([^\]]*)\]\([^)]+\)/g)].map(([, words]) => ({ path, words: words! })),
    );
    expect(shown.filter(({ words }) => words.length < 20)).toEqual([]);
  });

  it.each([
    [
      '<svg role="img" aria-labelledby="t d"><title id="t">A</title><desc id="d">B</desc>prefers-color-scheme</svg>',
      true,
    ],
    ['<svg role="img"><title>A</title>prefers-color-scheme</svg>', false],
    ['<svg role="img"><title>A</title><desc>B</desc></svg>', false],
    ['<svg role="img"><title>A</title><desc>B</desc>prefers-color-scheme <image href="https://x"/></svg>', false],
  ])("%s", (text, whole) => {
    expect(saysWhatItShows(text)).toBe(whole);
  });
});

function saysWhatItShows(svg: string): boolean {
  const asks = [/role="img"/, /<title[ >]/, /<desc[ >]/, /prefers-color-scheme/];
  return asks.every((each) => each.test(svg)) && !/href=|<script|url\((?!#)/.test(svg);
}

describe("paths", () => {
  it("that a document names exist; decisions tell of their day", () => {
    const today = documents.filter(({ path }) => !/^(?:docs\/decisions\/|CHANGELOG)/.test(path));

    expect(
      today.flatMap((file) =>
        missingPaths(file, (path) => existsSync(join(root, path)) || /\/(?:build|dist)\//.test(path)),
      ),
    ).toEqual([]);
  });

  it.each([
    ["`docs/a.md` and `packages/b/`", []],
    ["`docs/<code>.md`, `docs/*.md`, docs/gone.md", []],
    ["see `docs/gone.md`", ["x.md: docs/gone.md"]],
  ])("in %s", (text, missing) => {
    const there = ["docs/a.md", "packages/b/"];

    expect(missingPaths({ path: "x.md", text }, (path) => there.includes(path))).toEqual(missing);
  });
});

describe("the table of killed runs", () => {
  it("names tests that exist, in every row", () => {
    const page = readText("docs/lifecycle.md");
    const named = testsNamedIn(page);

    const rows = page
      .split("\n")
      .filter((line) => /^\| (?!---|killed|step|\d)/.test(line) && line.split(" | ").length === 4);
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.filter((row) => testsNamedIn(`${page}\n\n${row}`).length === named.length)).toEqual([]);
    expect(named.filter(({ file, name }) => !readText(join("docs", file)).includes(`"${name}"`))).toEqual([]);
  });

  it.each([
    [`[kill](a.test.ts): "one", "two"; kill: "three"`, ["one", "two", "three"]],
    [`[other](b.md): "no test", unknown: "nor this"`, []],
  ])("reads %s", (text, expected) => {
    expect(testsNamedIn(text).map(({ name }) => name)).toEqual(expected);
  });
});

describe("the promises of SECURITY.md", () => {
  it("name tests that exist, each of them", () => {
    const page = readText("SECURITY.md");
    const promises = page.split("\n## What is promised\n")[1]!.split("\n## ")[0]!;
    const rows = promises.split("\n").filter((line) => /^\| (?!---|promise)/.test(line));
    const named = testsNamedIn(page);

    expect(rows.length).toBeGreaterThan(15);
    expect(rows.filter((row) => testsNamedIn(`${page}\n\n${row}`).length === named.length)).toEqual([]);
    expect(named.filter(({ file, name }) => !readText(file).includes(`"${name}"`))).toEqual([]);
  });
});

describe("commands", () => {
  it("that the documents name exist", () => {
    const unknown = documents.flatMap(({ path, text }) =>
      commandsNamedIn(text).flatMap((name) => (names.includes(name) ? [] : [`${path}: refit ${name}`])),
    );

    expect(unknown).toEqual([]);
  });

  it("are all in the table of the README", () => {
    const told = commandsNamedIn(readText("README.md"));

    expect(names.filter((name) => !told.includes(name))).toEqual([]);
  });

  it.each([
    ["Type `refit run churn` now", ["run"]],
    ["```sh\nnpx --no -- refit init --data x.csv\n  refit log churn\n```", ["init", "log"]],
    ["```yaml\na: 1\n```\nrefit keeps models fresh\n```sh\nrefit log churn\n```", ["log"]],
    ["refit keeps models fresh; `refit--churn` and `packages/refit` are not commands", []],
  ])("in %s", (text, found) => {
    expect(commandsNamedIn(text)).toEqual(found);
  });
});

describe("the name on npm", () => {
  const released = /^## \[\d/m.test(readText("CHANGELOG.md"));

  it.skipIf(released)("is in no text before the first release: it belongs to nobody yet", () => {
    const code = filesMatching(/^packages\/[^/]+\/src\/.*(?<!\.test|\.fixture)\.ts$/);
    const pages = documents.filter(({ path }) => !path.startsWith("docs/decisions/"));

    expect(
      [...code, ...pages].flatMap(({ path, text }) => namesOnNpm(text).map((found) => `${path}: ${found}`)),
    ).toEqual([]);
  });

  it.each([
    ["npm install --save-dev refit@latest", 1],
    ["run `npm i refit`", 1],
    ["npm install @refit/core", 1],
    ["npx refit run", 1],
    ["npx --yes refit init", 1],
    ["npx --no -- refit run, npm install ../refit-0.1.0.tgz, npm ci", 0],
  ])("%s", (text, count) => {
    expect(namesOnNpm(text)).toHaveLength(count);
  });
});

describe("what belongs to one machine", () => {
  it("is in no file", () => {
    const files = filesMatching(/\.(?:md|json|jsonc|ya?ml|ts|mjs|svg)$|^\.npmrc$|^\.ci\/run$/).filter(
      ({ path }) => !path.startsWith("tools/structure/"),
    );

    expect(files.flatMap(leaksIn)).toEqual([]);
  });

  it("the lockfile names no registry", () => {
    expect([...readText("package-lock.json").matchAll(/"resolved": "[a-z]+:.*"/g)].map(([found]) => found)).toEqual([]);
  });

  it.each([
    ["see /root/main/x.ts", 1],
    ["https://npm-registry.internal/x", 1],
    ["network/main and https://registry.npmjs.org/", 0],
  ])("%s", (text, count) => {
    expect(leaksIn({ path: "a.md", text })).toHaveLength(count);
  });
});
