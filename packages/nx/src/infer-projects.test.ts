import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { CreateNodes, NxJsonConfiguration, ProjectConfiguration } from "nx/src/devkit-exports.js";
import { describe, expect, it } from "vitest";
import { createNodes, createNodesV2 } from "./index.ts";
import { specsOf, workspaceWith } from "./workspace.fixture.ts";

type Files = Readonly<Record<string, string>>;

async function projectsIn(root: string, files: Files, nxJsonConfiguration: NxJsonConfiguration = {}) {
  const results = await createNodes[1](specsOf(files), undefined, { workspaceRoot: root, nxJsonConfiguration });
  return Object.assign({}, ...results.map(([, { projects }]) => projects)) as Record<string, ProjectConfiguration>;
}

const infer = async (files: Files, nxJson?: NxJsonConfiguration) =>
  projectsIn(await workspaceWith(files), files, nxJson);

const spec = (data: string) => `data: ${data}\ncandidates: [{ learner: gbdt }]\n`;
const manifest = "sources: [{ path: data/churn/*.csv }]\n";

describe("projects of models", () => {
  it("have both names that Nx looks for, with one meaning", () => {
    expect(createNodesV2).toBe(createNodes);
    expect(createNodes satisfies CreateNodes).toHaveLength(2);
  });

  it("are named by their folder, nested ones too", async () => {
    const files = { "models/churn/model.yaml": spec("churn"), "models/eu/churn/model.yaml": spec("churn") };

    const projects = await infer(files);

    expect(Object.entries(projects).map(([root, { name }]) => [root, name])).toEqual([
      ["models/churn", "models/churn"],
      ["models/eu/churn", "models/eu/churn"],
    ]);
  });

  it("are found where refit.yaml says, and named by their folder there, too", async () => {
    const files = {
      "refit.yaml": "models: [models/**, apps/*/*]\n",
      "models/churn/model.yaml": spec("churn"),
      "apps/shop/churn/model.yaml": spec("churn"),
      "apps/shop/churn/champion/artifact/code/model.yaml": spec("churn"),
      "libs/churn/model.yaml": spec("churn"),
    };

    const projects = await infer(files);

    expect(Object.keys(projects).toSorted()).toEqual(["apps/shop/churn", "models/churn"]);
    expect(projects["apps/shop/churn"]).toMatchObject({
      name: "apps/shop/churn",
      targets: { check: { command: "refit check apps/shop/churn" } },
      namedInputs: {
        modelVersion: ["{workspaceRoot}/refit.yaml", "{workspaceRoot}/apps/shop/churn/champion/**/*"],
      },
    });
  });

  it("stand below models/ where refit.yaml cannot be read: refit says what is wrong with it", async () => {
    const files = { "refit.yaml": "models: [", "models/churn/model.yaml": spec("churn") };

    expect(Object.keys(await infer(files))).toEqual(["models/churn"]);
  });

  it("are not made of what a version carries, or of folders that refit refuses", async () => {
    const files = {
      "models/churn/champion/artifact/code/model.yaml": spec("churn"),
      "models/$(touch x)/model.yaml": spec("churn"),
      "models/model.yaml": spec("churn"),
    };

    expect(await infer(files)).toEqual({});
  });

  it("have the commands of refit as targets, none of them cached where refit is not among the workspace's packages", async () => {
    const { targets } = (await infer({ "models/eu/churn/model.yaml": spec("churn") }))["models/eu/churn"]!;

    expect(Object.entries(targets!).map(([name, { command, cache }]) => [name, command, cache])).toEqual([
      ["check", "refit check eu/churn", false],
      ["predict-probes", "refit probes eu/churn", false],
      ["retrain", "refit run eu/churn", false],
      ["verify", "refit verify eu/churn", false],
      ["drift", "refit drift eu/churn", false],
      ["serve", "refit serve eu/churn", false],
    ]);
    expect(targets!["serve"]).toMatchObject({ continuous: true });
  });

  it("have what people write, the data and the code as inputs; only probes have the version", async () => {
    const code = "candidates: [{ learner: command, code: [libs/features/features.py] }]";
    const files = {
      "models/churn/model.yaml": `data: churn\n${code}\n`,
      "models/churn/champion/lineage.json": "{}",
      "data-manifests/churn.yaml": manifest,
    };

    const { namedInputs, targets } = (await infer(files))["models/churn"]!;

    expect(namedInputs).toEqual({
      modelSources: [
        "{workspaceRoot}/refit.yaml",
        "{workspaceRoot}/models/churn/model.yaml",
        "{workspaceRoot}/data-manifests/churn.yaml",
        "{workspaceRoot}/libs/features/features.py",
        "{workspaceRoot}/data/churn/*.csv",
      ],
      modelVersion: ["{workspaceRoot}/refit.yaml", "{workspaceRoot}/models/churn/champion/**/*"],
    });
    expect(targets!["retrain"]!.inputs).toEqual(["modelSources", "^default"]);
  });

  it("take `production` where the workspace has it", async () => {
    const files = { "models/churn/model.yaml": spec("churn") };

    const { targets } = (await infer(files, { namedInputs: { production: ["default"] } }))["models/churn"]!;

    expect(targets!["retrain"]!.inputs).toEqual(["modelSources", "^production"]);
  });
});

