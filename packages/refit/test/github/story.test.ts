import { describe, expect, it } from "vitest";
import type { Hub } from "@refit/testkit";
import { churnCsv } from "../e2e/support/churn.ts";
import { month } from "../e2e/support/scene.ts";
import { hubScene, writes } from "./support/hub-scene.ts";
import { shownBy } from "./support/hub-world.ts";

/** The newest comment's charts: by commit, on the hub itself, as whole SVG files. */
async function expectCharts(hub: Hub, count: number): Promise<void> {
  const places = [...hub.rows.comments.at(-1)!.body.matchAll(/^!\[[^\]]+\]\(([^)]+)\)$/gm)].map(([, place]) => place!);
  expect(places).toHaveLength(count);
  for (const place of places) {
    expect(place).toMatch(/\/octo\/demo\/blob\/[0-9a-f]{40}\/reports\/churn\/[^/]+\/[a-z]+\.svg\?raw=true$/);
    expect(place.startsWith(hub.url)).toBe(true);
    expect(await (await fetch(place)).text()).toMatch(/^<svg [^]*<\/svg>\n$/);
  }
}

describe("runs on GitHub", () => {
  it("go from a schedule to a pull request, a promotion, a revert and the memory of it", async () => {
    const { hub, scene, refit, run, ledger, tags, pull } = await hubScene();

    expect(await run()).toMatchObject({ decision: "proposed", url: `${hub.url}/octo/demo/pull/1` });
    expect(shownBy(hub)).toMatchObject({
      pulls: [{ title: expect.stringMatching(/^refit\(churn\): first model/), state: "open" }],
      comments: [{ issue: 1 }],
      checks: [
        { name: "refit / churn", conclusion: "success" },
        { name: "refit", conclusion: "success" },
      ],
    });
    const link = /\((http[^)]*reports\/churn\/[^)]*)\)/.exec(shownBy(hub).pulls[0]!.body!)![1]!;
    const [, commit, file] = /blob\/([0-9a-f]{40})\/(.*)$/.exec(link)!;
    expect(await scene.git("-C", hub.bareRepository, "show", `${commit}:${file}`)).toContain("### What to do");

    // Calibration, and the two curves of a binary model.
    await expectCharts(hub, 3);

    const before = writes(hub).length;
    expect(await run()).toMatchObject({ decision: "skipped", heldBack: { kind: "proposal-open" } });
    expect(writes(hub).slice(before)).toEqual([]);

    await hub.person.merge(1, "squash");
    scene.at("2026-06-03T00:00:00Z");
    expect(await refit("promote")).toMatchObject({ exitCode: 0, result: [{ tag: "churn@v1", result: "created" }] });
    await pull();
    await scene.land(month(3));
    expect(await run()).toMatchObject({ decision: "proposed" });
    await expectCharts(hub, 5);
    await hub.person.merge(2, "rebase");
    const revert = await hub.person.revert(2);
    await hub.person.merge(revert);
    scene.at("2026-06-20T00:00:00Z");
    expect((await refit("promote")).result).toContainEqual(
      expect.objectContaining({ tag: "churn@v1", result: "restored" }),
    );
    expect((await refit("promote")).result).toMatchObject([{ result: "exists" }, { result: "exists" }]);

    expect(await tags()).toEqual(["churn@v1", "churn@v2"]);
    expect(await ledger()).toEqual(["look", "proposed", "look", "proposed", "rolledBack"]);
    expect(await run()).toMatchObject({ decision: "suppressed", heldBack: { by: "rolledBack" } });
    expect(hub.unknownRoutes).toEqual([]);
    const authors = await scene.git("-C", hub.bareRepository, "log", "-1", "--format=%an %cn", "refit-ledger");
    expect(authors).toBe("github-actions[bot] github-actions[bot]");
  });

  it("take a closed pull request for a no, and write it down once", async () => {
    const { hub, scene, run, ledger } = await hubScene();
    await run();
    await hub.person.close(1);
    await hub.person.deleteBranch("refit--churn");
    scene.at("2026-06-20T00:00:00Z");

    const outcomes = [await run(), await run()];

    expect(outcomes).toMatchObject([
      { decision: "suppressed", heldBack: { by: "declined" } },
      { decision: "suppressed", heldBack: { by: "declined" } },
    ]);
    expect(await ledger()).toEqual(["look", "proposed", "declined"]);
  });

  it("leave a person's commit alone, and say once in the comment that newer rows wait", async () => {
    const { hub, scene, run, pull } = await hubScene();
    await run();
    const head = await hub.person.commit("refit--churn", { "NOTES.md": "I looked." });
    await pull();
    scene.at("2026-06-20T00:00:00Z");
    await scene.land(month(3));

    expect(await run()).toMatchObject({ decision: "skipped", heldBack: { kind: "held-by-person" } });
    expect(hub.rows.comments).toMatchObject([{ body: expect.stringContaining("**Newer data wait.**") }]);
    const before = writes(hub).length;
    await run();

    expect(writes(hub).slice(before)).toEqual([]);
    expect(await scene.git("-C", hub.bareRepository, "rev-parse", "refit--churn")).toBe(head);
  });

  it("keep a no that was given by command", async () => {
    const { hub, scene, refit, run, ledger } = await hubScene();
    await run();
    await refit("reject", ["churn"], { reason: "too eager" });
    scene.at("2026-06-20T00:00:00Z");

    expect(shownBy(hub).pulls).toMatchObject([
      { state: "closed", body: expect.stringContaining("Declined by a person") },
    ]);
    expect(await run()).toMatchObject({ decision: "suppressed", heldBack: { by: "declined" } });
    expect(await ledger()).toEqual(["look", "proposed", "declined"]);
  });

  it("propose a rollback as a pull request of its own", async () => {
    const { hub, scene, refit, run, pull } = await hubScene();
    await run();
    await hub.person.merge(1);
    await pull();
    scene.at("2026-06-05T00:00:00Z");
    await scene.land(month(3));
    await run();
    await hub.person.merge(2);

    expect((await refit("rollback", ["churn"])).result).toMatchObject({ to: 1, operation: "created" });
    expect((await refit("rollback", ["churn"])).result).toMatchObject({ to: 1, operation: "unchanged" });

    const rollback = shownBy(hub).pulls.at(-1);
    expect(rollback).toMatchObject({ title: "refit(churn): roll back to v1", state: "open" });
    await hub.person.merge(3, "squash");
    await refit("promote");
    expect(await run()).toMatchObject({ decision: "suppressed", heldBack: { by: "rolledBack" } });
  });

  it.each([0, 1])("end well when the answer to push %i was lost", async (skip) => {
    const { hub, run, ledger } = await hubScene();
    hub.fault({ method: "POST", path: /git-receive-pack/, after: true, skip });

    expect(await run()).toMatchObject({ decision: "proposed" });
    expect(await run()).toMatchObject({ decision: "skipped" });

    expect(hub.pendingFaults()).toEqual([]);
    const shown = shownBy(hub);
    expect([shown.pulls, shown.comments, shown.checks].map((rows) => rows.length)).toEqual([1, 1, 2]);
    expect(await ledger()).toEqual(["look", "proposed"]);
  });

  it("have patience with a remote that stumbles over a fetch", async () => {
    const { hub, run } = await hubScene();
    hub.fault({ path: /git-upload-pack/, status: 502, times: 2 });

    expect(await run()).toMatchObject({ decision: "proposed" });
    expect(hub.pendingFaults()).toEqual([]);
  });

  it("leave a branch when pull requests are off, and open one later without training", async () => {
    const { hub, run } = await hubScene({ settings: { actionsMayOpenPulls: false } });
    await expect(run()).rejects.toMatchObject({ code: "pull-requests-off" });

    hub.set({ actionsMayOpenPulls: true });
    const outcome = await run();

    expect(outcome).toMatchObject({ decision: "proposed", evidence: null, url: `${hub.url}/octo/demo/pull/1` });
    expect(shownBy(hub)).toMatchObject({ pulls: [{ state: "open" }], comments: [{}], checks: [{}, { name: "refit" }] });
  });

  it("that happen at once make one proposal and lose no memory", async () => {
    const { hub, run, ledger } = await hubScene();

    const outcomes = await Promise.all([run(), run()]);

    expect(outcomes).toMatchObject([{ decision: "proposed" }, { decision: "proposed" }]);
    expect(shownBy(hub)).toMatchObject({ pulls: [{}], comments: [{}] });
    expect(shownBy(hub).comments).toHaveLength(1);
    expect(await ledger()).toEqual(["look", "proposed"]);
  });

  it.each<[why: string, options: Parameters<typeof hubScene>[0], token: "bot" | "readOnly", code: string]>([
    ["a read-only token", {}, "readOnly", "token-read-only"],
    [
      "a protected ledger",
      { settings: { protection: { "refit-ledger": { restricted: true } } } },
      "bot",
      "ledger-protected",
    ],
    [
      "a ledger that a ruleset covers",
      { settings: { protection: { "refit-*": { ruleset: true, restricted: true } } } },
      "bot",
      "ledger-protected",
    ],
  ])("end before anything is half done: %s", async (_why, options, token, code) => {
    const { hub, run } = await hubScene(options);

    await expect(run({}, { token })).rejects.toMatchObject({ code });

    expect(shownBy(hub)).toMatchObject({ pulls: [], comments: [], checks: [] });
    const refs = hub.events.filter(({ name, actor }) => name === "push" && actor === "github-actions[bot]");
    expect(refs).toEqual([]);
  });

  it("that may not push proposals go on where they stopped, once the rules let them", async () => {
    const rules = { ruleset: true, restricted: true } as const;
    const { hub, run, ledger } = await hubScene({ settings: { protection: { "refit--*": rules } } });

    await expect(run()).rejects.toMatchObject({ code: "push-rejected", hint: expect.stringContaining("`refit--*`") });
    expect(shownBy(hub)).toMatchObject({ pulls: [], comments: [], checks: [] });

    hub.set({ protection: {} });
    expect(await run()).toMatchObject({ decision: "proposed" });
    expect(shownBy(hub)).toMatchObject({ pulls: [{ state: "open" }], comments: [{}], checks: [{}, { name: "refit" }] });
    expect(await ledger()).toEqual(["look", "proposed"]);
  });

  it("without the right to open pull requests name it, and go on where they stopped", async () => {
    const { hub, run, ledger } = await hubScene();
    hub.permit(hub.tokens.bot, { contents: "write" });

    await expect(run()).rejects.toMatchObject({ code: "forge-permission", permission: "pull-requests: write" });
    expect(shownBy(hub).pulls).toEqual([]);

    hub.permit(hub.tokens.bot, { contents: "write", pull_requests: "write", checks: "write" });
    expect(await run()).toMatchObject({ decision: "proposed", operation: "created" });
    expect(await ledger()).toEqual(["look", "proposed"]);
  });

  it("without the right to post checks have nothing to do each night, and post the check once they may", async () => {
    const { hub, run } = await hubScene();
    const rights = { contents: "write", pull_requests: "write", issues: "write" } as const;
    hub.permit(hub.tokens.bot, rights);
    expect(await run()).toMatchObject({ decision: "proposed", operation: "created" });

    const before = hub.requests.length;
    expect(await run()).toMatchObject({ decision: "skipped", heldBack: { kind: "proposal-open" } });
    const calls = hub.requests.slice(before).filter(({ path }) => /^\/(repos|graphql)/.test(path));
    const kinds = calls.map(({ method, path }) => `${method} ${/([\w-]+)(?:\/[0-9a-f]{40})?(?:\?|$)/.exec(path)![1]}`);
    // As where the code counts them.
    const asEachNight = ["GET pulls", "GET reviews", "GET main", "GET check-runs", "GET issues"];
    const toSeeWhatIsMissing = ["GET statuses", "GET pulls", "GET comments", "POST graphql"];
    const toPost = ["GET check-runs", "POST check-runs", "GET statuses", "POST statuses"];
    expect(kinds.sort()).toEqual([...asEachNight, ...toSeeWhatIsMissing, ...toPost].sort());
    expect(shownBy(hub)).toMatchObject({ comments: [{}], checks: [], statuses: [] });

    hub.permit(hub.tokens.bot, { ...rights, checks: "write" });
    expect(await run()).toMatchObject({ decision: "proposed", operation: "updated" });
    expect(shownBy(hub)).toMatchObject({ comments: [{}], checks: [{ name: "refit / churn" }, { name: "refit" }] });
    expect(await run()).toMatchObject({ decision: "skipped" });
  });

  it("tell of refused data in the summary where the repository has no issues", async () => {
    const { hub, scene, run, ledger } = await hubScene({ settings: { issues: false } });
    await scene.land({ "data/churn/bad.csv": "customer,day\nc,2026-03-01\n" });

    expect(await run()).toMatchObject({ decision: "blocked", alert: null });
    expect(await ledger()).toEqual(["blocked"]);
    expect(hub.unknownRoutes).toEqual([]);
  });

  it("let GitHub merge behind refit's own check, which therefore comes last", async () => {
    const protection = { main: { checks: ["refit / churn"] } };
    const { hub, scene, refit, run, tags, pull } = await hubScene({
      spec: { merge: "auto" },
      settings: { autoMerge: true, protection },
    });
    await run();
    await hub.person.merge(1);
    await pull();
    scene.at("2026-06-05T00:00:00Z");
    await scene.land(month(3));

    expect(await run()).toMatchObject({ decision: "proposed" });

    expect(hub.rows.issues.at(-1)!.pull).toMatchObject({ mergedAt: expect.any(String) });
    await refit("promote");
    expect(await tags()).toEqual(["churn@v1", "churn@v2"]);
  });

  it.each<[why: string, drift: boolean]>([
    ["where drift is looked for", true],
    ["where it is not", false],
  ])(
    "leave a model to people whose new labels may be swapped, though it is better on them: %s",
    async (_why, drift) => {
      const { hub, scene, run, pull } = await hubScene({
        spec: { merge: "auto", retrain: { minNewRows: 100, drift } },
        settings: { autoMerge: true },
      });
      await run();
      await hub.person.merge(1);
      hub.set({ protection: { main: { checks: ["tests"] } } });
      await pull();
      scene.at("2026-06-05T00:00:00Z");
      // As many leave as before, but those who never complained.
      const [header, ...lines] = churnCsv({ rows: 900, from: "2026-03-01", seed: 5 }).trimEnd().split("\n");
      const rows = lines.map((line) => line.split(","));
      const left = rows.filter((cells) => cells.at(-1) === "true").length;
      const order = rows.toSorted((a, b) => Number(a[4]) - Number(b[4]));
      const gone = new Set(order.slice(0, left));
      const swapped = rows.map((cells) => [...cells.slice(0, -1), gone.has(cells)].join());
      await scene.land({ "data/churn/2026-03.csv": `${[header, ...swapped].join("\n")}\n` });

      expect(await run()).toMatchObject({ decision: "proposed" });

      expect(hub.rows.issues.at(-1)!.pull!.autoMerge).toBeNull();
      expect(hub.rows.comments.at(-1)!.body).toContain("champion-collapse");
    },
  );

  it.each<[why: string, checks: string[], armed: boolean[]]>([
    [
      "arm the auto-merge behind the check of all models, but not for a first model or after a no",
      ["refit"],
      [false, true, false],
    ],
    ["never arm it where no check of refit's is required", ["tests"], [false, false, false]],
  ])("%s", async (_why, checks, armed) => {
    const { hub, scene, run, pull } = await hubScene({ spec: { merge: "auto" }, settings: { autoMerge: true } });
    const protection = { main: { checks, approvals: 1 } };
    hub.set({ protection });
    const seen: boolean[] = [];
    const proposeAt = async (time: string) => {
      scene.at(time);
      await run();
      seen.push(hub.rows.issues.at(-1)!.pull!.autoMerge !== null);
    };

    await proposeAt("2026-06-01T00:00:00Z");
    hub.set({ protection: {} });
    await hub.person.merge(1);
    hub.set({ protection });
    await pull();
    await scene.land(month(3));
    await proposeAt("2026-06-05T00:00:00Z");
    await hub.person.close(2);
    await scene.land(month(4));
    await proposeAt("2026-06-10T00:00:00Z");

    expect(shownBy(hub).pulls.map(({ state }) => state)).toEqual(["closed", "closed", "open"]);
    expect(seen).toEqual(armed);
  });
});
