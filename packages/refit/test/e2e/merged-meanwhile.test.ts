import { chmod, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { churnSpec } from "./support/churn.ts";
import { refitProcess } from "./support/cli.ts";
import { championScene, month, type Scene } from "./support/scene.ts";
import { verify } from "./support/verify.ts";

/** The model `churn` is live and has an open proposal; `again`, of the same data, has no version yet, and both are due. */
async function twoAreDue(): Promise<Scene> {
  const scene = await championScene();
  scene.at("2026-06-10T00:00:00Z");
  await scene.land(month(3));
  await scene.run();
  scene.at("2026-06-20T00:00:00Z");
  await scene.land({
    ...month(4),
    "models/again/model.yaml": { ...churnSpec, candidates: [{ learner: "linear" }], seed: 8 },
  });
  return scene;
}

/** Merges `refit--churn` on the remote at the very moment when a branch is pushed there. @returns the merge. */
async function mergedWhenPushed({ root, git, repository }: Scene, branch: string): Promise<string> {
  const tree = await git("merge-tree", "--write-tree", "main", "refit--churn");
  const merge = await git("commit-tree", tree, "-p", "main", "-p", "refit--churn", "-m", "Merge refit--churn");
  await git("push", "--quiet", "origin", `${merge}:refs/waiting/merge`);
  const hook = path.join(path.resolve(root, repository.remote!), "hooks/post-receive");
  const script = `#!/bin/sh\nif grep -q refs/heads/${branch}; then git update-ref refs/heads/main ${merge}; fi\n`;
  await writeFile(hook, script);
  await chmod(hook, 0o755);
  return merge;
}

/** What the version on a branch of the remote was judged against. */
async function parentOn({ git }: Scene, branch: string): Promise<unknown> {
  await git("fetch", "--quiet", "origin");
  const lineage = await git("show", `origin/${branch}:models/churn/champion/lineage.json`);
  return (JSON.parse(lineage) as { parent: unknown }).parent;
}

describe("a merge that lands in the middle of a run of all models", { timeout: 300_000 }, () => {
  it.each([
    ["where one model follows the other", "1"],
    ["where each has a process", "2"],
  ])(
    "%s, stays as it is; what was judged without it is stale, and the next run judges it anew",
    async (_how, count) => {
      const scene = await twoAreDue();
      const championOf = (commit: string) => scene.git("rev-parse", `${commit}:models/churn/champion`);
      const before = await championOf("main");
      const merge = await mergedWhenPushed(scene, "refit--again");
      const run = async () => {
        const words = ["run", "--all", "--parallel", count, "--push", "--json", "--now", scene.now()];
        const { exitCode, stdout } = await refitProcess(scene.repository, words);
        const outcomes = JSON.parse(stdout) as { readonly model: string; readonly decision: string }[];
        return { exitCode, decisions: outcomes.map(({ model, decision }) => `${model} ${decision}`) };
      };

      expect(await run()).toEqual({ exitCode: 0, decisions: ["again proposed", "churn updated"] });
      expect(await parentOn(scene, "refit--churn")).toBe(before);
      expect(await scene.git("rev-parse", "origin/main")).toBe(merge);
      await scene.git("merge", "--quiet", "--ff-only", "origin/main");
      await scene.git("switch", "--quiet", "--detach", "origin/refit--churn");
      expect(await verify(scene, "churn")).toMatchObject({
        result: "failed",
        title: "Compared with another champion",
        problems: [expect.stringContaining(`compared with ${before}`)],
      });
      await scene.git("switch", "--quiet", "main");

      expect(await run()).toEqual({ exitCode: 0, decisions: ["again skipped", "churn updated"] });
      expect(await parentOn(scene, "refit--churn")).toBe(await championOf(merge));
      expect(await scene.git("rev-parse", "origin/main")).toBe(merge);
    },
  );
});
