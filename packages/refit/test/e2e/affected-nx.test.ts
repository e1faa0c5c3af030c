import { mkdir, symlink } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { temporaryRepository } from "@refit/testkit";
import { affectedAnswer } from "../../../core/src/affected/affected-answer.ts";
import { expect, it } from "vitest";
import { churnManifest, churnSpec } from "./support/churn.ts";
import { openScene } from "./support/scene.ts";

const nx = path.dirname(fileURLToPath(import.meta.resolve("nx/package.json")));

/** Stands for refit's plugin: each model is a project, and one depends on a library that its code does not import. */
const plugin = `const { dirname } = require("node:path");
exports.createNodes = ["models/**/model.yaml", (files) =>
  files.map((file) => [file, { projects: { [dirname(file)]: { name: dirname(file).replaceAll("/", "-") } } }])];
exports.createNodesV2 = exports.createNodes;
exports.createDependencies = () => [{ source: "models-churn", target: "features", type: "implicit" }];
`;

it("asks Nx what the training code of a project uses, where the head is checked out", async () => {
  const repository = await temporaryRepository();
  const scene = await openScene(repository);
  await mkdir(path.join(repository.root, "node_modules"), { recursive: true });
  await symlink(nx, path.join(repository.root, "node_modules/nx"));
  await repository.write("node_modules/@refit/nx/index.js", plugin);
  await repository.write("node_modules/@refit/nx/package.json", '{ "name": "@refit/nx", "main": "index.js" }');
  await scene.land({
    ".gitignore": "node_modules\n.nx\n",
    "nx.json": '{ "plugins": ["@refit/nx"] }',
    "package.json": '{ "name": "acme" }',
    "models/churn/model.yaml": churnSpec,
    "models/prices/model.yaml": churnSpec,
    "data-manifests/churn.yaml": churnManifest,
    "libs/features/project.json": '{ "name": "features" }',
  });
  await scene.land({ "libs/features/words.ts": "export {};", "libs/features/README.md": "# Features" });
  const ask = async (head: string) => {
    const { stdout, notices } = await scene.refit("affected", [], { base: `${head}~1`, head, json: true });
    return { ...affectedAnswer.parse(JSON.parse(stdout)), notices };
  };

  const words = "libs/features/words.ts";
  expect(await ask("HEAD")).toMatchObject({
    libraries: "nx",
    models: [{ model: "churn", effect: "touch", reasons: [{ kind: "import", path: words }] }],
    notices: [],
  });
  const earlier = await ask("HEAD~1");
  expect(earlier.libraries).toBe("walk");
  expect(earlier.notices.join()).toContain("the head is not checked out");

  await repository.write("node_modules/@refit/nx/index.js", "throw new Error('no plugin');");
  const broken = await ask("HEAD");
  expect(broken).toMatchObject({ libraries: "walk", models: [] });
  expect(broken.notices.join()).toContain("`nx graph` ended with an error");
  expect(await scene.git("status", "--porcelain")).toBe("");
});
