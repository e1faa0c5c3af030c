import { describe, expect, it } from "vitest";
import { checkLayout } from "./layout-spec.ts";
import { modelFolder, modelOfOutput, modelOfSpec, modelRoots, rivalFolder, type Layout } from "./layout.ts";

const usual = {};
const beside = { layout: { models: ["models/**", "apps/*/*", "libs/**/ml", "tools/score"] } };
const only = { layout: { models: ["apps/*/*"] } };

describe("where a model stands", () => {
  it.each<[why: string, name: string, at: { layout?: Layout }, folder: string]>([
    ["as always", "churn", usual, "models/churn"],
    ["nested", "eu/churn", usual, "models/eu/churn"],
    ["a path that no glob covers", "apps/shop/churn", usual, "models/apps/shop/churn"],
    ["beside its code", "apps/shop/churn", beside, "apps/shop/churn"],
    ["at any depth", "libs/a/b/ml", beside, "libs/a/b/ml"],
    ["a folder without a wildcard", "tools/score", beside, "tools/score"],
    ["too deep for the glob", "apps/shop/eu/churn", beside, "models/apps/shop/eu/churn"],
    ["a folder called models in models", "models/churn", beside, "models/models/churn"],
    ["where models/ is not listed", "churn", only, "models/churn"],
  ])("%s", (_why, name, at, folder) => {
    expect(modelFolder(name, at)).toBe(folder);
  });

  it.each<[path: string, at: { layout?: Layout }, name: string | null]>([
    ["models/churn/model.yaml", usual, "churn"],
    ["models/eu/churn/model.yaml", usual, "eu/churn"],
    ["models/model.yaml", usual, null],
    ["model.yaml", { layout: { models: ["**"] } }, null],
    ["models/Churn_1/model.yaml", usual, "Churn_1"],
    ["apps/shop/churn/model.yaml", usual, null],
    ["apps/shop/churn/model.yaml", beside, "apps/shop/churn"],
    ["apps/shop/churn/other.yaml", beside, null],
    ["apps/shop/eu/churn/model.yaml", beside, null],
    ["models/churn/model.yaml", only, null],
    ["models/churn/champion/artifact/code/model.yaml", usual, null],
    ["models/churn/canary/artifact/code/model.yaml", usual, null],
    ["libs/x/champion/artifact/ml/model.yaml", beside, null],
  ])("%s is the spec of a model, or not", (path, at, name) => {
    expect(modelOfSpec(path, at)).toBe(name);
    if (name !== null) expect(`${modelFolder(name, at)}/model.yaml`).toBe(path);
  });

  it.each<[path: string, at: { layout?: Layout }, name: string | null]>([
    ["models/eu/churn/champion/lineage.json", usual, "eu/churn"],
    ["models/eu/churn/canary/lineage.json", usual, "eu/churn"],
    ["models/churn/src/canary/model.py", usual, null],
    ["models/champion/lineage.json", usual, null],
    ["data/champion/rows.csv", usual, null],
    ["apps/shop/churn/champion/artifact/champion/x", beside, "apps/shop/churn"],
    ["apps/shop/churn/champions/x", beside, null],
  ])("%s is of a version, or not", (path, at, name) => {
    expect(modelOfOutput(path, at)).toBe(name);
  });

  it.each<[models: readonly string[], roots: readonly string[]]>([
    [["models/**"], ["models"]],
    [
      ["models/**", "apps/*/*", "apps/*/ml/*"],
      ["models", "apps"],
    ],
    [["libs/a/**", "libs/*/ml"], ["libs"]],
    [
      ["a/**", "ab/*"],
      ["a", "ab"],
    ],
    [["**/ml", "models/**"], [""]],
    [["apps/shop/churn"], ["apps/shop/churn"]],
  ])("%j lie below %j", (models, roots) => {
    expect(modelRoots({ layout: { models } })).toEqual(roots);
  });

  it("names the other folder of the same name, where that may hold a model, too", () => {
    expect(rivalFolder("apps/shop/churn", beside)).toBe("models/apps/shop/churn");
    expect(rivalFolder("apps/shop/churn", only)).toBeNull();
    expect(rivalFolder("churn", beside)).toBeNull();
  });
});

describe("checkLayout", () => {
  it("fills in the usual folder", () => {
    expect(checkLayout({})).toEqual({ ok: true, value: { models: ["models/**"] } });
  });

  it.each<[why: string, document: unknown, problem: RegExp]>([
    ["an unknown key", { model: ["a/*"] }, /^model: unknown key; did you mean "models"\?$/],
    ["no folder at all", { models: [] }, /^models: expected a list of at least one/],
    ["a text", { models: "apps/*" }, /^models: expected a list/],
    ["a way out", { models: ["../x"] }, /leaves the repository/],
    ["an absolute path", { models: ["/apps/*"] }, /is absolute/],
    ["a slash at the end", { models: ["apps/*/"] }, /^models\[0\]: "apps\/\*\/" matches no folder; write "apps\/\*"$/],
    ["a dot", { models: ["./apps/*"] }, /write "apps\/\*"$/],
    ["a file", { models: ["apps/*/model.yaml"] }, /names a file; name its folder: "apps\/\*"$/],
    ["no model at once", { parallel: 0 }, /^parallel: /],
    ["more at once than any machine", { parallel: 65 }, /^parallel: /],
    ["half a model", { parallel: 1.5 }, /^parallel: /],
    ["the same twice", { models: ["a/*", "a/*"] }, /^models\[1\]: "a\/\*" is named twice$/],
  ])("refuses %s", (_why, document, problem) => {
    const checked = checkLayout(document);

    expect(checked.ok ? [] : checked.problems.map(({ message }) => message)).toEqual([expect.stringMatching(problem)]);
  });
});
