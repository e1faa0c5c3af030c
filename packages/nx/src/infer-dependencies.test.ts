import type { CreateDependenciesContext, ProjectConfiguration } from "nx/src/devkit-exports.js";
import { expect, it } from "vitest";
import { createDependencies } from "./index.ts";
import { workspaceWith } from "./workspace.fixture.ts";

const spec = (...code: string[]) => `data: churn\ncandidates: [{ learner: command, code: ${JSON.stringify(code)} }]\n`;

async function dependencies(files: Readonly<Record<string, string>>, roots: Readonly<Record<string, string>>) {
  const projects = Object.fromEntries(
    Object.entries(roots).map(([name, root]) => [name, { root } satisfies ProjectConfiguration]),
  );
  const workspaceRoot = await workspaceWith(files);
  const context = { workspaceRoot, projects, externalNodes: {}, nxJsonConfiguration: {} };
  return createDependencies(undefined, context as unknown as CreateDependenciesContext);
}

it("a model depends on the projects that own its code, each once", async () => {
  const files = {
    "models/churn/model.yaml": spec(
      "models/churn/train.py",
      "libs/features/a.py",
      "libs/features/deep/b.py",
      "libs/x/y/c.py",
    ),
    "models/eu/churn/model.yaml": spec("models/churn/train.py"),
  };
  const roots = {
    "models/churn": "models/churn",
    "eu-model": "models/eu/churn",
    features: "libs/features",
    outer: "libs/x",
    inner: "libs/x/y",
    root: ".",
  };

  expect(await dependencies(files, roots)).toEqual([
    { source: "models/churn", target: "features", sourceFile: "models/churn/model.yaml", type: "static" },
    { source: "models/churn", target: "inner", sourceFile: "models/churn/model.yaml", type: "static" },
    { source: "eu-model", target: "models/churn", sourceFile: "models/eu/churn/model.yaml", type: "static" },
  ]);
});

it("code that no project owns, or only the one at the root, brings none", async () => {
  const files = { "models/churn/model.yaml": spec("train.py", "scripts/train.py") };

  expect(await dependencies(files, { "models/churn": "models/churn", root: "." })).toEqual([]);
});

it("a spec that cannot be read brings none", async () => {
  const files = { "models/bad/model.yaml": "data: [", "models/other/README.md": "" };

  expect(await dependencies(files, { "models/bad": "models/bad", "models/other": "models/other" })).toEqual([]);
});

it("a model beside its code depends on it as one below models/ does", async () => {
  const files = { "refit.yaml": "models: [apps/*/*]\n", "apps/shop/churn/model.yaml": spec("libs/features/a.py") };

  expect(await dependencies(files, { churn: "apps/shop/churn", features: "libs/features" })).toEqual([
    { source: "churn", target: "features", sourceFile: "apps/shop/churn/model.yaml", type: "static" },
  ]);
});
