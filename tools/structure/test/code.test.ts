import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { errorCodesIn, mismatchedPages } from "../src/errors.ts";
import { forbiddenImports, importsOf } from "../src/imports.ts";
import { ambientUses } from "../src/purity.ts";
import { filesMatching, isTest, paths, root } from "../src/repository.ts";

const packageSources = filesMatching(/^packages\/[^/]+\/(?:src|test)\/.*\.ts$/);
const product = packageSources.filter(({ path }) => !isTest(path));
const pure = product.filter(({ path }) => /^packages\/(?:core|tabular|site)\//.test(path));

describe("import directions", () => {
  it("hold in every package", () => {
    expect(packageSources.flatMap(forbiddenImports)).toEqual([]);
  });

  it("finds every kind of import", () => {
    const text = `import type { A } from "a"; export * from "b"; export { c } from "c"; await import("d"); type E = import("e").E;`;

    expect(importsOf({ path: "x.ts", text })).toEqual(["a", "b", "c", "d", "e"]);
  });

  it.each([
    ["core on a package", "packages/core/src/a.ts", "@refit/tabular"],
    ["core on a built-in", "packages/core/src/a.ts", "node:fs"],
    ["core on anything but zod", "packages/core/src/a.ts", "yaml"],
    ["tabular on the shell", "packages/tabular/src/a.ts", "refit"],
    ["tabular on anything installed", "packages/tabular/src/a.ts", "zod"],
    ["the shell on the testkit", "packages/refit/src/a.ts", "@refit/testkit"],
    ["a relative path into another package", "packages/refit/src/a.ts", "../../core/src/index.ts"],
    ["a package without a written direction", "packages/other/src/a.ts", "zod"],
  ])("refuses %s", (_why, path, name) => {
    expect(forbiddenImports({ path, text: `import "${name}";` })).toHaveLength(1);
  });

  it.each([
    ["core on zod", "packages/core/src/a.ts", "zod"],
    ["the shell on core", "packages/refit/src/a.ts", "@refit/core/spec"],
    ["a file on its neighbour", "packages/refit/src/rooms/a.ts", "../ports.ts"],
    ["a test on the testkit", "packages/refit/src/a.test.ts", "@refit/testkit"],
  ])("allows %s", (_why, path, name) => {
    expect(forbiddenImports({ path, text: `import "${name}";` })).toEqual([]);
  });

  it("nothing but tests imports tools", () => {
    const users = product.filter((file) =>
      importsOf(file).some((name) => /@refit\/(?:testkit|bench|demo)|tools\//.test(name)),
    );

    expect(users.map(({ path }) => path)).toEqual([]);
  });
});

describe("the clock, randomness and the process", () => {
  it("are not used in the pure packages", () => {
    expect(pure.length).toBeGreaterThan(10);
    expect(pure.flatMap((file) => ambientUses(file).map((name) => `${file.path}: ${name}`))).toEqual([]);
  });

  it("come in through adapters and doors in the shell", () => {
    const inside = product.filter(({ path }) =>
      /^packages\/refit\/src\/(?!adapters\/|(?:cli|print-error)\.ts$)/.test(path),
    );

    expect(inside.flatMap((file) => ambientUses(file).map((name) => `${file.path}: ${name}`))).toEqual([]);
  });

  it.each([
    ["const t = Date.now();", ["Date.now"]],
    ["const t = new Date();", ["new Date()"]],
    ["const t = Date();", ["Date()"]],
    ["const t = Math.random();", ["Math.random"]],
    ["const t = Math['random']();", ["Math.random"]],
    ["const t = process.env.HOME;", ["process"]],
    ["const t = typeof process;", ["process"]],
    ["const t = crypto.randomUUID();", ["crypto.randomUUID"]],
    ["const t = new Date(0);", []],
    ["// Date.now() and process.env are banned\nconst t = 'Math.random()';", []],
    ["const t = { process: 1 }.process;", []],
  ])("in %s", (text, found) => {
    expect(ambientUses({ path: "x.ts", text })).toEqual(found);
  });
});

describe("errors", () => {
  const codes = product.flatMap(errorCodesIn);
  const pages = paths.flatMap((path) => /^docs\/errors\/(?!README)(.+)\.md$/.exec(path)?.[1] ?? []);

  it("each have one page, and each page has an error", () => {
    expect(codes.length).toBeGreaterThan(0);
    expect(mismatchedPages(codes, pages)).toEqual([]);
  });

  it("are missed when the page, the error or the difference is missing", () => {
    expect(mismatchedPages(["a", "b", "b"], ["b", "c"])).toEqual([
      "docs/errors/a.md is missing",
      "docs/errors/c.md is about no error",
      "two errors have the code b",
    ]);
  });

  it("are found by their code", () => {
    expect(errorCodesIn({ path: "x.ts", text: 'class X {\n  readonly code = "shallow-clone";\n}' })).toEqual([
      "shallow-clone",
    ]);
  });
});

describe("secrets", () => {
  it("are listed in one place: names of variables and shapes of tokens", () => {
    const list = "packages/core/src/errors/secrets.ts";
    const lists = product.filter(({ text }) =>
      /\bG(?:H|ITLAB)_TOKEN\b|\b(?:ACTIONS|INPUT|STATE)_\W|github_pat_/.test(text),
    );

    expect(lists.map(({ path }) => path)).toEqual([list]);
  });
});

describe("size", () => {
  it("no file is longer than 400 lines", () => {
    const long = filesMatching(/^(?:packages|tools)\/(?!action\/dist\/).*\.(?:ts|mjs)$/).filter(
      ({ text }) => text.split("\n").length > 401,
    );

    expect(long.map(({ path }) => path)).toEqual([]);
  });
});

describe("the lint rule against powers", () => {
  it.each([
    ["x ** 2", 1],
    ["Math.pow(x, 2)", 1],
    ["Math['pow'](x, 2)", 1],
    ["x * x", 0],
  ])("sees %s", (expression, count) => {
    expect(powersIn(`export const f = (x: number) => ${expression};\n`)).toBe(count);
  });

  function powersIn(text: string): number {
    const folder = mkdtempSync(join(tmpdir(), "refit-lint-"));
    const config = join(folder, "oxlintrc.json");
    const plugin = join(root, "tools/lint/refit-plugin.mjs");
    try {
      writeFileSync(config, JSON.stringify({ jsPlugins: [plugin], rules: { "refit/no-power": "error" } }));
      writeFileSync(join(folder, "sample.ts"), text);
      return lint(folder, config).split("refit(no-power)").length - 1;
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  function lint(folder: string, config: string): string {
    const oxlint = join(root, "node_modules/oxlint/bin/oxlint");
    try {
      return execFileSync(process.execPath, [oxlint, "-c", config, "--format=unix", folder], {
        encoding: "utf8",
        stdio: "pipe",
      });
    } catch (error) {
      return (error as { stdout: string }).stdout; // the linter ends with 1 when it finds something
    }
  }
});
