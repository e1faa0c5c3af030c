import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { openScene, proposedScene } from "./support/scene.ts";

describe("a proposal of a model whose model.yaml is gone", () => {
  it("is closed by promote with a sentence, and proposed again once the file is back", async () => {
    const scene = await proposedScene();
    const head = await scene.git("rev-parse", "refit--churn");
    await scene.git("rm", "--quiet", "models/churn/model.yaml");
    await scene.land();

    expect((await scene.refit("promote", [], { "dry-run": true })).notices).toEqual([]);
    const page = () => readFile(path.join(scene.root, ".git/refit/proposals/churn.md"), "utf8");
    expect(await page()).not.toContain("Closed");
    for (const _again of [1, 2]) expect(await scene.refit("promote")).toMatchObject({ exitCode: 0, notices: [] });
    expect((await page()).match(/> Closed: `models\/churn\/model\.yaml` is gone from `main`/g)).toHaveLength(1);
    // Nobody's branch is deleted.
    expect(await scene.git("rev-parse", "refit--churn")).toBe(head);

    await scene.git("revert", "--no-edit", "HEAD");
    await scene.push();
    scene.at("2026-06-03T00:00:00Z");
    expect(await scene.run()).toMatchObject({ decision: "proposed" });
    expect(await page()).not.toContain("Closed");
  });

  it("is left alone with a person's commit, and named; a rollback is left alone, too", async () => {
    const scene = await proposedScene();
    await scene.git("switch", "--quiet", "refit--churn");
    await scene.write("models/churn/champion/README.md", "mine");
    await scene.git("commit", "--quiet", "--all", "--message", "Mine");
    await scene.git("push", "--quiet", "origin", "refit--churn");
    await scene.git("push", "--quiet", "origin", "main:refit-rollback--churn");
    await scene.git("switch", "--quiet", "main");
    await scene.git("rm", "--quiet", "models/churn/model.yaml");
    await scene.land();

    const other = await openScene(await scene.repository.clone(), { from: scene.now() });
    for (const _again of [1, 2]) {
      const { notices } = await other.refit("promote");
      expect(notices).toEqual([
        expect.stringMatching(
          /^`models\/churn\/model\.yaml` is gone from `main`, and the proposal of churn is approved or has a commit that is not refit's, so it was left open: /,
        ),
      ]);
    }
  });
});
