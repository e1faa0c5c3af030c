import { RefitError } from "@refit/core/errors";
import { primaryLimit, secondaryLimit, type Fault, type Hub } from "@refit/testkit";
import { describe, expect, it } from "vitest";
import { month } from "../e2e/support/scene.ts";
import { hubScene } from "./support/hub-scene.ts";
import { shownBy } from "./support/hub-world.ts";

const toApi = /^\/(repos|graphql)/;
const mostRuns = 12;

/**
 * All that a model goes through: proposed, seen again, merged and promoted; data refused and mended; proposed, merged,
 * reverted, and the revert remembered. A command that ends with a foreseen failure is run again, as the next schedule
 * would. What is left of it in the end, without ids.
 */
async function story(arm: (hub: Hub) => void = () => {}) {
  const spec = { publish: ["release", "deployment"], reviewers: ["ada"], tags: "gto" };
  const world = await hubScene({ spec });
  const { hub, scene, pull } = world;
  const env = { GIT_HTTP_LOW_SPEED_TIME: "1" };
  const seen = hub.requests.length;
  arm(hub);

  async function until(name: string, args: readonly string[] = []): Promise<unknown> {
    for (let runs = 1; ; runs++) {
      try {
        return (await world.refit(name, args, {}, { env })).result;
      } catch (error) {
        if (!(error instanceof RefitError) || runs === mostRuns) throw error;
      }
    }
  }
  const run = async () => ((await until("run", ["churn"])) as { decision: string }[])[0]!.decision;

  const decisions = [await run(), await run()];
  await hub.person.merge(1, "squash");
  await until("promote");
  await pull();
  scene.at("2026-06-05T00:00:00Z");
  await scene.land({ "data/churn/bad.csv": "customer,day\nc,2026-03-01\n" });
  decisions.push(await run());
  await scene.repository.remove("data/churn/bad.csv");
  scene.at("2026-06-08T00:00:00Z");
  await scene.land(month(3));
  decisions.push(await run());
  await hub.person.merge(3, "rebase");
  await until("promote");
  await hub.person.merge(await hub.person.revert(3));
  scene.at("2026-07-01T00:00:00Z");
  await until("promote");
  decisions.push(await run());

  const { pulls, comments, checks, issues } = shownBy(hub);
  const left = {
    decisions,
    pulls,
    comments,
    checks,
    issues,
    ledger: await world.ledger(),
    tags: await world.tags(),
    releases: hub.rows.releases.map(({ tag, draft, assets }) => ({ tag, draft, assets: assets.map((a) => a.name) })),
    deployments: hub.rows.deployments.map(({ environment, statuses }) => [environment, statuses.map((s) => s.state)]),
    asked: hub.rows.issues.flatMap((row) => row.pull?.reviewRequests.map(({ name }) => `${row.number} ${name}`) ?? []),
  };
  return { left: withoutIds(left, hub), hub, calls: hub.requests.slice(seen) };
}

function withoutIds(left: object, { url }: Hub): unknown {
  const text = JSON.stringify(left).replaceAll(url, "HUB");
  return JSON.parse(text.replaceAll(/\b[0-9a-f]{40}\b/g, "SHA").replaceAll(/run=\d+\.\d+/g, "run=N")) as unknown;
}

/** A call without its ids: calls of one kind do the same. */
function kindOf({ method, path }: { method: string; path: string }): string {
  const place = path.replace(/\?.*/, "").replaceAll(/\/([0-9a-f]{40}|\d+)(?=\/|$)/g, "/ID");
  return `${method} ${place}`;
}

const patternOf = (kind: string) =>
  new RegExp(
    `^${kind
      .split(" ")[1]!
      .replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")
      .replaceAll("ID", "[0-9a-f]+")}(\\?.*)?$`,
  );

/** One of these meets every third call. */
const troubles: readonly Fault[] = [
  primaryLimit,
  { status: 502, body: { message: "Bad Gateway" } },
  { reset: true },
  secondaryLimit,
  { after: true, status: 500 },
  { hang: true },
  { status: 429, body: { message: "Too Many Requests" } },
];

/** One of these meets every third call of git's, its second tries included. */
const gitTroubles: readonly Fault[] = [
  { status: 429, body: "Too Many Requests" },
  { status: 503, body: "Unavailable" },
  { reset: true },
  { after: true },
  { hang: true },
];

// Each tells a story of ten commands in fresh checkouts.
describe("the whole story ends as if nothing had happened", { timeout: 240_000 }, () => {
  /** Told once, in the first test that asks. */
  let told: ReturnType<typeof story> | null = null;
  const calm = () => (told ??= story());

  it("which is one of everything", async () => {
    expect((await calm()).left).toMatchObject({
      decisions: ["proposed", "skipped", "blocked", "proposed", "suppressed"],
      pulls: [{ state: "closed" }, { state: "closed" }, { state: "closed" }],
      comments: [{ issue: 1 }, { issue: 3 }],
      issues: [{ state: "closed" }],
      ledger: ["look", "proposed", "blocked", "look", "proposed", "rolledBack"],
      tags: ["churn#prod#1", "churn#prod#2", "churn#prod#3", "churn@v1", "churn@v1.0.0", "churn@v2", "churn@v2.0.0"],
      releases: [{ tag: "churn@v1" }, { tag: "churn@v2" }],
      asked: ["1 ada", "3 ada"],
    });
  });

  it.each([0, 1])("when every third call meets trouble, from call %i on", async (first) => {
    const { left, hub } = await story((each) => {
      // A fault that is met hides the request from those behind it, so that each waits for two more than the last.
      for (let i = 0; i < 200; i++) {
        each.fault({ ...troubles[(i + first) % troubles.length]!, path: toApi, skip: 2 * i + first });
      }
    });

    expect(left).toEqual((await calm()).left);
    expect(hub.pendingFaults().length).toBeLessThan(180);
  });

  it.each([0, 1])("when the answer to the call number %i of every kind is lost", async (skip) => {
    const kinds = [...new Set((await calm()).calls.filter(({ path }) => toApi.test(path)).map(kindOf))];
    const { left, hub } = await story((each) => {
      for (const kind of kinds) {
        each.fault({ method: kind.split(" ")[0]!, path: patternOf(kind), skip, after: true });
      }
    });

    expect(left).toEqual((await calm()).left);
    expect(kinds.length).toBeGreaterThan(20);
    const missed = hub.pendingFaults().map(({ method, path }) => `${method} ${path}`);
    if (skip === 0) expect(missed).toEqual([]);
  });

  it("when the answer to every push is lost", async () => {
    const pushes = (await calm()).calls.filter(
      ({ method, path }) => method === "POST" && path.includes("git-receive-pack"),
    );
    const { left, hub } = await story((each) =>
      each.fault({ method: "POST", path: /git-receive-pack/, after: true, times: 100 }),
    );

    expect(left).toEqual((await calm()).left);
    expect(hub.requests.filter(({ path, status }) => path.includes("git-receive-pack") && status === 0).length).toBe(
      pushes.length,
    );
  });

  it("when every third call of git meets trouble", async () => {
    const { left, hub } = await story((each) => {
      for (let i = 0; i < 40; i++) {
        each.fault({ ...gitTroubles[i % gitTroubles.length]!, path: /\.git\/(info|git-)/, skip: 2 * i });
      }
    });

    expect(hub.pendingFaults().length).toBeLessThan(40 - gitTroubles.length);

    expect(left).toEqual((await calm()).left);
  });
});
