import type { CanaryAnswer } from "@refit/core/answers";
import { describe, expect, it } from "vitest";
import { month } from "../e2e/support/scene.ts";
import { hubScene, writes } from "./support/hub-scene.ts";
import { shownBy } from "./support/hub-world.ts";

/** The first model is live, and the second is a canary. */
async function hubWithCanary(canary: object, options: Parameters<typeof hubScene>[0] = {}) {
  const world = await hubScene({ ...options, spec: { canary } });
  const { hub, scene, run, pull } = world;
  await run();
  await hub.person.approve(1);
  await hub.person.merge(1, "squash");
  await pull();
  scene.at("2026-06-05T00:00:00Z");
  await scene.land(month(3));
  await run();
  return world;
}

describe("a canary on GitHub", () => {
  it("starts, steps and stops by pull requests that say so first, each repeated without a write", async () => {
    const { hub, scene, refit, run, pull, tags } = await hubWithCanary({});
    expect(shownBy(hub).pulls[1]).toMatchObject({
      title: expect.stringMatching(/^refit\(churn\): new model as a canary, 5 % of requests/),
      body: expect.stringMatching(/^[^\n]*\*\*Merging starts it as a canary\*\*: it answers 5 % of the requests/),
    });
    expect(await run()).toMatchObject({ decision: "skipped", heldBack: { kind: "proposal-open" } });
    await refit("promote");
    expect(shownBy(hub).pulls[1]).toMatchObject({ state: "open" });
    await hub.person.merge(2, "rebase");
    await refit("promote");
    await pull();
    expect(await run()).toMatchObject({ heldBack: { kind: "canary-runs", percent: 5 } });

    const step = async (flags: object) => ((await refit("canary", ["churn"], flags)).result as CanaryAnswer).proposed;
    expect(await step({ step: true })).toMatchObject({ percent: 25, operation: "created" });
    const before = writes(hub).length;
    expect(await step({ step: true })).toMatchObject({ percent: 25, operation: "unchanged" });
    expect(writes(hub).slice(before)).toEqual([]);
    expect(shownBy(hub)).toMatchObject({ pulls: [{}, {}, { title: "refit(churn): canary to 25 % of requests" }] });
    expect(shownBy(hub).checks.slice(-2)).toMatchObject([
      { name: "refit / churn", conclusion: "success" },
      { name: "refit", conclusion: "success" },
    ]);
    await hub.person.merge(3, "squash");
    await pull();

    // Another move takes the place of the one before.
    await step({ step: true });
    expect(await step({ stop: true })).toMatchObject({ move: "stop", operation: "updated" });
    expect(shownBy(hub).pulls[3]).toMatchObject({ title: "refit(churn): stop the canary", state: "open" });
    await hub.person.merge(4, "merge");
    await refit("promote");
    expect(await tags()).toEqual(["churn@v1"]);
    scene.at("2026-06-20T00:00:00Z");
    expect(await run()).toMatchObject({ decision: "suppressed", heldBack: { by: "stopped" } });
    expect(hub.unknownRoutes).toEqual([]);
  });

  it("is not proposed to move once it is gone", async () => {
    const { hub, scene, refit, pull } = await hubWithCanary({});
    await hub.person.merge(2, "squash");
    await pull();
    await refit("canary", ["churn"], { step: true });
    await scene.git("rm", "--quiet", "-r", "models/churn/canary", "models/churn/rollout.yaml");
    await scene.land({}, "Stop it by hand");

    await refit("promote");

    expect(shownBy(hub).pulls[2]).toMatchObject({
      state: "closed",
      body: expect.stringContaining("does not have any more"),
    });
  });

  it.each([
    ["review", false],
    ["auto", true],
  ])("with merge: %s lets a stop merge itself: %s, and nothing else", async (merge, isArmed) => {
    const settings = { autoMerge: true, protection: { main: { checks: ["refit"], approvals: 1 } } };
    const { hub, refit, pull } = await hubWithCanary({ merge }, { settings });
    const armed = () => (hub.rows.issues.at(-1)!.pull!.autoMerge ?? null) !== null;
    expect(armed()).toBe(false);
    await hub.person.approve(2);
    await hub.person.merge(2, "squash");
    await pull();

    await refit("canary", ["churn"], { step: true });
    expect(armed()).toBe(false);
    await refit("canary", ["churn"], { stop: true });

    expect(armed()).toBe(isArmed);
  });
});
