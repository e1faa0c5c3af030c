import { readFile } from "node:fs/promises";
import type { CanaryAnswer } from "@refit/core/answers";
import { describe, expect, it } from "vitest";
import { branch, canaryRuns, liveState, moved, rollout, startProposed } from "./support/canary.ts";
import { championScene, month, type Scene } from "./support/scene.ts";
import { verify } from "./support/verify.ts";

const tree = (scene: Scene, object: string) => scene.git("rev-parse", object);

async function shown(scene: Scene): Promise<CanaryAnswer> {
  return JSON.parse((await scene.refit("canary", ["churn"], { json: true })).stdout) as CanaryAnswer;
}

/** `refit verify` of a commit on a branch of its own. */
async function verifyAt(scene: Scene, commit: string) {
  await scene.git("switch", "--quiet", "--detach", commit);
  const verification = await verify(scene);
  await scene.git("switch", "--quiet", "main");
  return verification;
}

/** A commit that takes the newest one on main back, as the Revert button makes it. */
async function revert(scene: Scene, how: "merge" | "squash" | "rebase" = "squash"): Promise<string> {
  await scene.git("switch", "--quiet", "--create", "back");
  await scene.git("revert", "--no-edit", ...(how === "merge" ? ["-m", "1"] : []), "HEAD");
  const commit = await tree(scene, "HEAD");
  await scene.git("switch", "--quiet", "main");
  return commit;
}

/** Merges it. */
async function land(scene: Scene, commit: string): Promise<void> {
  await scene.git("merge", "--quiet", "--ff-only", commit);
  await scene.git("branch", "--quiet", "-D", "back");
  await scene.push();
}

const log = async (scene: Scene) =>
  JSON.parse((await scene.refit("log", ["churn"], { json: true })).stdout) as {
    events: { kind: string; number: number }[];
    canary: { percent: number } | null;
  };
const events = async (scene: Scene) => (await log(scene)).events.map(({ kind, number }) => `${kind} ${number}`);

describe("a proposal that starts as a canary", () => {
  it("has the bytes of one that does not, beside the champion, and says so first", async () => {
    const scene = await startProposed();
    const plain = await championScene({}, "squash");
    plain.at("2026-06-05T00:00:00Z");
    await plain.land(month(3));
    await plain.run();

    const changed = (await scene.git("diff", "--name-only", "main", "refit--churn")).split("\n");
    expect(changed.every((path) => path === rollout || path.startsWith("models/churn/canary/"))).toBe(true);
    expect(await tree(scene, "refit--churn:models/churn/canary")).toBe(
      await tree(plain, "refit--churn:models/churn/champion"),
    );
    expect(await scene.git("show", `refit--churn:${rollout}`)).toBe(
      "percent: 5\nsteps: [5, 25, 50]\nminLabels: 200\nmaxDays: 28\nmargin: 0.01\noutcome: independent\nloss: brier",
    );
    expect(await scene.git("log", "-1", "--format=%s", "refit--churn")).toMatch(
      /new model as a canary, 5 % of requests/,
    );
    const status = JSON.parse((await scene.refit("status", [], { json: true })).stdout) as { proposal: string }[];
    const page = await readFile(status[0]!.proposal, "utf8");
    expect(page.split("\n").slice(0, 8).join("\n")).toMatch(
      /\*\*Merging starts it as a canary\*\*: it answers 5 % of the requests; v1 stays the champion\./,
    );
    expect(await verifyAt(scene, "refit--churn")).toMatchObject({
      result: "valid",
      title: expect.stringMatching(/all \d+ files are equal; a canary that starts at 5 %/),
      exitCode: 0,
    });
    expect(await scene.run()).toMatchObject({ decision: "skipped", heldBack: { kind: "proposal-open" } });
  });

  it("is declined like any other", async () => {
    const scene = await startProposed();

    await scene.refit("reject", ["churn"]);
    scene.at("2026-06-15T00:00:00Z");

    expect(await scene.run()).toMatchObject({ decision: "suppressed", heldBack: { kind: "refused", by: "declined" } });
  });

  it("fixes the scale of a regression from the comparison", async () => {
    const spec = {
      task: "regression",
      target: "complaints",
      metrics: { primary: "mae", also: ["rmse"] },
      gates: [{ metric: "mae", max: 5 }],
      slices: [],
      margin: undefined,
    };
    const scene = await startProposed({ spec });
    const text = await scene.git("show", `refit--churn:${rollout}`);
    const scale = Number(/^scale: (.*)$/m.exec(text)![1]);

    expect(text).toContain("loss: absolute\n");
    expect(scale).toBeGreaterThan(0.5);
    expect(scale).toBeLessThan(5);
    expect(await verifyAt(scene, "refit--churn")).toMatchObject({ result: "valid", problems: [] });
    await scene.git("switch", "--quiet", "refit--churn");
    await scene.write(rollout, `${text.replace(/^scale: .*$/m, "scale: 100")}\n`);
    await scene.git("commit", "--quiet", "--all", "--message", "Milder");
    await scene.git("switch", "--quiet", "main");
    expect((await verifyAt(scene, "refit--churn")).problems).toEqual([
      `\`scale\` in rollout.yaml is 100. Expected: ${scale}, by the comparison.`,
    ]);
  });
});

