import { describe, expect, it } from "vitest";
import { importsOfCode } from "./code-imports.ts";
import { pathIndex } from "./path-index.ts";
import { isProduct, resolveImport } from "./resolve-import.ts";

const tree = pathIndex([
  "libs/a/src/index.ts",
  "libs/a/src/part.mts",
  "libs/a/data.json",
  "libs/py/pyproject.toml",
  "libs/py/src/acme/__init__.py",
  "libs/py/src/acme/clean.py",
  "models/m/train.ts",
  "models/m/train.py",
  "models/m/help.py",
  "shared/__init__.py",
  "shared/deep/words.py",
]);
const packages = new Map([["@acme/a", { folder: "libs/a", needs: [] }]]);

function reached(from: string, text: string): string[] {
  const targets = importsOfCode(from, text).asked.map((name) => resolveImport(from, name, tree, packages));
  return targets.flatMap((target) => [
    ...target.files,
    ...(target.package === null ? [] : [`package ${target.package}`]),
  ]);
}

describe("imports of JavaScript and TypeScript", () => {
  it.each([
    ['import x from "../../libs/a/src/index.js";', ["libs/a/src/index.ts"]],
    ["export * from '../../libs/a/src';", ["libs/a/src/index.ts"]],
    ['import type { T } from "../../libs/a/src/part.mjs";', ["libs/a/src/part.mts"]],
    ['const x = await import("../../libs/a/data.json", { with: { type: "json" } });', ["libs/a/data.json"]],
    ["const x = require(`../../libs/a/data.json`);", ["libs/a/data.json"]],
    ['new URL("../../libs/a/data.json", import.meta.url)', ["libs/a/data.json"]],
    ['import {\n  a,\n  b,\n} from "@acme/a/deep";', ["package @acme/a"]],
    ['import fs from "node:fs"; import y from "arquero"; import z from "../../../outside.js";', []],
  ])("%s", (text, expected) => {
    expect(reached("models/m/train.ts", text)).toEqual(expected);
  });
});

describe("imports of Python", () => {
  it.each([
    ["import help, json", ["models/m/help.py"]],
    ["from help import x", ["models/m/help.py"]],
    ["from shared.deep import words", ["shared/__init__.py", "shared/deep/words.py"]],
    [
      "from shared.deep import (  # all\n    words as w,\n    other,\n)",
      ["shared/__init__.py", "shared/deep/words.py"],
    ],
    ["import shared.deep.words as w", ["shared/__init__.py", "shared/deep/words.py"]],
    ["from acme.clean import clean", ["libs/py/src/acme/__init__.py", "libs/py/src/acme/clean.py"]],
    ["from . import help", ["models/m/help.py"]],
    ["from ..m import help", ["models/m/help.py"]],
    ["try: import help\nexcept ImportError: pass", ["models/m/help.py"]],
    ['importlib.import_module("help")', ["models/m/help.py"]],
    ["import numpy as np, pandas", []],
    ["from ..... import outside", []],
  ])("%s", (text, expected) => {
    expect(reached("models/m/train.py", text)).toEqual(expected);
  });
});

describe("imports that only the running program knows", () => {
  it.each<[path: string, text: string, lines: number[]]>([
    ["a.ts", 'import("./x");\nimport(name);\nrequire(`./${name}`);\n// require(name)\n', [2, 3]],
    [
      "a.py",
      'import_module("x")\nimport_module(name)\nsys.path.append("x")\nif sys.path == y: pass\n# exec(open(x))\n',
      [2, 3],
    ],
    ["a.R", "source(name)", []],
  ])("%s", (path, text, lines) => {
    expect(importsOfCode(path, text).unknown.map(({ line }) => line)).toEqual(lines);
  });
});

it.each([
  ["libs/a/src/index.ts", true],
  ["libs/a/README.md", false],
  ["libs/a/docs/x.png", false],
  ["libs/a/src/index.test.ts", false],
  ["libs/a/tests/test_clean.py", false],
  ["models/m/champion/artifact/model.json", false],
  ["apps/shop/churn/champion/artifact/model.json", false],
  ["apps/shop/other/champion/artifact/model.json", true],
  ["libs/latest/contest.ts", true],
])("%s is a product: %s", (path, expected) => {
  expect(isProduct(path, { layout: { models: ["models/**", "apps/*/churn"] } })).toBe(expected);
});
