import { describe, expect, it } from "vitest";
import { churnSpec } from "../e2e/support/churn.ts";
import { month } from "../e2e/support/scene.ts";
import { hubScene, writes } from "./support/hub-scene.ts";
import { shownBy } from "./support/hub-world.ts";

describe("promote on GitHub", () => {
  it("publish what the policy asks for, once", async () => {
    const { hub, refit, run } = await hubScene({ spec: { publish: ["release", "deployment"] } });
    await run();
    await hub.person.merge(1);

    await refit("promote");
    const before = writes(hub).length;
    await refit("promote");

    expect(
      hub.rows.releases.map(({ tag, draft, assets }) => ({ tag, draft, names: assets.map((a) => a.name) })),
    ).toEqual([{ tag: "churn@v1", draft: false, names: expect.arrayContaining(["lineage.json", "README.md"]) }]);
    expect(hub.rows.deployments).toMatchObject([{ environment: "refit/churn", statuses: [{ state: "success" }] }]);
    expect(
      writes(hub)
        .slice(before)
        .filter(({ path: at }) => !at.includes("git-receive-pack")),
    ).toEqual([]);
  });

  it("are promoted after the merge queue, and after a merge by itself, which starts no workflow", async () => {
    const settings = { autoMerge: true, protection: { main: { checks: ["refit / churn"] } } };
    const { hub, scene, refit, run, tags, pull } = await hubScene({ spec: { merge: "auto" }, settings });
    await run();
    await hub.person.queue(1);
    expect((await refit("promote")).result).toMatchObject([{ tag: "churn@v1", result: "created" }]);

    await pull();
    scene.at("2026-06-05T00:00:00Z");
    await scene.land(month(3));
    expect(await run()).toMatchObject({ decision: "proposed" });
    const merged = hub.rows.issues.at(-1)!.pull!;
    expect(merged).toMatchObject({ mergedBy: { login: "github-actions[bot]" } });

    expect((await refit("promote")).result).toMatchObject([
      { result: "exists" },
      { tag: "churn@v2", result: "created" },
    ]);
    expect((await refit("promote")).result).toMatchObject([{ result: "exists" }, { result: "exists" }]);
    expect(await tags()).toEqual(["churn@v1", "churn@v2"]);
    expect(hub.unknownRoutes).toEqual([]);
  });

  it("rest for the cool-down after a revert by hand, also when there are new data", async () => {
    const { hub, scene, refit, run, pull, ledger } = await hubScene({ spec: { publish: ["deployment"] } });
    await run();
    await hub.person.merge(1);
    await pull();
    scene.at("2026-06-05T00:00:00Z");
    await scene.land(month(3));
    await run();
    await hub.person.merge(2, "squash");
    await refit("promote");
    await pull();
    scene.at("2026-06-20T00:00:00Z");
    await scene.git("revert", "--no-edit", "HEAD");
    await scene.push();
    expect((await refit("promote")).result).toContainEqual(
      expect.objectContaining({ tag: "churn@v1", result: "restored" }),
    );
    expect(hub.rows.deployments.map(({ description }) => description)).toEqual(["churn v2", "churn v1"]);
    await scene.land(month(4));

    scene.at("2026-06-20T23:00:00Z");
    expect(await run()).toMatchObject({ decision: "skipped", heldBack: { kind: "cooldown" } });
    scene.at("2026-06-21T01:00:00Z");
    expect(await run()).toMatchObject({ decision: "proposed" });
    expect(await ledger()).toEqual(["look", "proposed", "look", "proposed", "rolledBack", "look", "proposed"]);
  });

  it("make the tags that GTO reads where the policy asks for them, once", async () => {
    const { hub, scene, refit, run, tags, pull } = await hubScene({ spec: { tags: "gto" } });
    await run();
    await hub.person.merge(1);
    await refit("promote");
    await pull();
    scene.at("2026-06-05T00:00:00Z");
    await scene.land(month(3));
    await run();
    await hub.person.merge(2);
    await refit("promote");
    await hub.person.merge(await hub.person.revert(2));

    await refit("promote");
    const before = writes(hub).length;
    const { result } = await refit("promote");

    const of = async (tag: string) => scene.git("-C", hub.bareRepository, "rev-parse", `${tag}^{commit}`);
    expect(await tags()).toEqual(
      ["churn#prod#1", "churn#prod#2", "churn#prod#3", "churn@v1", "churn@v1.0.0", "churn@v2", "churn@v2.0.0"].sort(),
    );
    expect(await of("churn#prod#3")).toBe(await of("churn@v1.0.0"));
    expect(new Set((result as { result: string }[]).map((each) => each.result))).toEqual(new Set(["exists"]));
    expect(
      writes(hub)
        .slice(before)
        .filter(({ path: at }) => !at.includes("git-receive-pack")),
    ).toEqual([]);
  });

  it("tell of a broken folder loudly until it is right", async () => {
    const { hub, scene, refit, run, pull } = await hubScene();
    await run();
    await hub.person.merge(1);
    await pull();
    await scene.land({ "models/churn/champion/metrics.json": "{}\n" });

    expect((await refit("promote")).exitCode).toBe(2);
    expect(shownBy(hub).issues).toMatchObject([{ state: "open", title: "refit(churn): broken champion folder" }]);

    await scene.git("revert", "--no-edit", "HEAD");
    await scene.push();
    expect((await refit("promote")).exitCode).toBe(0);
    expect(shownBy(hub).issues).toMatchObject([{ state: "closed" }]);
  });

  it("close what is proposed for a model whose model.yaml is gone, once, and leave what a person holds", async () => {
    const { hub, scene, refit, run } = await hubScene();
    await scene.land({ "models/held/model.yaml": { ...churnSpec, seed: 3 } });
    await run();
    expect((await refit("run", ["held"])).result).toMatchObject([{ decision: "proposed" }]);
    await hub.person.approve(2);
    await scene.git("rm", "--quiet", "models/churn/model.yaml", "models/held/model.yaml");
    await scene.land({});

    const first = await refit("promote");
    const before = writes(hub).length;
    const second = await refit("promote");

    const states = () => hub.rows.issues.map(({ number, state }) => `${number} ${state}`);
    expect(states()).toEqual(["1 closed", "2 open"]);
    const said = (number: number) => hub.rows.comments.filter(({ issue }) => issue === number).map(({ body }) => body);
    expect(hub.rows.issues[0]!.body).toContain(
      "> **Closed by refit**: `models/churn/model.yaml` is gone from `main`, so nothing can judge this any more.",
    );
    expect(said(2).join("\n")).toContain("so refit leaves it to you: close it, or bring the file back.");
    const named = expect.stringMatching(
      /^`models\/held\/model\.yaml` is gone from `main`, and the proposal of held is approved .*\/pull\/2\./,
    );
    for (const { exitCode, notices } of [first, second]) expect([exitCode, notices]).toEqual([0, [named]]);
    expect(writes(hub).slice(before)).toEqual([]);

    // Closed by refit is not declined by a person.
    await scene.git("revert", "--no-edit", "HEAD");
    await scene.push();
    scene.at("2026-06-03T00:00:00Z");
    expect(await run()).toMatchObject({ decision: "proposed" });
    expect(states()).toEqual(["1 closed", "2 open", "3 open"]);
  });
});
