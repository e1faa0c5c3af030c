import { mkdtemp, writeFile } from "node:fs/promises";
import path from "node:path";
import { temporaryFolder } from "@refit/testkit";
import { describe, expect, it } from "vitest";
import type { PolicyProposal } from "../../src/runs/backtest/propose-policy.ts";
import { policySpan, poorSpec } from "../e2e/support/policy.ts";
import { hubScene, writes } from "./support/hub-scene.ts";
import { shownBy } from "./support/hub-world.ts";

/** The first model is live, by a spec that another policy beats for certain. */
async function poorHub() {
  const scene = await hubScene();
  await scene.scene.land({ "models/churn/model.yaml": poorSpec });
  await scene.run();
  await scene.hub.person.merge(1);
  await scene.pull();
  const policy = path.join(await mkdtemp(path.join(await temporaryFolder(), "policy-")), "rich.yaml");
  await writeFile(policy, "features: { exclude: [customer] }\n");
  const propose = async (flags = {}) => {
    const told = await scene.refit("backtest", ["churn"], { ...policySpan, policy: [policy], propose: true, ...flags });
    return (told.result as { proposal: PolicyProposal }).proposal;
  };
  return { ...scene, propose };
}

describe("a policy on GitHub", () => {
  it("is a pull request with table and picture, whose check is there, and is repeated without a write", async () => {
    const { hub, propose } = await poorHub();

    expect(await propose()).toMatchObject({ proposed: true, url: `${hub.url}/octo/demo/pull/2`, operation: "created" });

    const { pulls, comments, checks } = shownBy(hub);
    expect(pulls[1]).toMatchObject({ title: "refit(churn): retrain by another policy", state: "open" });
    expect(comments.at(-1)).toMatchObject({ issue: 2 });
    expect(checks.slice(-2)).toMatchObject([
      { name: "refit / churn", conclusion: "success" },
      { name: "refit", conclusion: "success" },
    ]);
    const { body } = hub.rows.comments.at(-1)!;
    expect(body).toContain("policies were chosen here");
    const picture = /^!\[[^\]]+\]\((http[^)]+policies\.svg\?raw=true)\)$/m.exec(body)![1]!;
    expect(await (await fetch(picture)).text()).toMatch(/^<svg [^]*<\/svg>\n$/);

    const before = writes(hub).length;
    expect(await propose()).toMatchObject({ proposed: true, operation: "unchanged" });
    expect(writes(hub).slice(before)).toEqual([]);
    expect(hub.unknownRoutes).toEqual([]);
  });

  it("is not proposed again once a person has closed it, and is left alone once a person has added to it", async () => {
    const { hub, propose, pull } = await poorHub();
    await propose();
    const head = await hub.person.commit("refit-policy--churn", { "NOTES.md": "I looked." });
    await pull();

    expect(await propose()).toMatchObject({ proposed: false, why: "held" });
    await hub.person.close(2);
    await hub.person.deleteBranch("refit-policy--churn");
    const before = writes(hub).length;

    expect(await propose()).toMatchObject({ proposed: false, why: "declined" });
    expect(writes(hub).slice(before)).toEqual([]);
    expect(head).toMatch(/^[0-9a-f]{40}$/);
  });
});
