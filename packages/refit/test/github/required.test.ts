import { writeFile } from "node:fs/promises";
import path from "node:path";
import { temporaryFolder } from "@refit/testkit";
import { describe, expect, it } from "vitest";
import { churnManifest, churnSpec } from "../e2e/support/churn.ts";
import { month } from "../e2e/support/scene.ts";
import { hubScene } from "./support/hub-scene.ts";
import { shownBy } from "./support/hub-world.ts";

const required = ["refit / churn", "refit / eu/weather"];

/** Two models, whose checks are required on main. */
async function monorepo(ruleset: boolean, checks = required) {
  const scene = await hubScene();
  await scene.scene.land({
    "models/eu/weather/model.yaml": { ...churnSpec, data: "weather" },
    "data-manifests/weather.yaml": churnManifest,
  });
  const protect = (names: readonly string[]) =>
    scene.hub.set({ protection: { main: { checks: [...names], ruleset, approvals: 0 } } });
  protect(checks);
  return { ...scene, protect };
}

const answers = (hub: Parameters<typeof shownBy>[0], head: string) =>
  hub.rows.checkRuns
    .filter(({ headSha, name }) => headSha === head && name.startsWith("refit / "))
    .map(({ name, conclusion, output }) => `${name}: ${conclusion}, ${output.title}`)
    .toSorted();

describe("a required check of each model in a monorepo", () => {
  it.each([true, false])("is answered on every proposal, with the default token (ruleset: %s)", async (ruleset) => {
    const { hub, run, refit, pull, scene } = await monorepo(ruleset);

    await run();
    const [first] = hub.rows.issues;
    expect(answers(hub, first!.pull!.headSha)).toEqual([
      "refit / churn: success, The evidence supports it",
      "refit / eu/weather: success, Nothing to judge here: the champion is not changed",
    ]);
    await hub.person.merge(1);

    await pull();
    scene.at("2026-06-05T00:00:00Z");
    await scene.land(month(3));
    await run();
    await hub.person.merge(2);
    await refit("rollback", ["churn"]);
    expect(answers(hub, hub.rows.issues.at(-1)!.pull!.headSha)).toEqual([
      expect.stringContaining("refit / churn: success"),
      "refit / eu/weather: success, Nothing to judge here: the champion is not changed",
    ]);
    await hub.person.merge(3);
    expect(shownBy(hub).pulls.map(({ state }) => state)).toEqual(["closed", "closed", "closed"]);
    expect(hub.unknownRoutes).toEqual([]);
  });

  it("is answered by the next run where it became required later", async () => {
    const { hub, run, protect } = await monorepo(true, []);
    await run();
    const [{ pull: first } = { pull: null }] = hub.rows.issues;
    expect(answers(hub, first!.headSha)).toEqual(["refit / churn: success, The evidence supports it"]);

    protect(required);
    const again = await run();

    expect(again).toMatchObject({ operation: "updated", url: expect.stringContaining("/pull/1") });
    expect(answers(hub, first!.headSha)).toHaveLength(2);
    const before = hub.rows.checkRuns.length;
    expect(await run()).toMatchObject({ decision: "skipped" });
    expect(hub.rows.checkRuns).toHaveLength(before);
  });

  it("is answered by verify on a pull request that touches no model", async () => {
    const { hub, refit } = await monorepo(false);
    const head = await hub.person.commit("docs", { "NOTES.md": "Read me." });
    const file = path.join(await temporaryFolder(), "event.json");
    const repo = { full_name: `${hub.owner}/${hub.repo}` };
    await writeFile(file, JSON.stringify({ pull_request: { head: { sha: head, repo } } }));
    const env = { GITHUB_EVENT_NAME: "pull_request", GITHUB_EVENT_PATH: file };

    const { exitCode } = await refit("verify", [], {}, { env, ref: "docs" });

    expect(exitCode).toBe(0);
    expect(answers(hub, head)).toEqual([
      "refit / churn: success, Nothing to judge here: the champion is not changed",
      "refit / eu/weather: success, Nothing to judge here: the champion is not changed",
    ]);
  });

  it("is answered as a commit status where the token makes no check runs", async () => {
    const { hub, run } = await monorepo(true);
    hub.permit(hub.tokens.bot, { contents: "write", pull_requests: "write", issues: "write", statuses: "write" });

    await run();

    expect(hub.rows.statuses.map(({ context, state }) => `${context}: ${state}`)).toEqual([
      "refit / eu/weather: success",
      "refit / churn: success",
    ]);
  });

  it("is tried once in a run where the token may post none", async () => {
    const { hub, run } = await monorepo(true);
    hub.permit(hub.tokens.bot, { contents: "write", pull_requests: "write", issues: "write" });

    expect(await run()).toMatchObject({ decision: "proposed", operation: "created" });

    const tried = hub.requests.filter(({ path: at }) => /\/(check-runs|statuses)\b/.test(at));
    expect(tried.map(({ method, status }) => [method, status])).toEqual([
      ["GET", 200],
      ["POST", 403],
      ["GET", 200],
      ["POST", 403],
    ]);
    expect(hub.rows.comments).toHaveLength(1);
  });
});