describe("a canary on the base branch", () => {
  it.each(["merge", "squash", "rebase"] as const)("runs, steps, and becomes the champion by %s", async (how) => {
    const scene = await canaryRuns({}, how);
    const [v1, canary] = (await liveState(scene)).split(" ");
    expect(await liveState(scene)).toBe(`${v1} ${canary} 5`);
    scene.at("2026-06-16T00:00:00Z");
    await scene.land(month(4));
    expect(await scene.run()).toMatchObject({
      decision: "skipped",
      heldBack: { kind: "canary-runs", percent: 5, championMoved: false },
      reasons: [{ kind: "new-rows" }],
    });
    expect((await scene.refit("status")).stdout).toMatch(/live v1, canary 5 %/);
    expect((await scene.refit("promote")).stdout).not.toContain("@v2");
    expect(await shown(scene)).toMatchObject({
      canaries: [{ model: "churn", percent: 5, next: 25, days: 11, maxDays: 28, championMoved: false, problem: null }],
    });

    await scene.refit("canary", ["churn"], { step: true });
    expect(await scene.git("diff", "--numstat", "main", branch)).toBe(`1\t1\t${rollout}`);
    expect(await verifyAt(scene, branch)).toMatchObject({
      result: "valid",
      title: "The canary goes from 5 % to 25 %, its next step",
    });
    const head = await tree(scene, branch);
    const again = JSON.parse(
      (await scene.refit("canary", ["churn"], { step: true, json: true })).stdout,
    ) as CanaryAnswer;
    expect(again.proposed).toMatchObject({ move: "step", percent: 25, operation: "unchanged" });
    expect(await tree(scene, branch)).toBe(head);
    await scene.merge(how, branch);
    expect(await liveState(scene)).toBe(`${v1} ${canary} 25`);
    await expect(scene.refit("canary", ["churn"], { promote: true })).rejects.toThrow(/its last step is 50 %/);
    await moved(scene, "step", how);
    await expect(scene.refit("canary", ["churn"], { step: true })).rejects.toThrow(/at its last step, 50 %/);

    await scene.refit("canary", ["churn"], { promote: true });
    expect(await verifyAt(scene, branch)).toMatchObject({
      result: "valid",
      title: expect.stringMatching(/becomes the champion/),
    });
    await scene.refit("canary", ["churn"], { stop: true });
    expect(await liveState(scene, branch)).toBe(`${v1} - -`);
    await scene.refit("canary", ["churn"], { promote: true });
    await scene.merge(how, branch);
    expect(await liveState(scene)).toBe(`${canary} - -`);
    expect(await events(scene)).toEqual(["promotion 1", "promotion 2"]);
    expect((await scene.refit("promote")).stdout).toMatch(/churn@v2 +created/);
    expect((await scene.refit("canary")).stdout).toBe("No canary runs.");
  });

  it.each(["merge", "squash", "rebase"] as const)("goes back by reverts of what came by %s", async (how) => {
    const scene = await canaryRuns({}, how);
    const [v1, canary] = (await liveState(scene)).split(" ");
    await moved(scene, "step", how);
    const stepBack = await revert(scene, how);
    expect(await verifyAt(scene, stepBack)).toMatchObject({
      result: "valid",
      title: "The canary goes back from 25 % to 5 %",
    });
    await land(scene, stepBack);
    expect(await liveState(scene)).toBe(`${v1} ${canary} 5`);

    await moved(scene, "step", how);
    await moved(scene, "step", how);
    await moved(scene, "promote", how);
    const unpromoted = await revert(scene, how);
    expect(await verifyAt(scene, unpromoted)).toMatchObject({
      result: "rollback",
      title: expect.stringMatching(/a promotion is taken back: its version is the canary again$/),
    });
    await land(scene, unpromoted);
    expect(await liveState(scene)).toBe(`${v1} ${canary} 50`);
    expect(await events(scene)).toEqual(["promotion 1", "promotion 2", "rollback 1"]);
    expect((await log(scene)).canary).toMatchObject({ percent: 50 });

    await moved(scene, "promote", how);
    expect(await liveState(scene)).toBe(`${canary} - -`);
    expect(await events(scene)).toEqual(["promotion 1", "promotion 2", "rollback 1", "rollback 2"]);
  });

  it.each(["merge", "squash", "rebase"] as const)(
    "is stopped by the revert of its start, which came by %s",
    async (how) => {
      const scene = await canaryRuns({}, how);
      const [v1] = (await liveState(scene)).split(" ");
      scene.at("2026-06-07T00:00:00Z");
      const back = await revert(scene, how);

      expect(await verifyAt(scene, back)).toMatchObject({
        result: "valid",
        title: "The canary is stopped, and the champion answers every request",
      });
      await land(scene, back);
      expect(await liveState(scene)).toBe(`${v1} - -`);
      scene.at("2026-06-15T00:00:00Z");
      expect(await scene.run()).toMatchObject({ decision: "suppressed", heldBack: { kind: "refused", by: "stopped" } });
      await scene.land(month(4));
      expect(await scene.run()).toMatchObject({ decision: "proposed", reasons: [{ kind: "new-rows" }] });
    },
  );

  it("is stopped by a command, and the same inputs are not proposed again", async () => {
    const scene = await canaryRuns();
    await moved(scene, "step");
    const dry = await scene.refit("canary", ["churn"], { stop: true, "dry-run": true });
    expect(dry.stdout).toBe(`churn: would propose its stop on ${branch}.`);
    scene.at("2026-06-07T00:00:00Z");

    await scene.refit("canary", ["churn"], { stop: true });
    expect(await verifyAt(scene, branch)).toMatchObject({ result: "valid", problems: [] });
    await scene.merge("squash", branch);

    scene.at("2026-06-15T00:00:00Z");
    expect(await scene.run()).toMatchObject({ decision: "suppressed", heldBack: { kind: "refused", by: "stopped" } });
    await expect(scene.refit("canary", ["churn"], { stop: true })).rejects.toMatchObject({ code: "no-canary" });
    // Bringing it back would raise exposure from none to a quarter.
    const back = await revert(scene);
    expect(await verifyAt(scene, back)).toMatchObject({
      result: "failed",
      problems: ["`percent` in rollout.yaml is 25. Expected: 5, the first step."],
    });
  });

  it("takes the place of another only where a person forces it", async () => {
    const scene = await canaryRuns();
    const before = await liveState(scene);
    scene.at("2026-06-08T00:00:00Z");
    await scene.land(month(4));

    expect(await scene.run({ force: "the data were corrected" })).toMatchObject({ decision: "proposed" });

    expect(await verifyAt(scene, "refit--churn")).toMatchObject({ result: "valid", problems: [] });
    await scene.merge("squash");
    const [was, is] = [before.split(" "), (await liveState(scene)).split(" ")];
    expect(is[0]).toBe(was[0]);
    expect(is[1]).not.toBe(was[1]);
    expect(is[2]).toBe("5");
  });

  it("of a model that has none any more gives way to a new champion", async () => {
    const scene = await canaryRuns();
    const model = JSON.parse(await readFile(`${scene.root}/models/churn/model.yaml`, "utf8")) as object;
    scene.at("2026-06-08T00:00:00Z");
    await scene.land({ ...month(4), "models/churn/model.yaml": { ...model, canary: undefined } });
    expect(await scene.run()).toMatchObject({ decision: "skipped", heldBack: { kind: "canary-runs" } });

    expect(await scene.run({ force: "at once" })).toMatchObject({ decision: "proposed" });

    expect(await verifyAt(scene, "refit--churn")).toMatchObject({
      result: "valid",
      title: expect.stringMatching(/; the canary is stopped/),
    });
    await scene.merge("squash");
    expect((await liveState(scene)).split(" ").slice(1)).toEqual(["-", "-"]);
    expect(await events(scene)).toEqual(["promotion 1", "promotion 2"]);
  });

  it("is proposed to be stopped, once, where the champion moves under it", async () => {
    const scene = await championScene({ spec: {} }, "squash");
    scene.at("2026-06-05T00:00:00Z");
    await scene.land(month(3));
    await scene.run();
    await scene.merge("squash");
    const model = JSON.parse(await readFile(`${scene.root}/models/churn/model.yaml`, "utf8")) as object;
    scene.at("2026-06-10T00:00:00Z");
    await scene.land({ ...month(4), "models/churn/model.yaml": { ...model, canary: {} } });
    await scene.run();
    await scene.merge("squash");
    await scene.refit("rollback", ["churn"], { to: "v1" });
    expect(await verifyAt(scene, "refit-rollback--churn")).toMatchObject({ result: "rollback", exitCode: 0 });
    await scene.merge("squash", "refit-rollback--churn");

    await expect(scene.refit("canary", ["churn"], { step: true })).rejects.toThrow(/compared with another champion/);
    scene.at("2026-06-12T00:00:00Z");
    expect(await scene.run()).toMatchObject({ heldBack: { kind: "canary-runs", championMoved: true } });
    const head = await tree(scene, branch);
    await scene.run();
    expect(await tree(scene, branch)).toBe(head);
    expect((await scene.refit("status", ["churn"])).stdout).toContain(
      "the champion has changed since the canary was compared",
    );
    expect(await verifyAt(scene, branch)).toMatchObject({
      result: "valid",
      title: expect.stringMatching(/is stopped/),
    });
    await scene.merge("squash", branch);
    expect((await liveState(scene)).split(" ").slice(1)).toEqual(["-", "-"]);
  });

  it("needs a person once it is older than maxDays", async () => {
    const scene = await canaryRuns();
    scene.at("2026-07-03T00:00:00Z");
    expect((await scene.refit("status", ["churn"], { "fail-on": "attention" })).exitCode).toBe(0);
    scene.at("2026-07-04T00:00:00Z");

    const { stdout, exitCode } = await scene.refit("status", ["churn"], { "fail-on": "attention" });

    expect(exitCode).toBe(4);
    expect(stdout).toMatch(/attention: a canary has been running for 29 days, longer than `maxDays`\./);
    expect((await scene.refit("doctor")).stdout).toContain("churn: a canary has been running for 29 days");
  });
});
