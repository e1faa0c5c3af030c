import { writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "@refit/testkit";
import { hubScene } from "./support/hub-scene.ts";
import { shownBy } from "./support/hub-world.ts";

describe("verify on a pull request", () => {
  async function event(hub: { owner: string; repo: string }, head: string, full = `${hub.owner}/${hub.repo}`) {
    const file = path.join(await temporaryFolder(), "event.json");
    await writeFile(file, JSON.stringify({ pull_request: { head: { sha: head, repo: { full_name: full } } } }));
    return { GITHUB_EVENT_NAME: "pull_request", GITHUB_EVENT_PATH: file };
  }

  it("posts the check on the head, and names a bar that would be lowered", async () => {
    const { hub, run, refit } = await hubScene();
    await run();
    const spec = await hub.person.commit("refit--churn", { "NOTES.md": "I looked." });
    const env = await event(hub, spec);

    const { exitCode, result } = await refit("verify", [], {}, { env, ref: "refs/pull/1/head" });

    expect(result).toMatchObject([{ model: "churn", result: "valid", problems: [], weakened: [] }]);
    expect(exitCode).toBe(0);
    expect(hub.rows.checkRuns.slice(-2)).toMatchObject([
      {
        name: "refit / churn",
        headSha: spec,
        conclusion: "success",
        output: { title: expect.stringMatching(/^Made again from [0-9a-f]{10}: all \d files are equal$/) },
      },
      { name: "refit", headSha: spec, conclusion: "success", output: { title: expect.stringMatching(/^churn: Made/) } },
    ]);

    const yaml = JSON.stringify({ ...JSON.parse(await readSpec(hub)), gates: [{ metric: "rocAuc", min: 0.1 }] });
    const lowered = await hub.person.commit("refit--churn", {
      "models/churn/model.yaml": yaml,
      "models/churn/champion/metrics.json": "{}\n",
    });
    const again = await refit("verify", [], {}, { env: await event(hub, lowered), ref: "refs/pull/1/head" });

    expect(again.exitCode).toBe(2);
    expect(again.result).toMatchObject([
      { result: "failed", weakened: [expect.stringContaining("loosened"), expect.stringContaining("is gone")] },
    ]);
    expect(shownBy(hub).checks.slice(-2)).toMatchObject([{ conclusion: "failure" }, { conclusion: "failure" }]);
  });

  it("answers the merge queue on the commit that it has made", async () => {
    const { hub, run, refit, scene } = await hubScene();
    const { branch } = (await run()) as { branch: string };
    const head = await scene.git("-C", hub.bareRepository, "rev-parse", branch);
    const file = path.join(await temporaryFolder(), "event.json");
    await writeFile(file, JSON.stringify({ action: "checks_requested", merge_group: { head_sha: head } }));
    const env = { GITHUB_EVENT_NAME: "merge_group", GITHUB_EVENT_PATH: file };
    hub.rows.checkRuns.length = 0;

    const { exitCode, result } = await refit("verify", [], {}, { env, ref: branch });

    expect({ exitCode, result }).toMatchObject({ exitCode: 0, result: [{ result: "valid" }] });
    expect(hub.rows.checkRuns).toMatchObject([
      { name: "refit / churn", headSha: head, conclusion: "success" },
      { name: "refit", headSha: head, conclusion: "success" },
    ]);
  });

  it("of a fork loads nothing and needs no right to write", async () => {
    const { hub, run, refit } = await hubScene();
    const { branch } = (await run()) as { branch: string };
    const head = hub.rows.issues[0]!.pull!.headSha;
    const env = await event(hub, head, "mallory/demo");
    const before = shownBy(hub).checks.length;

    const { exitCode, result } = await refit("verify", [], {}, { env, token: "fork", ref: branch });

    expect(exitCode).toBe(2);
    expect(result).toMatchObject([{ result: "failed", problems: [expect.stringContaining("comes from a fork")] }]);
    expect(JSON.stringify(result)).toContain("A maintainer can run `refit run churn` on main");
    expect(shownBy(hub).checks).toHaveLength(before);
  });
});

async function readSpec(hub: { bareRepository: string }): Promise<string> {
  const { execFileSync } = await import("node:child_process");
  return execFileSync("git", ["-C", hub.bareRepository, "show", "main:models/churn/model.yaml"], { encoding: "utf8" });
}
