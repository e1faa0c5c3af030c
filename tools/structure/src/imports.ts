import { posix } from "node:path";
import { Visitor, parseSync } from "vite";

import { isTest, type TextFile } from "./repository.ts";

/** Which of our packages a package's product code may import; the table "Packages" of docs/architecture.md. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  core: [],
  tabular: ["core"],
  tfjs: ["core"],
  runtime: ["core", "tabular"],
  serve: ["runtime"],
  site: ["core"],
  refit: ["core", "tabular", "site"],
  nx: ["core"],
  action: ["core", "refit"],
};

/** Packages from outside that the pure packages may import; the others are held by knip and their `package.json`. */
const allowedOutside: Readonly<Record<string, readonly string[]>> = { core: ["zod"], tabular: [], site: [] };

/** Every module name that a file asks for: static, dynamic, re-exported and in types. */
export function importsOf({ path, text }: TextFile): readonly string[] {
  const names: string[] = [];
  const take = (node: { source: unknown }) => {
    const source = node.source as { type: string; value?: unknown } | null;
    if (source?.type === "Literal" && typeof source.value === "string") names.push(source.value);
  };
  new Visitor({
    ImportDeclaration: take,
    ExportNamedDeclaration: take,
    ExportAllDeclaration: take,
    ImportExpression: take,
    TSImportType: take,
  }).visit(parseSync(path, text).program);
  return names;
}

/** What is wrong with the imports of one file of `packages/`, as sentences. */
export function forbiddenImports(file: TextFile): readonly string[] {
  const owner = file.path.split("/")[1]!;
  const packages = allowed[owner];
  if (packages === undefined) return [`${file.path}: no import direction is written down for packages/${owner}`];
  return importsOf(file).flatMap((name) => {
    const target = targetOf(file.path, name);
    if (target.kind === "own") return [];
    if (isTest(file.path)) return []; // tests use the testkit, vitest and built-ins
    if (target.kind === "ours") {
      return packages.includes(target.name) ? [] : [`${file.path}: ${owner} must not import ${name}`];
    }
    const outside = allowedOutside[owner];
    return outside === undefined || outside.includes(name) ? [] : [`${file.path}: ${owner} must not import ${name}`];
  });
}

type Target = { kind: "own" } | { kind: "ours"; name: string } | { kind: "outside" };

function targetOf(path: string, name: string): Target {
  if (name.startsWith(".")) {
    const resolved = posix.join(posix.dirname(path), name);
    const home = path.split("/").slice(0, 2).join("/");
    if (resolved.startsWith(`${home}/`)) return { kind: "own" };
    return { kind: "ours", name: resolved }; // a relative path into another package is never allowed
  }
  const ours = /^@refit\/([^/]+)|^(refit)(?:\/|$)/.exec(name);
  return ours ? { kind: "ours", name: ours[1] ?? ours[2]! } : { kind: "outside" };
}
