import { readFile } from "node:fs/promises";
import path from "node:path";
import type { AffectedAnswer } from "@refit/core/affected";
import type { ShownVersion } from "@refit/core/report";
import { parse } from "yaml";
import { describe, expect, it } from "vitest";
import type { Outcome } from "../../src/products/outcome.ts";
import { churnCsv, churnManifest, churnSpec } from "./support/churn.ts";
import { championScene, openScene, type Scene } from "./support/scene.ts";
import { commit, verify } from "./support/verify.ts";

const model = "apps/shop/churn";
const flat = "apps--shop--churn";
const rows = (month: number) => churnCsv({ rows: 300, from: `2026-0${month}-01`, seed: month + 10 });
const read = (scene: Scene, file: string) => readFile(path.join(scene.repository.root, file), "utf8");
const without = (text: string) => text.split("\n").slice(1).join("\n");

/** What a command says of the model as JSON. */
async function json<T>(scene: Scene, name: string, args: readonly string[], flags = {}): Promise<T> {
  return JSON.parse((await scene.refit(name, args, { ...flags, json: true })).stdout) as T;
}

const run = async (scene: Scene) => (await json<[Outcome]>(scene, "run", [model]))[0];

/** A model in `models/` is live, and one beside the code of an app is begun from the folder of that app. */
async function begun(): Promise<Scene> {
  const scene = await championScene();
  await scene.land({
    "apps/shop/data/x.csv": rows(1) + without(rows(2)),
    "apps/shop/src/main.ts": "export {};\n",
    "docs/model.yaml": "what: a page\n",
  });
  const inApp = await openScene({ ...scene.repository, root: path.join(scene.root, "apps/shop") });
  const told = await inApp.refit("init", [], { data: "data/x.csv", target: "left", time: "day", model: "./churn" });
  expect(told.stdout).toContain("wrote refit.yaml");
  expect(told.stdout).toContain("Read apps/shop/churn/model.yaml");
  return scene;
}

describe("a model beside the code of an app", { timeout: 180_000 }, () => {
  it("is begun, proposed, promoted, told, rolled back and guarded as one in models/", async () => {
    const scene = await begun();

    expect(parse(await read(scene, "refit.yaml"))).toEqual({ models: ["models/**", model] });
    expect(parse(await read(scene, "data-manifests/apps-shop-churn.yaml"))).toMatchObject({
      sources: [{ path: "apps/shop/data/x.csv" }],
    });
    expect(parse(await read(scene, `${model}/model.yaml`))).toMatchObject({ data: "apps-shop-churn", target: "left" });
    expect(await read(scene, ".gitattributes")).toContain(`${model}/champion/** -text -merge\n`);
    // Not on the base branch yet, and still tried out as it is in the work tree.
    await expect(scene.refit("run", [model])).rejects.toMatchObject({
      code: "model-unknown",
      hint: expect.stringContaining(`add ${model} to \`models\` in refit.yaml`),
    });
    await scene.write(`${model}/model.yaml`, JSON.stringify({ ...churnSpec, data: "apps-shop-churn" }));
    expect((await json<[Outcome]>(scene, "run", [model], { "dry-run": true }))[0]).toMatchObject({
      decision: "proposed",
    });
    await scene.land({
      "data-manifests/apps-shop-churn.yaml": { ...churnManifest, sources: [{ path: "apps/shop/data/x.csv" }] },
    });

    expect(await run(scene)).toMatchObject({ decision: "proposed", branch: `refit--${flat}` });
    const card = await scene.git("show", `refit--${flat}:${model}/champion/README.md`);
    expect(card).toContain(`fromFolder("${model}/champion")`);
    await scene.git("switch", "--quiet", `refit--${flat}`);
    expect(await verify(scene, model)).toMatchObject({ model, result: "valid", exitCode: 0 });
    await scene.git("switch", "--quiet", "main");
    await scene.merge("squash", `refit--${flat}`);
    expect((await scene.refit("promote")).stdout).toMatch(/apps--shop--churn@v1 +created\nchurn@v1 +created/);
    expect((await scene.refit("status")).stdout).toMatch(/apps\/shop\/churn +live +v1 [^]*\nchurn +live +v1 /);
    expect(await run(scene)).toMatchObject({ decision: "skipped", heldBack: { kind: "unchanged" } });
    expect((await json<ShownVersion>(scene, "show", [`${model}@v1`])).places.folder).toBe(`${model}/champion`);
    await scene.refit("predict", [model, "apps/shop/data/x.csv"], { output: path.join(scene.root, "../answers.csv") });
    await expect(
      scene.refit("export", [model], { to: "onnx", output: `${model}/champion/onnx` }),
    ).rejects.toMatchObject({ message: expect.stringContaining("belongs to a version") });

    scene.at("2026-06-05T00:00:00Z");
    await scene.land({ "apps/shop/data/x.csv": rows(1) + without(rows(2)) + without(rows(3)) });
    const affected = await json<AffectedAnswer>(scene, "affected", [], { base: "HEAD~1" });
    expect(affected.models).toEqual([
      { model, effect: "retrain", reasons: [{ kind: "data", path: "apps/shop/data/x.csv" }] },
    ]);
    expect(await run(scene)).toMatchObject({ decision: "proposed" });
    await scene.merge("merge", `refit--${flat}`);
    await scene.refit("rollback", [model]);
    await scene.merge("squash", `refit-rollback--${flat}`);
    expect((await scene.refit("status")).stdout).toMatch(/apps\/shop\/churn +live +v1 /);
    const doctor = await json<{ what: string }[]>(scene, "doctor", []);
    expect(doctor.filter(({ what }) => what.includes("bytes of a version"))).toEqual([]);

    await guards(scene);
  });
});

