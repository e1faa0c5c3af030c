import { describe, expect, it } from "vitest";
import type { RunResult } from "../../src/products/outcome.ts";
import { churnCsv, churnManifest, churnSpec } from "../e2e/support/churn.ts";
import { month } from "../e2e/support/scene.ts";
import { hubScene } from "./support/hub-scene.ts";
import { shownBy } from "./support/hub-world.ts";

const branch = "refit-group--shop";
const alone = { ...churnSpec, candidates: [{ learner: "linear" }], merge: "auto" };
const inGroup = { ...alone, proposalGroup: "shop" };
const upside = (number: number) => ({
  [`data/upside/${number}.csv`]: churnCsv({ rows: 300, from: `2026-0${number}-01`, seed: number + 20 }),
});

/** Two models of different data, where GitHub may merge what is checked. */
async function shop() {
  const settings = { autoMerge: true, protection: { main: { checks: ["refit"] } } };
  const world = await hubScene({ spec: inGroup, settings });
  const { hub, scene, refit } = world;
  await scene.land({
    "models/upside/model.yaml": { ...inGroup, data: "upside" },
    "data-manifests/upside.yaml": { ...churnManifest, sources: [{ path: "data/upside/*.csv" }] },
    ...upside(1),
    ...upside(2),
  });
  /** What becomes of each: its decision, and why it is held back. */
  async function run(): Promise<readonly string[]> {
    const { result } = await refit("run");
    return (result as RunResult[]).map((each) =>
      [each.model, each.decision, ...("heldBack" in each ? [each.heldBack.kind] : [])].join(" "),
    );
  }
  async function rows(model: string): Promise<readonly string[]> {
    const lines = await scene.git("-C", hub.bareRepository, "show", `refit-ledger:models/${model}.jsonl`);
    return lines.split("\n").flatMap((line) => (line === "" ? [] : [(JSON.parse(line) as { kind: string }).kind]));
  }
  /** Pull requests with new versions, oldest first: the data may also speak for an older version of one. */
  const pulls = () =>
    hub.rows.issues.flatMap(({ number, state, body, pull }) => {
      if (pull === null || pull.headRef.startsWith("refit-rollback")) return [];
      const { draft, headRef, autoMerge, mergedAt } = pull;
      return [{ number, state, body, draft, headRef, isArmed: autoMerge !== null, isMerged: mergedAt !== null }];
    });
  const newest = () => pulls().at(-1)!;
  return { ...world, run, rows, pulls, newest };
}

type Shop = Awaited<ReturnType<typeof shop>>;

describe("a proposal group on GitHub", { timeout: 300_000 }, () => {
  it("is declined for all that its pull request brings, and for no other", async () => {
    const world = await shop();
    const { hub, scene, refit, pull, run, rows, newest } = world;
    expect(await run()).toEqual(["churn proposed", "upside proposed"]);
    await hub.person.close(1);
    scene.at("2026-06-20T00:00:00Z");

    for (const _again of [1, 2]) {
      expect(await run()).toEqual(["churn suppressed refused", "upside suppressed refused"]);
      for (const model of ["churn", "upside"]) expect(await rows(model)).toEqual(["look", "proposed", "declined"]);
    }
    expect(newest().number).toBe(1);

    // With new rows of one it is another combination.
    scene.at("2026-06-22T00:00:00Z");
    await scene.land(month(3));
    expect(await run()).toEqual(["churn proposed", "upside proposed"]);
    expect(newest()).toMatchObject({ state: "open", isArmed: false });
    await hub.person.merge(newest().number);
    expect(await refit("promote")).toMatchObject({ exitCode: 0 });
    await pull();

    await oneIsRolledBack(world);
    await onlyOneIsProposed(world);
    await membersLeaveAndJoin(world);
  });
});

