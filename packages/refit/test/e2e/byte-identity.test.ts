import { createHash } from "node:crypto";
import { createRepository } from "@refit/testkit";
import { describe, expect, it, onTestFinished } from "vitest";
import { churnCsv, churnManifest, churnSpec } from "./support/churn.ts";
import { churnScene, month, openScene, type Scene } from "./support/scene.ts";

const tree = "refit--churn:models/churn/champion";

/** sha256 by file of the proposed version, through git: what every other machine would get. */
async function digests(scene: Scene): Promise<Record<string, string>> {
  const names = (await scene.git("ls-tree", "-r", "--name-only", tree)).split("\n");
  const entries = names.map(async (name) => {
    const text = await scene.git("cat-file", "blob", `${tree}/${name}`);
    return [name, createHash("sha256").update(text).digest("hex")] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

describe("the same inputs give the same bytes", () => {
  it("in two clones at different paths, whatever the day and the order of the files' arrival", async () => {
    const scene = await churnScene();
    const other = await openScene(await scene.repository.clone(), { from: "2027-02-28T12:34:56Z" });

    await scene.run();
    const here = await scene.git("rev-parse", tree);
    await scene.git("push", "--quiet", "origin", ":refit--churn", ":refit-ledger");
    await other.run();

    expect(await other.git("rev-parse", tree)).toBe(here);
  });

  it("with a champion, from a machine that has its caches and one that has none", async () => {
    const scene = await churnScene();
    await scene.run();
    await scene.merge("squash");
    scene.at("2026-06-03T00:00:00Z");
    await scene.land(month(3));
    const copy = await scene.repository.clone();
    const fresh = await openScene(copy, { from: "2026-06-04T00:00:00Z" });

    await scene.run();
    const here = await scene.git("rev-parse", tree);
    await scene.git("push", "--quiet", "origin", ":refit--churn");
    await fresh.run({ force: "compare" });

    expect(await fresh.git("rev-parse", tree)).toBe(here);
  });

  // The gate runs this file on Node 20 and on Node 24: both must make the bytes that are written down beside it. When a
  // change is meant to make other bytes, `npx vitest run byte-identity -u` writes them anew.
  it.each([
    ["binary", { gates: [{ metric: "rocAuc", min: 0 }] }],
    ["multiclass", { target: "complaints", metrics: { primary: "logLoss" }, gates: [{ metric: "logLoss", max: 9 }] }],
    ["regression", { target: "complaints", metrics: { primary: "rmse" }, gates: [{ metric: "rmse", max: 99 }] }],
  ])("on every supported Node: %s", { timeout: 120_000 }, async (task, changes) => {
    for (const candidate of [{ learner: "gbdt", trees: 20, leaves: 7 }, { learner: "linear" }]) {
      const repository = await createRepository();
      onTestFinished(() => repository.dispose());
      const scene = await openScene(repository);
      await scene.land({
        "models/churn/model.yaml": { ...churnSpec, task, ...changes, candidates: [candidate] },
        "data-manifests/churn.yaml": churnManifest,
        "data/churn/a.csv": churnCsv({ rows: 600, from: "2026-01-01", seed: 1 }),
      });

      await scene.run();
      expect(await digests(scene)).toMatchSnapshot(`first model by ${candidate.learner}`);

      // A refresh brings intervals and p-values with it.
      await scene.merge("squash");
      scene.at("2026-06-09T00:00:00Z");
      await scene.land({ "data/churn/b.csv": churnCsv({ rows: 300, from: "2026-02-01", seed: 2 }) });
      await scene.run();
      expect(await digests(scene)).toMatchSnapshot(`refresh by ${candidate.learner}`);
    }
  });
});
