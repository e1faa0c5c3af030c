import { writeFile } from "node:fs/promises";
import path from "node:path";
import { temporaryFolder, type Hub, type HubOptions } from "@refit/testkit";
import { describe, expect, it } from "vitest";
import type { Verification } from "@refit/core/answers";
import type { VersionEvidence } from "@refit/core/report";
import { churnSpec } from "../e2e/support/churn.ts";
import { month } from "../e2e/support/scene.ts";
import { hubScene } from "./support/hub-scene.ts";
import { shownBy } from "./support/hub-world.ts";

/** What GitHub tells a workflow that a review has started. */
async function reviewEvent(hub: Hub, head: string) {
  const file = path.join(await temporaryFolder(), "event.json");
  const repo = { full_name: `${hub.owner}/${hub.repo}` };
  await writeFile(file, JSON.stringify({ action: "submitted", pull_request: { head: { sha: head, repo } } }));
  return { GITHUB_EVENT_NAME: "pull_request_review", GITHUB_EVENT_PATH: file };
}

async function proposed(approvals: object, options: HubOptions = {}) {
  const scene = await hubScene({ ...options, spec: { approvals } });
  await scene.run();
  const { hub } = scene;
  const headOf = (number: number) => hub.rows.issues.find((row) => row.number === number)!.pull!.headSha;
  async function verify(number = 1, token: keyof Hub["tokens"] = "bot") {
    const env = await reviewEvent(hub, headOf(number));
    const { result } = await scene.refit("verify", ["churn"], {}, { env, token, ref: `refs/pull/${number}/head` });
    return (result as Verification[])[0]!;
  }
  const check = () => shownBy(hub).checks.findLast(({ name }) => name === "refit / churn")!.conclusion;
  return { ...scene, verify, check, headOf };
}

describe("approvals", () => {
  it("are waited for on exactly the head commit, and four eyes see what two hands made", async () => {
    const { hub, verify, check, headOf } = await proposed({ promotion: 2 });
    expect(check()).toBe("failure");
    expect(await verify()).toMatchObject({ result: "failed", approvals: { needed: 2, by: [] } });

    await hub.person.approve(1);
    const one = await verify();
    expect(one.title).toMatch(/^Made again .*; it waits for approvals \(1 of 2\)$/);
    expect(check()).toBe("failure");
    await hub.person.approve(1, "mallory"); // who may not write
    expect((await verify()).approvals).toMatchObject({
      by: ["ada"],
      notes: ["mallory may not write to this repository."],
    });

    await hub.person.approve(1, "lin");
    expect(await verify()).toMatchObject({ result: "valid", approvals: { by: ["ada", "lin"] } });
    expect(check()).toBe("success");

    const before = headOf(1);
    await hub.person.commit("refit--churn", { "NOTES.md": "One more line." });
    expect(headOf(1)).not.toBe(before);
    const moved = await verify();
    expect(moved.approvals!.by).toEqual([]);
    expect(moved.approvals!.notes.join("\n")).toMatch(/ada has approved [0-9a-f]{10}, and not what is there now/);
    await hub.person.approve(1);
    await hub.person.approve(1, "lin");
    // The commit is ada's, whose account GitHub does not know by her address here.
    expect(await verify()).toMatchObject({ result: "failed" });
    expect(check()).toBe("failure");
    expect(hub.unknownRoutes).toEqual([]);
  });

  it("come from those who are named, in teams as far as the token sees them", async () => {
    const options = { settings: { teams: { "octo/risk": ["lin"] } } };
    const { hub, verify } = await proposed({ promotion: 1, from: ["octo/risk"] }, options);
    await hub.person.approve(1);
    expect((await verify(1, "app")).approvals).toMatchObject({
      by: [],
      notes: ["ada is not among those whose approval is asked for."],
    });

    await hub.person.approve(1, "lin");
    expect(await verify(1, "app")).toMatchObject({ result: "valid", approvals: { by: ["lin"] } });
    const blind = await verify();
    expect(blind.result).toBe("failed");
    expect(blind.problems.join("\n")).toContain("This token may not see who is in octo/risk");
  });

  it("are those of the base branch, whatever the proposal says", async () => {
    const { hub, verify } = await proposed({ promotion: 2 });
    const lowered = JSON.stringify({ ...churnSpec, approvals: { promotion: 1 } });
    await hub.person.commit("refit--churn", { "models/churn/model.yaml": lowered });
    await hub.person.approve(1, "lin");

    const found = await verify();

    expect(found.result).toBe("failed");
    expect(found.approvals).toBeUndefined();
    expect(found.weakened).toEqual([
      "`approvals.promotion` falls from 2 to 1",
      expect.stringContaining("approvals.canarySteps"),
    ]);
  });

  it("are evidence once it is merged", async () => {
    const { hub, verify, refit, pull, scene } = await proposed({ promotion: 1 });
    await hub.person.approve(1, "lin");
    expect((await verify()).result).toBe("valid");
    await hub.person.merge(1);
    await pull();
    scene.at("2026-06-03T00:00:00Z");
    await scene.land(month(3));

    const { result } = await refit("evidence", ["churn"]);

    const told = result as VersionEvidence;
    expect(told).toMatchObject({
      version: 1,
      approvals: { by: ["lin"], pullRequest: expect.stringContaining("/pull/1") },
      verdict: "promote",
      daysLive: 2,
      unknown: [],
    });
    expect(told.promoted.trailers).toContainEqual({ name: "Refit-Verdict", value: "promote" });
  });
});
