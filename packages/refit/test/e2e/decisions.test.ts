import { rm } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { reportText } from "./support/report-text.ts";
import { churnSpec } from "./support/churn.ts";
import { stateOf } from "./support/refs.ts";
import { proposedScene, championScene, churnScene, month, type Scene, type SceneOptions } from "./support/scene.ts";

/** The first model is live since 2026-06-01, and it is two days later. */
async function withChampion(options?: SceneOptions): Promise<Scene> {
  const scene = await championScene(options, "squash");
  scene.at("2026-06-03T00:00:00Z");
  return scene;
}

describe("cool-down", () => {
  it("holds new rows back until it is over", async () => {
    const scene = await withChampion();
    scene.at("2026-06-01T12:00:00Z");
    await scene.land(month(3));

    const early = await scene.run();
    scene.at("2026-06-02T00:00:00Z");
    const due = await scene.run();

    expect(early).toMatchObject({ decision: "skipped", heldBack: { kind: "cooldown" } });
    expect(early).toMatchObject({ heldBack: { until: "2026-06-02T00:00:00.000Z" } });
    expect(due).toMatchObject({ decision: "proposed" });
  });

  it("gives way to a person's reason, which the proposal and the ledger tell", async () => {
    const scene = await withChampion();
    scene.at("2026-06-01T12:00:00Z");
    await scene.land(month(3));

    const outcome = await scene.run({ force: "the board meets today" });

    expect(outcome).toMatchObject({ decision: "proposed" });
    expect(outcome).toMatchObject({ reasons: [{ kind: "forced" }, { kind: "new-rows" }] });
    expect(reportText(outcome)).toContain("the board meets today");
    expect(await scene.git("show", "refit-ledger:models/churn.jsonl")).toContain('"kind":"forced"');
  });

  it("does not let force train the same inputs twice", async () => {
    const scene = await withChampion();

    expect(await scene.run({ force: "again" })).toMatchObject({
      decision: "skipped",
      heldBack: { kind: "unchanged" },
    });
  });
});

describe("a run that was cut short", () => {
  it.each<[why: string, cut: (scene: Scene) => Promise<unknown>]>([
    [
      "before its branch was there",
      async (scene) => {
        await scene.git("branch", "-D", "refit--churn");
        await scene.git("push", "--quiet", "origin", ":refit--churn");
      },
    ],
    ["before its page was there", async () => {}],
  ])("%s: status says that the next run goes on, which it does", async (_why, cut) => {
    const scene = await churnScene();
    await scene.run();
    await rm(path.join(scene.root, ".git/refit/proposals"), { recursive: true });
    await cut(scene);

    const told = await scene.refit("status");
    const again = await scene.run();
    const then = await scene.refit("status");

    expect(told.stdout).toContain("next retrain: now, because a run was cut short before its proposal was shown");
    expect(again).toMatchObject({ decision: "proposed" });
    expect(then.stdout).toMatch(/proposal open/);
    expect(then.stdout).not.toContain("cut short");
  });
});

describe("a declined proposal", () => {
  it("is not made again for the same inputs, only for others", async () => {
    const scene = await withChampion();
    await scene.land(month(3));
    await scene.run();

    const told = await scene.refit("reject", ["churn"], { reason: "not before the audit" });
    scene.at("2026-06-09T00:00:00Z");
    const same = await scene.run();
    await scene.land(month(4));
    const other = await scene.run();

    expect(told.stdout).toContain("declined");
    expect(same).toMatchObject({ decision: "suppressed", heldBack: { kind: "refused", by: "declined" } });
    expect(other).toMatchObject({ decision: "proposed" });
  });

  it("leaves no branch behind, here or on the remote", async () => {
    const scene = await proposedScene();

    await scene.refit("reject", ["churn"]);

    const { refs } = await stateOf(scene.repository);
    expect(refs.filter((ref) => ref.includes("refit--churn"))).toEqual([]);
  });

  it("may be forced", async () => {
    const scene = await proposedScene();
    await scene.refit("reject", ["churn"]);

    expect(await scene.run({ force: "we talked about it" })).toMatchObject({ decision: "proposed" });
  });
});

describe("a model that failed the bar", () => {
  const gate = (min: number) => [{ metric: "rocAuc", min }];
  const withGates = (gates: object[]) => ({ "models/churn/model.yaml": { ...churnSpec, gates } });

  async function rejected(): Promise<Scene> {
    const scene = await churnScene({ spec: { gates: gate(0.999) } });
    expect(await scene.run()).toMatchObject({ decision: "rejected" });
    scene.at("2026-06-03T00:00:00Z");
    return scene;
  }

  it("is judged again, of the same inputs, once a person has lowered it", async () => {
    const scene = await rejected();
    await scene.land(withGates(gate(0.6)));

    const outcome = await scene.run();

    expect(outcome).toMatchObject({ decision: "proposed", reasons: [{ kind: "policy" }] });
    expect(reportText(outcome)).toContain("the gates, guardrails");
    expect(outcome).toHaveProperty("evidence.evaluation.look", 1);
    expect(await scene.run()).toMatchObject({ heldBack: { kind: "proposal-open" } });
  });

  it("is not judged again and again when it fails the other bar as well, nor for what is no part of the bar", async () => {
    const scene = await rejected();
    await scene.land({ "models/churn/model.yaml": { ...churnSpec, gates: gate(0.999), merge: "auto" } });
    const other = await scene.run();
    await scene.land(withGates(gate(0.998)));
    const again = await scene.run();
    scene.at("2026-06-09T00:00:00Z");

    expect(other).toMatchObject({ decision: "suppressed", heldBack: { kind: "refused", by: "rejected" } });
    expect(again).toMatchObject({ decision: "rejected", reasons: [{ kind: "policy" }] });
    expect(await scene.run()).toMatchObject({ decision: "suppressed", heldBack: { by: "rejected" } });
    expect((await scene.git("show", "refit-ledger:models/churn.jsonl")).match(/"kind":"look"/g)).toHaveLength(2);
  });
});

