import { describe, expect, it } from "vitest";
import type { Outcome } from "../../src/products/outcome.ts";
import { churnSpec } from "./support/churn.ts";
import { month, proposedScene, type Scene } from "./support/scene.ts";
import { folder, verify } from "./support/verify.ts";

interface Said {
  readonly learner: {
    readonly name: string;
    readonly settings: { readonly chosen: readonly { share: number; settings: { learner: string } }[] };
  };
}

type JudgedOutcome = Extract<Outcome, { evidence: object | null }>;

const lineageOf = async (scene: Scene, ref = "refit--churn") =>
  JSON.parse(await scene.git("show", `${ref}:${folder}/lineage.json`)) as Said;

describe("candidates: auto", () => {
  it(
    "ships what it found, which is verified, goes on from there at the next retrain, and is reproduced",
    { timeout: 120_000 },
    async () => {
      const scene = await proposedScene({ spec: { candidates: [{ learner: "auto", tries: 2 }] } });

      const { learner } = await lineageOf(scene);
      expect(learner.name).toBe("auto");
      const { chosen } = learner.settings;
      expect(Math.round(100 * chosen.reduce((sum, { share }) => sum + share, 0))).toBe(100);
      const files = await scene.git("ls-tree", "-r", "--name-only", "refit--churn", `${folder}/artifact/`);
      expect(files.split("\n")).toEqual(
        [...chosen.map((_, place) => `${place + 1}/model.json`), "model.json"].map(
          (file) => `${folder}/artifact/${file}`,
        ),
      );
      await scene.git("switch", "--quiet", "--detach", "refit--churn");
      expect(await verify(scene)).toMatchObject({ result: "valid", problems: [] });
      await scene.git("switch", "--quiet", "main");
      await scene.merge();

      scene.at("2026-06-05T00:00:00Z");
      await scene.land(month(3));
      const outcome = await scene.run();
      expect(outcome).toMatchObject({ evidence: { evaluation: { kind: "refresh" } } });
      expect(JSON.stringify(outcome)).toMatch(
        /"auto"\},": ",\{"kind":"data","text":"(?:\d+ % )?(?:gbdt of \d+ leaves|linear)/,
      );
      await scene.git("switch", "--quiet", "--detach", "refit--churn");
      expect(await verify(scene)).toMatchObject({ result: "valid", problems: [] });
      await scene.git("switch", "--quiet", "main");
      await scene.merge();
      const { stdout, exitCode } = await scene.refit("reproduce", ["churn"], { json: true });
      expect([JSON.parse(stdout), exitCode]).toMatchObject([{ result: "same" }, 0]);
    },
  );

  it(
    "trains what the champion is again where that knows the holdout, without another search",
    { timeout: 120_000 },
    async () => {
      const scene = await proposedScene({ spec: { candidates: [{ learner: "auto", tries: 2 }] } });
      await scene.merge();
      const before = await lineageOf(scene, "main");
      scene.at("2026-06-03T00:00:00Z");
      await scene.land({ "models/churn/model.yaml": { ...churnSpec, candidates: [{ learner: "linear", l2: 100 }] } });

      const { evidence } = (await scene.run()) as JudgedOutcome;
      const { kind, procedures, metrics } = evidence!.evaluation;
      expect({ kind, procedures }).toEqual({ kind: "change", procedures: true });
      // The same models on the same rows are what was judged when the champion was proposed.
      const then = JSON.parse(await scene.git("show", `main:${folder}/metrics.json`)) as { holdout: object };
      expect(before.learner.settings.chosen.length).toBeGreaterThan(0);
      expect(Object.fromEntries(metrics.map(({ metric, champion }) => [metric, champion]))).toEqual(then.holdout);
    },
  );
});
