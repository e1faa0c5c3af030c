import { createRepository, type TemporaryRepository } from "@refit/testkit";
import { onTestFinished } from "vitest";
import type { RunResult } from "../../../src/products/outcome.ts";
import { churnCsv, churnManifest, churnSpec } from "./churn.ts";
import { churnSceneIn, type Scene } from "./scene.ts";

export const groupBranchOfShop = "refit-group--shop";
export const linear = { ...churnSpec, candidates: [{ learner: "linear" }] };
export const inGroup = { ...linear, proposalGroup: "shop" };

/** The file of one month for the model `upside`, whose data are its own. */
export const upside = (number: number) => ({
  [`data/upside/${number}.csv`]: churnCsv({ rows: 300, from: `2026-0${number}-01`, seed: number + 20 }),
});

/** A scene with two models of different data, churn and upside. */
export async function twoModels(spec: object): Promise<Scene> {
  const repository: TemporaryRepository = await createRepository({ remote: true });
  onTestFinished(() => repository.dispose());
  const scene = await churnSceneIn(repository, { spec });
  await scene.land({
    "models/upside/model.yaml": { ...spec, data: "upside" },
    "data-manifests/upside.yaml": { ...churnManifest, sources: [{ path: "data/upside/*.csv" }] },
    ...upside(1),
    ...upside(2),
  });
  return scene;
}

/** `refit run`, of all models where none is named. */
export async function runAll(scene: Scene, names: readonly string[] = [], flags = {}): Promise<readonly RunResult[]> {
  return JSON.parse((await scene.refit("run", names, { ...flags, json: true })).stdout) as RunResult[];
}

/** What became of each: its decision, and why it was held back. */
export const endsOf = (results: readonly RunResult[]) =>
  results.map((each) => [each.model, each.decision, ...("heldBack" in each ? [each.heldBack.kind] : [])].join(" "));