/** What a pull request may not do by way of `refit.yaml`, and what is said of names. */
async function guards(scene: Scene): Promise<void> {
  const change = async (files: Readonly<Record<string, string>>) => {
    await scene.git("switch", "--quiet", "--force-create", "change", "main");
    for (const [file, text] of Object.entries(files)) await scene.write(file, text);
    await commit(scene);
  };

  await change({ "refit.yaml": "models: [models/**]\n" });
  expect(await verify(scene, model)).toMatchObject({
    result: "unchanged",
    weakened: [`${model}/model.yaml is not in \`models\` of refit.yaml, so ${model} is no longer a model`],
  });
  expect(await verify(scene, "churn")).toMatchObject({ result: "unchanged", weakened: [] });

  await change({ "refit.yaml": "models: [models/**, apps/*/*]\nmodel: 1\n" });
  const { result, problems } = await verify(scene, "churn");
  expect({ result, problems }).toEqual({
    result: "failed",
    problems: [
      expect.stringMatching(
        /^spec-invalid: refit\.yaml cannot be used: 1 problem\.\nrefit\.yaml:2:1: model: unknown key; did you mean "models"\?/,
      ),
    ],
  });

  const spec = await read(scene, `${model}/model.yaml`);
  await change({
    "refit.yaml": "models: [models/**, apps/*/*]\n",
    "apps/shop/other/model.yaml": spec,
    "apps/shop/other/champion/lineage.json": "{}",
  });
  const answers = await json<{ model: string; result: string }[]>(scene, "verify", []);
  expect(answers.map(({ model: name, result: answer }) => [name, answer])).toEqual([
    [model, "unchanged"],
    ["churn", "unchanged"],
    ["apps/shop/other", "failed"],
  ]);

  await scene.git("switch", "--quiet", "main");
  await expect(scene.refit("run", ["shop/churn"])).rejects.toMatchObject({
    message: `There is no models/shop/churn/model.yaml on the base branch. Did you mean "${model}"?`,
  });
  await scene.land({ [`models/${model}/model.yaml`]: spec });
  const { stdout, notices } = await scene.refit("status");
  expect(notices.join("\n")).toContain(`The folders models/${model} and ${model} on main are both the model`);
  expect(stdout).not.toContain(model);
  expect(stdout).toMatch(/^churn +live/m);
  await expect(run(scene)).rejects.toMatchObject({ code: "model-twice" });
}
