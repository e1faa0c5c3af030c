import { describe, expect, it } from "vitest";
import { program, programCandidate } from "./support/program.ts";
import { churnScene, month, proposedScene, type Scene } from "./support/scene.ts";
import { folder, verify } from "./support/verify.ts";

const files = async (scene: Scene) => {
  const list = await scene.git("ls-tree", "-r", "--name-only", "refit--churn", `${folder}/artifact/`);
  return list.split("\n").map((file) => file.slice(`${folder}/artifact/`.length));
};

describe("a candidate that is calibrated", () => {
  it("is judged by its calibrated answers, verified, made better by newer data, and reproduced", async () => {
    const scene = await proposedScene({ spec: { candidates: [{ learner: "gbdt", calibration: "platt" }] } });

    expect(await files(scene)).toEqual(["calibration.json", "model.json"]);
    const lineage = JSON.parse(await scene.git("show", `refit--churn:${folder}/lineage.json`)) as object;
    expect(lineage).toMatchObject({ learner: { name: "gbdt", settings: { calibration: "platt" } } });
    await scene.git("switch", "--quiet", "--detach", "refit--churn");
    expect(await verify(scene)).toMatchObject({ result: "valid", problems: [] });
    await scene.git("switch", "--quiet", "main");
    await scene.merge();

    scene.at("2026-06-05T00:00:00Z");
    await scene.land(month(3));
    const outcome = await scene.run();
    expect(outcome).toMatchObject({ decision: "proposed", evidence: { evaluation: { kind: "refresh" } } });
    expect(JSON.stringify(outcome)).toContain(", platt calibration (challenger)");
    await scene.merge();
    const { stdout, exitCode } = await scene.refit("reproduce", ["churn"], { json: true });
    expect([JSON.parse(stdout), exitCode]).toMatchObject([{ result: "same" }, 0]);
  });

  it("may be a program, whose model is taken with its maps where it cannot be made again", async () => {
    const scene = await churnScene({
      spec: { candidates: [{ ...programCandidate, reproducible: false, calibration: "isotonic" }] },
    });
    await scene.land(program);
    await scene.run();

    expect(await files(scene)).toContain("calibration.json");
    await scene.git("switch", "--quiet", "--detach", "refit--churn");
    expect(await verify(scene)).toMatchObject({ result: "valid", problems: [] });
  });

  it("is not of a regression", async () => {
    const scene = await churnScene({
      spec: {
        task: "regression",
        candidates: [{ learner: "gbdt", calibration: "platt" }],
        metrics: { primary: "rmse" },
        gates: [{ metric: "rmse", max: 1 }],
      },
    });

    await expect(scene.run()).rejects.toMatchObject({
      code: "spec-invalid",
      message: expect.stringContaining(
        "candidates[0].calibration: is for probabilities, and a regression has none; remove it",
      ),
    });
  });
});
