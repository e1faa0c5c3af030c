import { readFile } from "node:fs/promises";
import path from "node:path";
import { parse } from "yaml";
import { expect, it } from "vitest";
import { churnManifest, churnSpec } from "./support/churn.ts";
import { churnScene } from "./support/scene.ts";

const file = ".github/workflows/refit.yml";
const flags = { github: true, workflow: "nx", action: "acme/refit@v1", json: true };

interface Written {
  readonly on: { readonly push: { readonly paths: readonly string[] } };
}

it("a workflow starts for what the manifests and specs name, installs as the lockfile says, and follows both until a person changes it", async () => {
  const scene = await churnScene();
  const written = async () => readFile(path.join(scene.root, file), "utf8");
  const pathsOf = (text: string) => (parse(text) as Written).on.push.paths;
  await scene.write("models/bad/model.yaml", "task: [");
  const first = await scene.refit("init", [], flags);

  expect(pathsOf(await written())).toEqual(["models/**", "data-manifests/**", "data/churn/**"]);
  expect(await written()).toContain("run: npm ci\n");
  expect(first.notices.join()).toContain("The model bad cannot be read");

  const program = {
    learner: "command",
    train: ["python", "t.py"],
    predict: ["python", "t.py"],
    code: ["libs/t.py", "models/bad/t.py"],
  };
  await scene.write(
    "models/bad/model.yaml",
    JSON.stringify({ ...churnSpec, data: "elsewhere", candidates: [program] }),
  );
  for (const code of ["libs/t.py", "models/bad/t.py"]) await scene.write(code, "");
  await scene.write("feature-views/months.sql", "SELECT * FROM prices");
  await scene.write(
    "data-manifests/elsewhere.yaml",
    JSON.stringify({
      ...churnManifest,
      schema: { fields: [...churnManifest.schema.fields, { name: "scan", type: "file", folder: "apps/shop/scans/" }] },
      sources: [{ path: "apps/shop/data/[0-9]*.csv" }, { path: "https://example.com/x.csv" }],
      tables: [
        {
          name: "prices",
          sources: [{ path: "apps/shop/prices.csv" }],
          schema: { fields: [{ name: "plan", type: "string" }] },
        },
      ],
      views: ["months"],
      prepare: "SELECT s.*, m.plan AS priced FROM source s LEFT JOIN months m USING (plan)",
    }),
  );
  await scene.write("refit.yaml", "models: [models/**, apps/*/*]\n");
  for (const folder of ["models/eu/churn", "apps/shop/late"])
    await scene.write(`${folder}/model.yaml`, JSON.stringify(churnSpec));
  await scene.write("pnpm-lock.yaml", "lockfileVersion: '9.0'\n");
  await scene.write(file, (await written()).replaceAll("\n", "\r\n")); // as git may check it out
  const second = await scene.refit("init", [], { ...flags, json: false });

  expect(second.notices).toEqual([]);
  expect(second.stdout).toContain(`changed ${file}`);
  expect(pathsOf(await written())).toEqual([
    "models/**",
    "data-manifests/**",
    "refit.yaml",
    "apps/*/*/**",
    "apps/shop/data/**",
    "apps/shop/prices.csv",
    "apps/shop/scans/**",
    "data/churn/**",
    "feature-views/months.sql",
    "libs/t.py",
  ]);
  expect(await written()).toContain("pnpm install --frozen-lockfile");
  expect((await scene.refit("init", [], { ...flags, json: false })).stdout).toContain(`unchanged: ${file}`);

  for (const version of ["models/churn", "models/eu/churn", "apps/shop/late"].map((each) => `${each}/champion/x`)) {
    const attributes = await scene.git("check-attr", "text", "merge", "--", version);
    expect(attributes.trimEnd().split("\n")).toEqual([`${version}: text: unset`, `${version}: merge: unset`]);
  }

  const { action: _, ...unsaid } = flags;
  const { stdout } = await scene.refit("init", [], { ...unsaid, json: false });
  expect(stdout).toContain(`unchanged: ${file}`);
  expect(stdout).toContain("Whoever can move v1 in acme/refit");

  const mine = (await written()).replace("timeout-minutes: 60", "timeout-minutes: 90");
  await scene.write(file, mine);
  await scene.write("yarn.lock", "__metadata:\n");
  await scene.write("pnpm-lock.yaml", "x");
  await expect(scene.refit("init", [], { ...flags, workflow: "simple" })).rejects.toMatchObject({
    code: "files-in-the-way",
    message: expect.stringContaining(file) as string,
  });
  expect(await written()).toBe(mine);
});