describe("an open proposal", () => {
  it("is replaced by newer data after the cool-down", async () => {
    const scene = await withChampion();
    await scene.land(month(3));
    await scene.run();
    const before = await scene.git("rev-parse", "refit--churn");
    await scene.land(month(4));

    const early = await scene.run();
    scene.at("2026-06-05T00:00:00Z");
    const due = await scene.run();

    expect(early).toMatchObject({ decision: "skipped", heldBack: { kind: "cooldown" } });
    expect(due).toMatchObject({ decision: "updated" });
    expect(await scene.git("rev-parse", "refit--churn")).not.toBe(before);
    expect(await scene.git("rev-parse", "origin/refit--churn")).toBe(await scene.git("rev-parse", "refit--churn"));
  });

  it("is left alone when a person committed to it", async () => {
    const scene = await withChampion();
    await scene.land(month(3));
    await scene.run();
    await scene.git("switch", "--quiet", "refit--churn");
    await scene.write("notes.md", "I looked at this.\n");
    await scene.git("add", "notes.md");
    await scene.git("commit", "--quiet", "--message", "Notes");
    await scene.git("push", "--quiet", "origin", "refit--churn");
    await scene.git("switch", "--quiet", "main");
    await scene.land(month(4));
    scene.at("2026-06-09T00:00:00Z");
    const before = await stateOf(scene.repository);

    const outcome = await scene.run();

    expect(outcome).toMatchObject({ decision: "skipped", heldBack: { kind: "held-by-person" } });
    expect((await stateOf(scene.repository)).refs).toEqual(before.refs);
  });

  it("is judged again when the champion moved", async () => {
    const scene = await withChampion();
    await scene.land(month(3));
    await scene.run();
    await scene.merge("squash");
    scene.at("2026-06-05T00:00:00Z");
    await scene.land(month(4));
    await scene.run();
    await scene.git("revert", "--no-edit", "HEAD~1");
    await scene.push();

    const outcome = await scene.run();

    const live = await scene.git("rev-parse", "main:models/churn/champion");
    const lineage = await scene.git("show", "refit--churn:models/churn/champion/lineage.json");
    expect(outcome).toMatchObject({
      decision: "updated",
      reasons: expect.arrayContaining([{ kind: "champion-moved" }]),
    });
    expect(JSON.parse(lineage)).toMatchObject({ parent: live });
  });

  it.each(["here", "on the remote", "everywhere"])("is made again when its branch is lost %s", async (where) => {
    const scene = await churnScene();
    const proposed = await scene.run();
    const before = await stateOf(scene.repository);
    if (where !== "on the remote") await scene.git("branch", "--quiet", "-D", "refit--churn");
    if (where !== "here") await scene.git("push", "--quiet", "origin", ":refit--churn");

    const outcome = await scene.run();

    if (where !== "here") expect(outcome).toMatchObject({ decision: expect.stringMatching(/proposed|updated/) });
    const after = await stateOf(scene.repository);
    const onRemote = (refs: string[]) => refs.filter((ref) => ref.startsWith("remote "));
    expect(onRemote(after.refs)).toEqual(onRemote(before.refs));
    expect(after.pages).toEqual(before.pages);
    expect(proposed).toMatchObject({ decision: "proposed" });
  });
});

describe("a lost ledger", () => {
  async function lose(scene: Scene): Promise<void> {
    await scene.git("branch", "--quiet", "-D", "refit-ledger");
    await scene.git("push", "--quiet", "origin", ":refit-ledger");
    await scene.git("fetch", "--quiet", "--prune");
    await rm(path.join(scene.root, ".git/refit"), { recursive: true });
  }

  it("counts looks from the versions in history, and the report says so", async () => {
    const scene = await withChampion();
    await scene.land(month(3));
    await scene.run();
    await scene.merge("squash");
    await lose(scene);
    scene.at("2026-06-06T00:00:00Z");
    await scene.land(month(4));

    const outcome = await scene.run();

    expect(outcome).toMatchObject({ decision: "proposed" });
    expect(reportText(outcome)).toContain("ledger branch is missing");
    expect(reportText(outcome)).toContain("This is comparison 3 on these rows (look 3)");
  });

  it("counts the cool-down from the last champion's commit", async () => {
    const scene = await withChampion();
    await lose(scene);
    scene.at("2026-06-01T12:00:00Z");
    await scene.land(month(3));

    expect(await scene.run()).toMatchObject({ decision: "skipped", heldBack: { kind: "cooldown" } });
  });

  it("changes nothing that is live", async () => {
    const scene = await withChampion();
    const before = (await scene.refit("log", ["churn"])).stdout;
    await lose(scene);

    expect((await scene.refit("log", ["churn"])).stdout).toBe(before);
    expect(await scene.run()).toMatchObject({ decision: "skipped", heldBack: { kind: "unchanged" } });
  });
});