/** The first proposal since waits for a person; before, GitHub merged it. */
async function oneIsRolledBack({ scene, refit, pull, run, newest }: Shop): Promise<void> {
  scene.at("2026-06-24T00:00:00Z");
  await scene.land(month(4));
  expect(await run()).toEqual(["churn proposed", "upside skipped unchanged"]);
  expect(newest()).toMatchObject({ isMerged: true });
  await pull();
  await scene.git("revert", "--no-edit", "-m", "1", "HEAD");
  await scene.push();
  await refit("promote");

  scene.at("2026-06-26T00:00:00Z");
  expect(await run()).toEqual(["churn suppressed refused", "upside skipped unchanged"]);
  await scene.land(month(5));
  expect(await run()).toEqual(["churn proposed", "upside skipped unchanged"]);
  expect(newest()).toMatchObject({ state: "open", isArmed: false });
}

/** While it has news of one, the other is not in it. What leaves one undecided (groups that are too small) makes a draft of both. */
async function onlyOneIsProposed({ hub, scene, pull, run, rows, newest }: Shop): Promise<void> {
  scene.at("2026-06-28T00:00:00Z");
  await scene.land(upside(3));
  expect(await run()).toEqual(["churn updated", "upside proposed"]);
  expect(newest()).toMatchObject({ state: "open", draft: false, isArmed: false });
  await hub.person.merge(newest().number);
  await pull();

  scene.at("2026-07-05T00:00:00Z");
  await scene.land({
    ...month(6),
    "models/churn/model.yaml": { ...inGroup, fairness: [{ group: "customer" }] },
  });
  expect(await run()).toEqual(["churn inconclusive", "upside skipped unchanged"]);
  const before = await rows("upside");
  await hub.person.close(newest().number);
  scene.at("2026-07-07T00:00:00Z");
  expect(await run()).toEqual(["churn suppressed refused", "upside skipped unchanged"]);
  expect((await rows("churn")).at(-1)).toBe("declined");

  // One that a person has declined comes along with another, to whose own proposals nobody has said no.
  await scene.land(upside(4));
  expect(await run()).toEqual(["churn inconclusive", "upside proposed"]);
  expect(await rows("upside")).toEqual([...before, "look", "proposed"]);
  expect(newest()).toMatchObject({ state: "open", draft: true, isArmed: false });
  const checks = shownBy(hub).checks.slice(-3);
  expect(checks.map(({ name, conclusion }) => `${name}: ${conclusion}`)).toEqual([
    "refit / churn: neutral",
    "refit / upside: success",
    "refit: neutral",
  ]);
}

async function membersLeaveAndJoin({ scene, refit, run, pulls, newest }: Shop): Promise<void> {
  const openBranches = () => pulls().flatMap(({ state, headRef }) => (state === "open" ? [headRef] : []));
  const changed = "The models of the group shop have changed since this was proposed.";
  scene.at("2026-07-08T00:00:00Z");
  await scene.land({ "models/upside/model.yaml": { ...alone, merge: "review", data: "upside" } });
  await refit("promote");
  expect(openBranches()).toEqual([]);
  expect(newest().body).toContain(changed);

  scene.at("2026-08-05T00:00:00Z");
  await scene.land(month(7));
  expect(await run()).toEqual(["churn inconclusive", "upside proposed"]);
  expect(openBranches()).toEqual([branch, "refit--upside"]);
  expect(newest().body).not.toContain(changed);

  // What the group proposes without the one that joins is closed, too: they move together from now on.
  await scene.land({ "models/upside/model.yaml": { ...inGroup, data: "upside" } });
  await refit("promote");
  expect(openBranches()).toEqual([]);
  expect(
    pulls()
      .slice(-2)
      .map(({ body }) => body),
  ).toEqual([
    expect.stringContaining(changed),
    expect.stringContaining(`It is proposed with the group shop from now on, on \`${branch}\`.`),
  ]);
  scene.at("2026-08-07T00:00:00Z");
  expect(await run()).toEqual(["churn inconclusive", "upside proposed"]);
  expect(openBranches()).toEqual([branch]);

  await scene.git("rm", "--quiet", "-r", "models/upside");
  await scene.land();
  await refit("promote");
  expect(openBranches()).toEqual([]);
  expect(newest().body).toContain(changed);
}
