import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { temporaryRepository } from "@refit/testkit";
import type { Tree } from "nx/src/devkit-exports.js";
import { FsTree } from "nx/src/generators/tree.js";
import { describe, expect, it } from "vitest";
import { dataManifestGenerator, initGenerator, modelGenerator, workflowGenerator } from "../src/generators/index.ts";

const rows = Array.from(
  { length: 300 },
  (_, i) => `c${i},${i % 7},${i % 3 === 0},2026-01-${String(1 + (i % 28)).padStart(2, "0")}`,
);
const csv = `customer,complaints,cancelled,day\n${rows.join("\n")}\n`;

/** A workspace of Nx with refit, in which nothing has been generated yet. */
async function workspace(nxJson: string | null = "{}\n"): Promise<Tree> {
  const { root, write, commit } = await temporaryRepository();
  if (nxJson !== null) await write("nx.json", nxJson);
  await write("package.json", "{}\n");
  await write("data/customers.csv", csv);
  await commit("A workspace");
  await mkdir(join(root, "node_modules"));
  const refit = dirname(createRequire(import.meta.url).resolve("refit/package.json"));
  await symlink(refit, join(root, "node_modules/refit"));
  return new FsTree(root, false);
}

const changes = (tree: Tree) => tree.listChanges().map(({ type, path }) => `${type} ${path}`);

/** As Nx does at the end of a generator. */
async function flush(tree: Tree): Promise<Tree> {
  for (const { path, content } of tree.listChanges()) {
    await mkdir(dirname(join(tree.root, path)), { recursive: true });
    await writeFile(join(tree.root, path), content!);
  }
  return new FsTree(tree.root, false);
}

const customers = { data: "data/customers.csv", target: "cancelled" };

describe("init", () => {
  it("adds the plugin to nx.json once, beside what is there", async () => {
    const tree = await workspace('{ "plugins": [{ "plugin": "@nx/vite/plugin" }] } // of ours\n');

    await initGenerator(tree);
    const first = tree.read("nx.json", "utf8");
    await initGenerator(tree);

    expect(JSON.parse(first!)).toEqual({ plugins: [{ plugin: "@nx/vite/plugin" }, "@refit/nx"] });
    expect(tree.read("nx.json", "utf8")).toBe(first);
  });

  it.each([
    ['{ "plugins": ["@refit/nx"] }'],
    ['{ "plugins": [{ "plugin": "@refit/nx", "include": ["models/a/**"] }] }'],
  ])("leaves %s as it is", async (nxJson) => {
    const tree = await workspace(nxJson);

    await initGenerator(tree);

    expect(JSON.parse(tree.read("nx.json", "utf8")!)).toEqual(JSON.parse(nxJson));
  });

  it("says what to do where there is no Nx", async () => {
    await expect(initGenerator(await workspace(null))).rejects.toThrow("There is no nx.json here.");
  });
});

describe("model", () => {
  it("writes what `refit init` would, through the tree of Nx, and again nothing", async () => {
    const tree = await workspace();

    await modelGenerator(tree, { ...customers, time: "day", name: "churn" });

    expect(changes(tree).sort()).toEqual([
      "CREATE .gitattributes",
      "CREATE data-manifests/churn.yaml",
      "CREATE models/churn/model.yaml",
    ]);
    expect(tree.read("models/churn/model.yaml", "utf8")).toContain("time: day");
    await expect(readFile(join(tree.root, "models/churn/model.yaml"))).rejects.toThrow("ENOENT");

    const again = await flush(tree);
    await modelGenerator(again, { ...customers, time: "day", name: "churn" });
    expect(changes(again)).toEqual([]);
  });

  it("replaces nothing that a person has changed", async () => {
    const tree = await workspace();
    tree.write("models/customers/model.yaml", "mine: true\n");

    await expect(modelGenerator(await flush(tree), customers)).rejects.toThrow(/models\/customers\/model\.yaml/);
  });

  it("begins a program in Python", async () => {
    const tree = await workspace();

    await modelGenerator(tree, { ...customers, python: "libs/churn/train.py" });

    expect(changes(tree)).toContain("CREATE libs/churn/train.py");
    expect(tree.read("models/customers/model.yaml", "utf8")).toContain("libs/churn/train.py");
  });

  it.each([
    [{ data: "data/gone.csv", target: "x" }, /data\/gone\.csv/],
    [{ data: "--example", target: "x" }, /--example/],
    [{ data: "data/customers.csv", target: "gone" }, /gone/],
  ])("ends with refit's words for %j", async (options, words) => {
    await expect(modelGenerator(await workspace(), options)).rejects.toThrow(words);
  });

  it("says what is missing where refit is not installed", async () => {
    const { root } = await temporaryRepository();

    await expect(modelGenerator(new FsTree(root, false), customers)).rejects.toThrow(/^refit is not installed in /);
  });
});

it("data-manifest writes the same without a model", async () => {
  const tree = await workspace();

  await dataManifestGenerator(tree, { ...customers, name: "people" });

  expect(changes(tree).sort()).toEqual(["CREATE .gitattributes", "CREATE data-manifests/people.yaml"]);
});

describe("workflow", () => {
  it("is the one for a monorepo, unless another is asked for", async () => {
    const tree = await workspace();
    await workflowGenerator(tree, { action: "acme/refit@v1" });
    const file = ".github/workflows/refit.yml";

    expect(tree.read(file, "utf8")).toMatch(/npx --no -- nx affected[\s\S]*uses: acme\/refit@v1/);

    const again = await flush(tree);
    await workflowGenerator(again, { action: "acme/refit@v1" });
    expect(changes(again)).toEqual([]);
  });

  it("takes refit's kinds, and its refusals", async () => {
    const tree = await workspace();
    await workflowGenerator(tree, { kind: "hardened", attest: true });

    expect(tree.read(".github/workflows/refit.yml", "utf8")).toContain("attestations: write");
    await expect(workflowGenerator(tree, { kind: "nx", attest: true })).rejects.toThrow(/--attest needs/);
  });
});
