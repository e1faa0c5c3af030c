import { type AffectedAnswer } from "@refit/core/affected";
import { affectedAnswer } from "../../../core/src/affected/affected-answer.ts";
import { starter } from "@refit/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPorts } from "../../src/wiring.ts";
import { datasetOf, type ManyModels, manyModels, nameOf } from "./support/many-models.ts";
import { openScene, type Scene } from "./support/scene.ts";

const count = 1000;
let all: ManyModels;
let scene: Scene;

beforeAll(async () => {
  all = await manyModels(count, (root) =>
    createPorts({ cwd: root, base: null, now: null, json: true, starter, env: {} }),
  );
  scene = await openScene(all.repository);
}, 180_000);
afterAll(() => all.repository.dispose());

async function affected(base = "HEAD~1", head = "HEAD"): Promise<AffectedAnswer> {
  const { stdout } = await scene.refit("affected", [], { base, head, json: true });
  return affectedAnswer.strict().parse(JSON.parse(stdout));
}

/** Commits files, `null` for those to remove, and asks what that affects. */
async function after(files: Readonly<Record<string, string | null>>): Promise<AffectedAnswer> {
  for (const [path, text] of Object.entries(files)) {
    if (text !== null) await all.write({ [path]: text });
    else {
      all.files.delete(path);
      await all.repository.remove(path);
    }
  }
  await all.repository.commit("Change");
  return affected();
}

const effects = ({ models }: AffectedAnswer) => models.map(({ model, effect }) => `${model} ${effect}`);
const having = (wanted: (i: number) => boolean, effect: string) =>
  all.names.flatMap((name, i) => (wanted(i) ? [`${name} ${effect}`] : []));
const changed = (path: string, more: string) => ({ [path]: `${all.files.get(path)!}${more}` });

describe("of a thousand models", () => {
  it("nothing is affected or due where nothing changed", async () => {
    const answer = await affected("HEAD", "HEAD");

    expect(answer).toMatchObject({ files: 0, models: [], outdated: [], unseen: [], unresolved: [], failed: [] });
  });

  it("a manifest affects exactly its models, and a comment in it none", async () => {
    const manifest = "data-manifests/d0007.yaml";
    const answer = await after(changed(manifest, "    - { name: z, type: number }\n"));

    expect(effects(answer)).toEqual(having((i) => datasetOf(i) === "d0007", "retrain"));
    expect(answer.models[0]!.reasons).toEqual([{ kind: "manifest", path: manifest }]);
    expect(effects(await after(changed(manifest, "# a comment\n")))).toEqual([]);
    await all.train(having((i) => datasetOf(i) === "d0007", "").map((name) => name.trim()));
    expect(await after({})).toMatchObject({ models: [], outdated: [] });
  });

  it("a shared library affects exactly those that list or import it, over several steps", async () => {
    const listed = await after(changed("libs/features/clean.py", "# again\n"));
    expect(effects(listed).sort()).toEqual(
      [...having((i) => i % 10 === 0, "touch"), ...having((i) => i % 10 === 2, "retrain")].sort(),
    );
    const python = await after(changed("libs/features/words.py", "# again\n"));
    expect(effects(python)).toEqual(having((i) => i % 10 === 0 || i % 10 === 2, "touch"));
    const typescript = await after(changed("libs/base/src/index.ts", "// again\n"));
    expect(effects(typescript)).toEqual(having((i) => i % 10 === 1, "touch"));
    const relative = await after(changed("models/m0011/m0011-more.ts", "// again\n"));
    expect(effects(relative)).toEqual(["m0011 touch"]);
    const gone = await after({ "libs/features/words.py": null });
    expect(effects(gone)).toEqual(effects(python));
  });

  it("documents, tests, other code and nx.json affect nothing", async () => {
    const answer = await after({
      "docs/page.md": "# Other\n",
      "libs/shared/README.md": "# Other\n",
      "libs/shared/test/index.test.ts": "// test\n",
      "libs/unused/words.py": "# other\n",
      "nx.json": '{ "a": 1 }\n',
      "data/d0001/README.md": "# Not data\n",
    });

    expect(answer).toMatchObject({ files: 6, models: [] });
  });

  it("new data affect their models until they are retrained, and merging that affects nothing", async () => {
    const models = having((i) => datasetOf(i) === "d0003", "").map((name) => name.trim());
    const before = (await affected()).outdated.map(({ model }) => model);
    const answer = await after({ "data/d0003/2.csv": "x,y\n7,false\n" });
    expect(answer.models).toEqual(
      models.map((model) => ({ model, effect: "retrain", reasons: [{ kind: "data", path: "data/d0003/2.csv" }] })),
    );

    const later = await after({ "docs/page.md": "# Later\n" });
    expect(later.models).toEqual([]);
    expect(later.outdated.filter(({ model }) => !before.includes(model))).toEqual(
      models.map((model) => ({ model, because: ["data"] })),
    );

    await all.train(models);
    const merged = await after({});
    expect(merged.models).toEqual([]);
    expect(merged.outdated.map(({ model }) => model)).toEqual(before);
  });

  it("a renamed data file affects nothing, and a removed one its models", async () => {
    expect(
      (await after({ "data/d0004/9.csv": all.files.get("data/d0004/1.csv")!, "data/d0004/1.csv": null })).models,
    ).toEqual([]);
    expect(effects(await after({ "data/d0004/9.csv": null }))).toEqual(
      having((i) => datasetOf(i) === "d0004", "retrain"),
    );
  });

  it("gates touch a model; it is new, removed, or cannot be read", async () => {
    const spec = `models/${nameOf(33)}/model.yaml`;
    const gates = await after({ [spec]: all.files.get(spec)!.replace("min: 0.6", "min: 0.7") });
    expect(gates.models).toEqual([{ model: "m0033", effect: "touch", reasons: [{ kind: "spec", path: spec }] }]);

    const broken = await after({ [spec]: "task: binary\ndata: [\n" });
    expect(broken).toMatchObject({ models: [], failed: [{ model: "m0033", error: { code: "spec-invalid" } }] });
    const { exitCode, stdout } = await scene.refit("affected", [], { base: "HEAD~1" });
    expect(exitCode).toBe(2);
    expect(stdout).toContain("m0033: failed.");

    expect(effects(await after({ [spec]: null, "models/m0033/champion/lineage.json": null }))).toEqual([
      "m0033 removed",
    ]);
    const again = await after({ [spec]: all.files.get(`models/${nameOf(34)}/model.yaml`)! });
    expect(again.models).toEqual([{ model: "m0033", effect: "retrain", reasons: [{ kind: "new", path: spec }] }]);
  });
});
