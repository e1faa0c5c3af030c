import { describe, expect, it } from "vitest";
import { allRefs, stateOf } from "./support/refs.ts";
import { churnScene, month, type Scene } from "./support/scene.ts";

const events = async (scene: Scene) =>
  (JSON.parse((await scene.refit("log", ["churn"], { json: true })).stdout) as { events: { kind: string }[] }).events;

/** First model on two months, merged; two days later a third month is there and proposed. */
async function untilSecondProposal(how: "merge" | "squash" | "rebase") {
  const scene = await churnScene();
  const first = await scene.run();
  await scene.merge(how);
  scene.at("2026-06-03T00:00:00Z");
  const quiet = await scene.run();
  await scene.land(month(3));
  const second = await scene.run();
  return { scene, first, quiet, second };
}

describe("from new data to a promotion and back", () => {
  it.each(["merge", "squash", "rebase"] as const)("by %s, then git revert", async (how) => {
    const { scene, first, quiet, second } = await untilSecondProposal(how);
    expect(first).toMatchObject({ decision: "proposed", reasons: [{ kind: "no-champion" }], branch: "refit--churn" });
    expect(quiet).toMatchObject({ decision: "skipped", heldBack: { kind: "unchanged" } });
    expect(second).toMatchObject({ decision: "proposed", reasons: [{ kind: "new-rows", newRows: 300 }] });

    await scene.merge(how);
    scene.at("2026-06-05T00:00:00Z");
    await scene.git("revert", "--no-edit", ...(how === "merge" ? ["-m", "1"] : []), "HEAD");
    await scene.push();
    const kinds = (await events(scene)).map((event) => event.kind);
    expect(kinds).toEqual(["promotion", "promotion", "rollback"]);
    expect((await scene.refit("status")).stdout).toMatch(/churn +live +v1 /);

    scene.at("2026-06-20T00:00:00Z");
    const suppressed = await scene.run();
    expect(suppressed).toMatchObject({ decision: "suppressed", heldBack: { kind: "refused", by: "rolledBack" } });

    await scene.land(month(4));
    const again = await scene.run();
    expect(again).toMatchObject({ decision: "proposed", reasons: [{ kind: "new-rows", newRows: 300 }] });
  });

  it("rolls back by command, and forward again", async () => {
    const { scene } = await untilSecondProposal("squash");
    await scene.merge("squash");
    scene.at("2026-06-05T00:00:00Z");

    await scene.refit("rollback", ["churn"]);
    await scene.merge("squash", "refit-rollback--churn");
    expect((await scene.refit("status")).stdout).toMatch(/churn +live +v1 /);
    await scene.refit("rollback", ["churn"], { to: "v2" });
    await scene.merge("rebase", "refit-rollback--churn");

    expect((await events(scene)).map((event) => event.kind)).toEqual([
      "promotion",
      "promotion",
      "rollback",
      "rollback",
    ]);
    expect((await scene.refit("status")).stdout).toMatch(/churn +live +v2 /);
  });

  it("tags what was promoted, here and on the remote, any number of times", async () => {
    const { scene } = await untilSecondProposal("merge");
    await scene.merge();

    const once = await scene.refit("promote");
    const after = await allRefs(scene.repository);
    const twice = await scene.refit("promote");

    expect(once.stdout).toMatch(/churn@v1 +created\nchurn@v2 +created/);
    expect(twice.stdout).toMatch(/churn@v1 +exists\nchurn@v2 +exists/);
    expect(await allRefs(scene.repository)).toEqual(after);
    expect(after.filter((ref) => ref.startsWith("remote refs/tags/"))).toHaveLength(2);
  });
});

describe("a second run on the same inputs", () => {
  it("changes nothing while the proposal is open, whatever the hour", async () => {
    const scene = await churnScene();
    await scene.run();
    const before = await stateOf(scene.repository);

    const soon = await scene.run();
    scene.at("2026-06-09T00:00:00Z");
    const later = await scene.run();

    expect(soon).toMatchObject({ decision: "skipped", heldBack: { kind: "proposal-open" } });
    expect(later).toMatchObject({ decision: "skipped", heldBack: { kind: "proposal-open" } });
    expect(await stateOf(scene.repository)).toEqual(before);
  });

  it("changes nothing after the merge", async () => {
    const scene = await churnScene();
    await scene.run();
    await scene.merge("squash");
    const before = await stateOf(scene.repository);

    const outcome = await scene.run();

    expect(outcome).toMatchObject({ decision: "skipped", heldBack: { kind: "unchanged" } });
    expect(await stateOf(scene.repository)).toEqual(before);
  });

  it("changes nothing after a gate's refusal", async () => {
    const scene = await churnScene({ spec: { gates: [{ metric: "rocAuc", min: 0.999 }] } });
    const refused = await scene.run();
    const before = await stateOf(scene.repository);
    scene.at("2026-06-09T00:00:00Z");

    const again = await scene.run();

    expect(refused).toMatchObject({ decision: "rejected", because: [{ kind: "gate-failed" }], branch: null });
    expect(again).toMatchObject({ decision: "suppressed", heldBack: { kind: "refused", by: "rejected" } });
    expect(await stateOf(scene.repository)).toEqual(before);
  });

  it("writes nothing at all with --dry-run", async () => {
    const scene = await churnScene();
    const before = await stateOf(scene.repository);

    const outcome = await scene.run({ "dry-run": true });

    expect(outcome).toMatchObject({ decision: "proposed", branch: null, url: null });
    expect(await stateOf(scene.repository)).toEqual(before);
  });
});
