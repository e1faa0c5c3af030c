import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { Verification } from "@refit/core/answers";
import type { VersionEvidence } from "@refit/core/report";
import { branch as canaryBranch, moved, startProposed } from "./support/canary.ts";
import { championScene, month, proposedScene, type Scene } from "./support/scene.ts";

const evidenceOf = async (scene: Scene, word: string) =>
  JSON.parse((await scene.refit("evidence", [word], { json: true })).stdout) as VersionEvidence;

async function twoVersions(): Promise<Scene> {
  const scene = await championScene({ spec: { card: { owner: "risk" } } });
  scene.at("2026-06-03T00:00:00Z");
  await scene.land(month(3));
  await scene.run();
  await scene.merge();
  return scene;
}

describe("refit evidence", () => {
  it("tells data with digests, changes since the parent, groups, times and trailers, and what is not known", async () => {
    const scene = await twoVersions();
    scene.at("2026-06-08T00:00:00Z");

    const second = await evidenceOf(scene, "churn@v2");

    const digests = await Promise.all(
      [1, 2, 3].map(async (number) => {
        const [file] = Object.keys(month(number)) as [string];
        return [
          file,
          createHash("sha256")
            .update(await readFile(path.join(scene.root, file)))
            .digest("hex"),
        ];
      }),
    );
    expect(second.data.map(({ path: file, sha256 }) => [file, sha256])).toEqual(digests);
    expect(second.data.map(({ isNew }) => isNew)).toEqual([false, false, true]);
    expect(second).toMatchObject({
      version: 2,
      treeId: await scene.git("rev-parse", "main:models/churn/champion"),
      parent: 1,
      changes: ["data: 600 → 900 rows, 1 new file"],
      live: [{ from: "2026-06-03T00:00:00.000Z", to: null }],
      daysLive: 5,
      verdict: "promote",
      approvals: null,
      unknown: [expect.stringContaining("reviews are on the forge")],
    });
    expect(second.promoted.trailers.map(({ name }) => name)).toContain("Refit-Inputs");
    const report = second.report as unknown as { sections: { id: string }[] };
    expect(report.sections.map(({ id }) => id)).toEqual(expect.arrayContaining(["slices", "gates"]));
    expect((await evidenceOf(scene, "churn@v1")).live).toEqual([
      { from: "2026-06-01T00:00:00.000Z", to: "2026-06-03T00:00:00.000Z" },
    ]);

    await scene.refit("rollback", ["churn"]);
    await scene.merge("squash", "refit-rollback--churn");
    scene.at("2026-06-09T00:00:00Z");
    expect(await evidenceOf(scene, "churn@v1")).toMatchObject({
      live: [{ from: "2026-06-01T00:00:00.000Z" }, { from: "2026-06-08T00:00:00.000Z", to: null }],
      daysLive: 3,
      parent: null,
      changes: [],
    });
  });

  it("is written as one page and as JSON", async () => {
    const scene = await twoVersions();

    await scene.refit("evidence", ["churn"], { output: ".git/pack" });

    const page = await readFile(path.join(scene.root, ".git/pack/evidence.html"), "utf8");
    expect(page).toContain("<h2>Who approved what</h2>");
    expect(page).toContain("<h2>Slices</h2>");
    expect(page).not.toMatch(/<script|https?:\/\//);
    const json = JSON.parse(
      await readFile(path.join(scene.root, ".git/pack/evidence.json"), "utf8"),
    ) as VersionEvidence;
    expect(json.version).toBe(2);
    expect((await scene.refit("evidence", ["churn@v1"])).stdout).toMatch(/^churn v1, tree [0-9a-f]{40}\.\nNot live on/);
  });

  it("says what the ledger cannot tell where it is gone", async () => {
    const scene = await twoVersions();
    await scene.git("update-ref", "-d", "refs/heads/refit-ledger");
    await scene.git("update-ref", "-d", "refs/remotes/origin/refit-ledger");

    expect(await evidenceOf(scene, "churn")).toMatchObject({
      verdict: null,
      report: null,
      unknown: [
        expect.stringContaining("verdict is not known"),
        expect.stringContaining("metrics by group are not known"),
        expect.stringContaining("Who has approved it is not known"),
      ],
    });
  });
});

describe("approvals without a forge", () => {
  it("cannot be known, so the check fails and says so; a rollback needs none", async () => {
    const scene = await proposedScene({ spec: { approvals: { promotion: 1 } } });
    const verify = async (branch: string) => {
      await scene.git("switch", "--quiet", "--detach", branch);
      return (JSON.parse((await scene.refit("verify", ["churn"], { json: true })).stdout) as Verification[])[0]!;
    };

    const found = await verify("refit--churn");

    expect(found).toMatchObject({ result: "failed", approvals: { needed: 1, by: [] } });
    expect(found.problems.join("\n")).toContain("In this clone alone nobody can tell who has approved it");
    await scene.git("switch", "--quiet", "main");
    await scene.merge();
    scene.at("2026-06-03T00:00:00Z");
    await scene.land(month(3));
    await scene.run();
    await scene.merge();
    await scene.refit("rollback", ["churn"]);
    expect(await verify("refit-rollback--churn")).toMatchObject({ result: "rollback" });
    expect(await verify("main")).toMatchObject({ result: "unchanged" });
  });
});

it("the start and the steps of a canary are asked for their own number of approvals, its promotion for that of a promotion, its end for none", async () => {
  const scene = await startProposed({ spec: { approvals: { promotion: 1, canarySteps: 2 } } });
  const verified = async (commit: string) => {
    await scene.git("switch", "--quiet", "--detach", commit);
    const { stdout } = await scene.refit("verify", ["churn"], { json: true });
    await scene.git("switch", "--quiet", "main");
    return (JSON.parse(stdout) as Verification[])[0]!;
  };

  expect((await verified("refit--churn")).approvals).toMatchObject({ needed: 2, by: [] });
  await scene.merge("squash");
  expect(await verified("main")).not.toHaveProperty("approvals");
  await scene.refit("canary", ["churn"], { step: true });
  expect((await verified(canaryBranch)).approvals).toMatchObject({ needed: 2, by: [] });
  await scene.merge("squash", canaryBranch);
  await moved(scene, "step");
  await scene.refit("canary", ["churn"], { promote: true });
  expect((await verified(canaryBranch)).approvals).toMatchObject({ needed: 1, by: [] });
  await scene.refit("canary", ["churn"], { stop: true });
  expect(await verified(canaryBranch)).not.toHaveProperty("approvals");
});
