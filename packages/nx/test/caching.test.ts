import { temporaryRepository } from "@refit/testkit";
import type { TargetConfiguration } from "nx/src/devkit-exports.js";
import { expect, it } from "vitest";
import { createNodes } from "../src/index.ts";

const spec = (data: string) => `data: ${data}\ncandidates: [{ learner: gbdt }]\n`;
const manifest = (source: string) => `sources: [{ path: "${source}" }]\n`;
const names = ["plain", "ignored", "left-out", "nested", "beside", "https", "pointer", "photos", "gone"];

/** Models by name, each with data of its own. */
const manifests: Readonly<Record<string, string>> = {
  plain: manifest("data/plain/*.csv"),
  ignored: manifest("data/private.csv"),
  "left-out": manifest("data/left-out/*.csv"),
  nested: manifest("data/nested/**/*.csv"),
  beside: manifest("data/nested/*.csv"),
  https: manifest("https://example.com/x.csv"),
  pointer: manifest("data/plain/x.csv.dvc"),
  photos: `${manifest("data/plain/*.csv")}schema: { fields: [{ name: photo, type: file }] }\n`,
};

const repository = async (packageJson: object) => {
  const made = await temporaryRepository();
  const files = {
    "package.json": JSON.stringify(packageJson),
    ".gitignore": "private*\n",
    ".nxignore": "data/left-out\n",
    "data/plain/x.csv": "a\n",
    "data/private.csv": "a\n",
    "data/left-out/x.csv": "a\n",
    "data/nested/private/x.csv": "a\n",
    "data/nested/x.csv": "a\n",
    ...Object.fromEntries(names.map((name) => [`models/${name}/model.yaml`, spec(name)])),
    ...Object.fromEntries(Object.entries(manifests).map(([name, text]) => [`data-manifests/${name}.yaml`, text])),
  };
  for (const [file, text] of Object.entries(files)) await made.write(file, text);
  return made;
};

async function targetsIn(root: string): Promise<ReadonlyMap<string, Readonly<Record<string, TargetConfiguration>>>> {
  const found = names.map((name) => `models/${name}/model.yaml`);
  const results = await createNodes[1](found, undefined, { workspaceRoot: root, nxJsonConfiguration: {} });
  return new Map(
    results.flatMap(([, { projects }]) =>
      Object.values(projects!).map(({ name, targets }) => [name!.slice("models/".length), targets!] as const),
    ),
  );
}

const cachedIn = (all: Awaited<ReturnType<typeof targetsIn>>, target: string) =>
  [...all].filter(([, targets]) => targets[target]!.cache).map(([model]) => model);

it("check is cached where Nx hashes all that it reads, and probes wherever refit's version is an input", async () => {
  const { root } = await repository({ devDependencies: { refit: "0.1.0" }, dependencies: { "@refit/tfjs": "0.1.0" } });
  const all = await targetsIn(root);
  const packages = { externalDependencies: ["refit", "@refit/tfjs"] };
  const variables = [{ env: "REFIT_GIT_ENV" }, { env: "REFIT_SOURCE_ENV" }];

  expect(cachedIn(all, "check")).toEqual(["plain", "beside"]);
  expect(cachedIn(all, "predict-probes")).toEqual(names);
  for (const never of ["retrain", "verify", "drift", "serve"]) expect(cachedIn(all, never)).toEqual([]);
  expect(all.get("plain")).toMatchObject({
    check: { inputs: ["modelSources", "^default", packages, ...variables], outputs: [] },
    "predict-probes": { inputs: ["modelVersion", packages, ...variables], outputs: [] },
    retrain: { inputs: ["modelSources", "^default", packages] },
  });
});

it("nothing is cached where refit comes from elsewhere, and no check where git cannot be asked", async () => {
  const elsewhere = await repository({ dependencies: { "@refit/tfjs": "0.1.0" } });
  const broken = await repository({ dependencies: { refit: "0.1.0" } });
  await broken.write(".git/config", "[core\n");

  const [here, there] = [await targetsIn(elsewhere.root), await targetsIn(broken.root)];

  expect([cachedIn(here, "check"), cachedIn(here, "predict-probes")]).toEqual([[], []]);
  expect(cachedIn(there, "check")).toEqual([]);
});

it("many models are asked for together", async () => {
  const { root, write } = await repository({ dependencies: { refit: "0.1.0" } });
  const many = Array.from({ length: 80 }, (_, i) => `many-${i}`);
  for (const name of many) {
    await write(`models/${name}/model.yaml`, spec(name));
    await write(`data-manifests/${name}.yaml`, manifest(name === "many-7" ? "data/private.csv" : `data/${name}/*.csv`));
  }
  const found = many.map((name) => `models/${name}/model.yaml`);
  const results = await createNodes[1](found, undefined, { workspaceRoot: root, nxJsonConfiguration: {} });
  const uncached = results.filter(
    ([, { projects }]) => Object.values(projects!)[0]!.targets!["check"]!.cache === false,
  );

  expect(uncached.map(([file]) => file)).toEqual(["models/many-7/model.yaml"]);
});
