import { primaryLimit, secondaryLimit, type Fault, type Hub } from "@refit/testkit";
import { describe, expect, it } from "vitest";
import { impatient, proposalRequest, runner, shownBy, temporaryHub } from "./support/hub-world.ts";

/** All that is shown on GitHub of a run: a proposal, seen and updated once, and an alert that comes and goes. */
async function story(hub: Hub): Promise<void> {
  const head = await hub.person.commit(
    "refit--churn",
    { "models/churn/champion/model.json": "1" },
    "New model\n\nRefit-Model: churn",
  );
  const first = await runner(hub, "bot", 100, { ...impatient, timeoutMs: 250 });
  const repository = await first.locate();
  const alert = { model: "churn", title: "refused", body: "- nulls", at: 0 };
  await first.forge.ensureAlert(repository, "churn", alert);
  await first.forge.ensureProposal(repository, proposalRequest(head));
  await first.forge.proposal(repository, "refit--churn");
  await first.forge.ensureProposal(repository, proposalRequest(head, { title: "newer", body: "newer" }));
  await first.forge.ensureAlert(repository, "churn", null);
}

const toApi = /^\/(repos|graphql)/;

const faults: readonly (readonly [kind: string, fault: Fault])[] = [
  ["too many requests", primaryLimit],
  ["a plain 429", { status: 429, body: { message: "Too Many Requests" } }],
  ["the secondary limit", secondaryLimit],
  ["an error of GitHub's", { status: 502, body: { message: "Bad Gateway" } }],
  ["no answer", { hang: true }],
  ["a cut connection", { reset: true }],
  ["work that was done and an answer that was lost", { after: true }],
  ["work that was done and an error told", { after: true, status: 500 }],
];

/** Commits are made at the time of the machine, so their ids differ from story to story. */
const withoutIds = (hub: Hub) =>
  JSON.parse(JSON.stringify(shownBy(hub)).replaceAll(/head=[0-9a-f]{40}/g, "head=HEAD")) as ReturnType<typeof shownBy>;

describe("a fault at any call", () => {
  it.each(faults)("%s: the end is the same as without it", async (_kind, fault) => {
    const calm = await temporaryHub();
    await story(calm);
    const expected = JSON.parse(JSON.stringify(withoutIds(calm)).replaceAll(calm.url, "HUB")) as unknown;
    const calls = calm.requests.filter(({ path }) => toApi.test(path)).length;
    expect(calls).toBeGreaterThan(15);

    for (let skip = 0; skip < calls; skip++) {
      const hub = await temporaryHub();
      hub.fault({ ...fault, path: toApi, skip });

      await story(hub);

      const met = hub.requests.filter(({ path }) => toApi.test(path))[skip];
      expect(hub.pendingFaults(), `call ${skip}`).toEqual([]);
      expect(
        JSON.parse(JSON.stringify(withoutIds(hub)).replaceAll(hub.url, "HUB")),
        `call ${skip}: ${met?.method} ${met?.path}`,
      ).toEqual(expected);
    }
  });
});

describe("two runs at once", () => {
  it("make one pull request with one comment", async () => {
    const hub = await temporaryHub();
    const head = await hub.person.commit(
      "refit--churn",
      { "models/churn/champion/model.json": "1" },
      "New model\n\nRefit-Model: churn",
    );
    const runners = await Promise.all([runner(hub, "bot", 1), runner(hub, "bot", 2), runner(hub, "bot", 3)]);

    const results = await Promise.all(
      runners.map(async ({ forge, locate }) => forge.ensureProposal(await locate(), proposalRequest(head))),
    );

    expect(results.filter(({ operation }) => operation === "created")).toHaveLength(1);
    expect(new Set(results.map(({ url }) => url)).size).toBe(1);
    const { pulls, comments } = shownBy(hub);
    expect(pulls).toHaveLength(1);
    expect(comments).toHaveLength(1);
  });
});
