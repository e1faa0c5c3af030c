import { Octokit } from "@octokit/rest";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startHub, temporaryRepository, type Hub } from "../src/index.ts";

let hub: Hub;
beforeEach(async () => {
  hub = await startHub();
});
afterEach(() => hub.close());

function api(token: string) {
  return new Octokit({ auth: token, baseUrl: hub.apiUrl, log: quiet });
}
const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const repo = { owner: "octo", repo: "demo" };

async function workspace(token = hub.tokens.bot) {
  const work = await temporaryRepository({ empty: true });
  await work.git("config", `http.${hub.url}/.extraheader`, hub.authHeader(token));
  await work.git("remote", "add", "origin", hub.gitUrl());
  await work.git("fetch", "--quiet", "origin");
  await work.git("reset", "--quiet", "--hard", "origin/main");
  return work;
}

describe("the story of a proposal", () => {
  it("goes from push to merge to revert", async () => {
    const work = await workspace();
    const bot = api(hub.tokens.bot);
    await work.git("switch", "--quiet", "-c", "refit--churn");
    await work.write("models/churn/champion/metrics.json", "{}\n");
    await work.commit("Retrain churn");
    await work.git("push", "--quiet", "origin", "refit--churn");

    const { data: pull } = await bot.pulls.create({ ...repo, head: "refit--churn", base: "main", title: "Retrain churn" });
    expect(pull).toMatchObject({ number: 1, changed_files: 1, mergeable: true, mergeable_state: "clean" });

    await work.write("models/churn/champion/metrics.json", '{"auc":0.9}\n');
    const head = await work.commit("Retrain again");
    await work.git("push", "--quiet", "origin", "refit--churn");
    expect((await bot.pulls.get({ ...repo, pull_number: 1 })).data.head.sha).toBe(head);

    await hub.person.merge(1, "squash");
    await work.git("fetch", "--quiet", "origin");
    expect(await work.git("rev-parse", "origin/main:models")).toBe(await work.git("rev-parse", `${head}:models`));

    const revert = await hub.person.revert(1);
    await hub.person.merge(revert);
    await work.git("fetch", "--quiet", "origin");
    expect(await work.git("ls-tree", "-r", "--name-only", "origin/main")).toBe("README.md");
    expect(hub.events.map(({ name, action, outcome }) => [name, action, outcome].join(" "))).toMatchInlineSnapshot(`
      [
        "push  nothing",
        "pull_request opened parked",
        "push  nothing",
        "pull_request synchronize parked",
        "pull_request closed starts",
        "push  starts",
        "push  starts",
        "pull_request opened starts",
        "pull_request closed starts",
        "push  starts",
      ]
    `);
    expect(hub.unknownRoutes).toEqual([]);
  });
});
