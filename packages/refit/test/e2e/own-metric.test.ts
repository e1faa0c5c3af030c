import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import type { BacktestResult } from "@refit/core/backtest";
import { churnSpec } from "./support/churn.ts";
import { month, proposedScene } from "./support/scene.ts";
import { edit, folder, verify } from "./support/verify.ts";

/** Who leaves without a call costs five, a call to one who stays costs one. */
const row = "CASE WHEN label AND NOT answer THEN -5 WHEN answer AND NOT label THEN -1 ELSE 0 END";
const metrics = { primary: "profit", also: ["rocAuc"], own: { profit: { row, higherIsBetter: true } } };
const gates = [
  { metric: "profit", min: -2 },
  { metric: "profit", maxRegression: 1, slice: "plan" },
];
const spec = {
  metrics,
  gates,
  candidates: [{ learner: "linear" }],
  retrain: { ...churnSpec.retrain, performanceMargin: 0.01 },
};

interface Numbers {
  readonly profit: number;
}

describe("a model that is judged by profit", () => {
  it("has it in its version, in every slice, in a check by making it again, and in what makes the next run train", async () => {
    const scene = await proposedScene({ spec });
    const stored = async (name: string) =>
      JSON.parse(await scene.git("show", `refit--churn:${folder}/${name}`)) as never;
    const { holdout, slices } = (await stored("metrics.json")) as { holdout: Numbers; slices: Record<string, Numbers> };
    expect(holdout.profit).toBeLessThan(0);
    expect(Object.values(slices).map((slice) => typeof slice.profit)).toEqual(["number", "number", "number"]);
    expect(await stored("evaluation.json")).toMatchObject({
      primary: "profit",
      dummy: { metric: "profit", higherIsBetter: true },
      metrics: [{ metric: "profit", higherIsBetter: true, challenger: holdout.profit }, { metric: "rocAuc" }],
    });

    await scene.git("switch", "--quiet", "--detach", "refit--churn");
    expect(await verify(scene)).toMatchObject({ result: "valid", problems: [] });
    await edit(scene, "metrics.json", (old: { holdout: Numbers }) => ({
      ...old,
      holdout: { ...old.holdout, profit: -0.1 },
    }));
    await scene.git("commit", "--quiet", "--all", "--message", "Better");
    const forged = await verify(scene);
    expect(forged.result).toBe("failed");
    expect(forged.problems[0]).toContain(`holdout.profit is -0.1, made again it is ${holdout.profit}`);

    await scene.git("switch", "--quiet", "main");
    await scene.merge();
    scene.at("2026-07-01T00:00:00Z");
    const [[name, turned]] = Object.entries(month(3)) as [[string, string]];
    // In March those leave who would have stayed.
    const swapped = turned.replace(/,(true|false)$/gm, (_, left) => `,${left === "true" ? "false" : "true"}`);
    await scene.land({ [name]: swapped });
    const outcome = await scene.run();
    const { reasons } = outcome as unknown as { reasons: { kind: string; metric?: string; now?: number }[] };
    const decline = reasons.find(({ kind }) => kind === "performance");
    expect(decline).toMatchObject({ metric: "profit", before: holdout.profit });
    expect(decline!.now).toBeLessThan(holdout.profit - 0.5);

    await scene.land({
      "models/churn/model.yaml": {
        ...churnSpec,
        ...spec,
        metrics: { ...metrics, own: { profit: { row: `${row} - amout`, higherIsBetter: true } } },
      },
    });
    await expect(scene.run({ force: "try" })).rejects.toMatchObject({
      code: "metric-invalid",
      message: expect.stringMatching(
        /^models\/churn\/model\.yaml:\d+:\d+: metrics\.own\.profit\.row: there is no column "amout"; the row has customer, day/,
      ),
    });
  });

  it("is shown by it in a backtest", async () => {
    const scene = await proposedScene({ spec });
    const span = { from: "2026-02-01", to: "2026-02-25", every: "8" };

    const { stdout } = await scene.refit("backtest", ["churn"], { ...span, json: true });
    const { primary, nights } = JSON.parse(stdout) as BacktestResult;
    expect(primary).toBe("profit");
    const measured = nights.flatMap(({ lines }) => Object.values(lines).map((line) => line.metrics?.["profit"]));
    expect(measured.filter((value) => value !== undefined && value < 0).length).toBeGreaterThanOrEqual(6);

    const told = await scene.refit("backtest", ["churn"], span);
    const page = await readFile(/page: (.*)$/m.exec(told.stdout)![1]!, "utf8");
    expect(page).toContain("profit on rows that nobody had learned from");
    expect(page).toMatch(/\| (?:\*\*chosen:\*\* )?`model\.yaml` \| -\d/);
  });
});