describe("a file that cannot be read", () => {
  it.each([
    ["data: [", {}, /^models\/bad\/model\.yaml:\d+:\d+: cannot be read as YAML: /],
    ["task: binary", {}, "models/bad/model.yaml:1:1: has no data manifest under `data`"],
    ["data: gone", {}, "models/bad/model.yaml: data-manifests/gone.yaml does not exist"],
    [
      "data: odd",
      { "data-manifests/odd.yaml": "sources: ]" },
      /^data-manifests\/odd\.yaml:1:10: cannot be read as YAML: /,
    ],
  ])("such as %j says so in its own project, and the others are as they were", async (text, more, description) => {
    const files = {
      "models/bad/model.yaml": text,
      "models/good/model.yaml": spec("churn"),
      "data-manifests/churn.yaml": manifest,
      ...more,
    };

    const projects = await infer(files);

    const expected = typeof description === "string" ? description : expect.stringMatching(description);
    expect(projects["models/bad"]!.metadata!.description).toEqual(expected);
    expect(Object.keys(projects["models/bad"]!.targets!)).toContain("check");
    expect(projects["models/good"]!.metadata!.description).toBe("Model good, kept fresh by refit.");
  });

  it("that goes away while Nx looks is left out", async () => {
    const root = await workspaceWith({});

    expect(await projectsIn(root, { "models/gone/model.yaml": "" })).toEqual({});
  });
});

describe("what is kept in Nx's folder", () => {
  const kept = ".nx/workspace-data/refit-facts.json";
  const keyOf = (text: string) => `spec ${createHash("sha256").update(text).digest("base64url")}`;

  it("stands for files whose content is the same", async () => {
    const text = `${spec("churn")}# nobody has parsed this\n`;
    const facts = { [keyOf(text)]: { problem: null, data: "kept", code: [] } };
    const files = { [kept]: JSON.stringify({ format: 2, facts }), "models/churn/model.yaml": text };

    const { namedInputs } = (await infer(files))["models/churn"]!;

    expect(namedInputs!["modelSources"]).toContain("{workspaceRoot}/data-manifests/kept.yaml");
  });

  it.each(["", "{", "[]", '{"format":2}', '{"format":1,"facts":{}}'])(
    "is made anew where it is %j",
    async (damaged) => {
      const text = `${spec("churn")}# beside ${JSON.stringify(damaged)}\n`;
      const files = { [kept]: damaged, "models/churn/model.yaml": text };
      const root = await workspaceWith(files);

      expect((await projectsIn(root, files))["models/churn"]).toBeDefined();
      expect(JSON.parse(await readFile(join(root, kept), "utf8"))).toEqual({
        format: 2,
        facts: { [keyOf(text)]: { problem: null, data: "churn", code: [] } },
      });
    },
  );

  it("with facts of another shape is made anew", async () => {
    const text = `${spec("churn")}# misshapen\n`;
    const files = {
      [kept]: JSON.stringify({ format: 2, facts: { [keyOf(text)]: null } }),
      "models/churn/model.yaml": text,
    };

    const { namedInputs } = (await infer(files))["models/churn"]!;

    expect(namedInputs!["modelSources"]).toContain("{workspaceRoot}/data-manifests/churn.yaml");
  });

  it("may be missing and impossible to write", async () => {
    const files = { ".nx": "a file in the way", "models/churn/model.yaml": `${spec("churn")}# unwritable\n` };
    const root = await workspaceWith(files);
    await writeFile(join(root, ".nx"), "still in the way");

    expect((await projectsIn(root, files))["models/churn"]).toBeDefined();
  });
});
