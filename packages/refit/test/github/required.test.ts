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

const forChurn = "refit: success, churn: The evidence supports it";

const answers = (hub: Parameters<typeof shownBy>[0], head: string) =>
  hub.rows.checkRuns
    .filter(({ headSha, name }) => headSha === head && /^refit( \/ |$)/.test(name))
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
      forChurn,
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
      expect.stringContaining("refit: success, churn: "),
    ]);
    await hub.person.merge(3);
    expect(shownBy(hub).pulls.map(({ state }) => state)).toEqual(["closed", "closed", "closed"]);
    expect(hub.unknownRoutes).toEqual([]);
  });

  it("is answered by the next run where it became required later", async () => {
    const { hub, run, protect } = await monorepo(true, []);
    await run();
    const [{ pull: first } = { pull: null }] = hub.rows.issues;
    expect(answers(hub, first!.headSha)).toEqual(["refit / churn: success, The evidence supports it", forChurn]);

    protect(required);
    const again = await run();

    expect(again).toMatchObject({ operation: "updated", url: expect.stringContaining("/pull/1") });
    expect(answers(hub, first!.headSha)).toHaveLength(3);
    const before = hub.rows.checkRuns.length;
    expect(await run()).toMatchObject({ decision: "skipped" });
    expect(hub.rows.checkRuns).toHaveLength(before);
  });

  it("is answered by verify on a pull request that touches no model; else one check answers for all", async () => {
    const { hub, refit, protect } = await monorepo(false);
    const file = path.join(await temporaryFolder(), "event.json");
    const repo = { full_name: `${hub.owner}/${hub.repo}` };
    const verify = async (branch: string, files: Readonly<Record<string, string>>, models: readonly string[] = []) => {
      const head = await hub.person.commit(branch, files);
      await writeFile(file, JSON.stringify({ pull_request: { head: { sha: head, repo } } }));
      const env = { GITHUB_EVENT_NAME: "pull_request", GITHUB_EVENT_PATH: file };
      const { exitCode } = await refit("verify", models, {}, { env, ref: branch });
      return [exitCode, ...answers(hub, head)];
    };
    const nothing = "refit: success, Nothing to judge here: no champion is changed";

    expect(await verify("docs", { "NOTES.md": "Read me." })).toEqual([
      0,
      "refit / churn: success, Nothing to judge here: the champion is not changed",
      "refit / eu/weather: success, Nothing to judge here: the champion is not changed",
      nothing,
    ]);

    protect(["refit"]);
    expect(await verify("docs", { "NOTES.md": "Read me twice." })).toEqual([0, nothing]);
    const stranger = { "models/churn/champion/metrics.json": "{}\n" };
    expect(await verify("stranger", stranger)).toEqual([
      2,
      expect.stringMatching(/^refit \/ churn: failure, /),
      "refit: failure, This must not be merged: churn",
    ]);
    // Of one model alone, nothing is said for all.
    expect(await verify("other", { "NOTES.md": "Read." }, ["churn"])).toEqual([0]);
  });

  it("fails for all where verify itself breaks", async () => {
    const { hub, refit } = await monorepo(true, ["refit"]);
    const head = await hub.person.commit("docs", { "NOTES.md": "Read me." });
    const file = path.join(await temporaryFolder(), "event.json");
    const repo = { full_name: `${hub.owner}/${hub.repo}` };
    await writeFile(file, JSON.stringify({ pull_request: { head: { sha: head, repo } } }));
    const env = { GITHUB_EVENT_NAME: "pull_request", GITHUB_EVENT_PATH: file };
    const stopped = refit("verify", [], {}, { env, ref: "docs", base: "gone" });

    await expect(stopped).rejects.toThrow("gone");

    expect(answers(hub, head)).toEqual(["refit: failure, Not verified: refit could not finish"]);
  });

  it("is answered as a commit status where the token makes no check runs", async () => {
    const { hub, run } = await monorepo(true);
    hub.permit(hub.tokens.bot, { contents: "write", pull_requests: "write", issues: "write", statuses: "write" });

    await run();

    expect(hub.rows.statuses.map(({ context, state }) => `${context}: ${state}`)).toEqual([
      "refit / eu/weather: success",
      "refit / churn: success",
      "refit: success",
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
