import { execFile } from "node:child_process";
import { reportSaying } from "../report-saying.ts";
import { promisify } from "node:util";
import { primaryLimit, secondaryLimit, type Fault, type Hub } from "@refit/testkit";
import { describe, expect, it } from "vitest";
import { impatient, proposalRequest, runner, shownBy, temporaryHub } from "./support/hub-world.ts";

const execute = promisify(execFile);
const toApi = /^\/(repos|graphql)/;

const faults: readonly (readonly [kind: string, fault: Fault])[] = [
  ["the limit of the hour", primaryLimit],
  ["too many requests", { status: 429, body: { message: "Too Many Requests" } }],
  ["the secondary limit", secondaryLimit],
  ["an error of GitHub's", { status: 502, body: { message: "Bad Gateway" } }],
  ["no answer", { hang: true }],
  ["a cut connection", { reset: true }],
  ["work that was done and an answer that was lost", { after: true }],
  ["work that was done and an error told", { after: true, status: 500 }],
  ["the page of a proxy", { status: 200, headers: { "content-type": "text/html" }, body: "<p>Sign in</p>" }],
  ["an answer that says nothing", { status: 200, body: "null" }],
];

/** A hub and a run on it that goes through the same story for as many models as a test asks for. */
async function stage() {
  const hub = await temporaryHub();
  const head = await hub.person.commit("heads", { "models/x/champion/model.json": "1" }, "New\n\nRefit-Model: x");
  const run = await runner(hub, "bot", 100, { ...impatient, timeoutMs: 1000 });
  const repository = await run.locate();

  /** A proposal that is shown, seen and updated, and an alert that comes and goes; then all that is left of it. */
  async function story(model: string) {
    const branch = `refit--${model}`;
    await execute("git", ["-C", hub.bareRepository, "update-ref", `refs/heads/${branch}`, head]);
    const forge = run.reopened();
    const request = proposalRequest(head, { model, branch });
    await forge.ensureAlert(repository, model, { model, title: "refused", body: "- nulls", at: 0 });
    await forge.ensureProposal(repository, request);
    await forge.proposal(repository, branch);
    await forge.ensureProposal(
      repository,
      proposalRequest(head, { model, branch, title: "newer", report: reportSaying("newer") }),
    );
    await forge.ensureAlert(repository, model, null);
    return left(hub, model);
  }

  return { hub, story };
}

/** What people see of one model. */
function left(hub: Hub, model: string) {
  const { pulls, issues } = shownBy(hub);
  const numbers = hub.rows.issues.filter(({ pull }) => pull?.headRef === `refit--${model}`).map(({ number }) => number);
  const nameless = (value: unknown) => JSON.parse(JSON.stringify(value).replaceAll(model, "MODEL")) as unknown;
  return nameless({
    pulls: pulls.filter((_, i) => numbers.includes(hub.rows.issues.filter(({ pull }) => pull !== null)[i]!.number)),
    comments: hub.rows.comments.filter(({ issue }) => numbers.includes(issue)).map(({ body }) => body),
    checks: hub.rows.checkRuns
      .filter(({ name, output }) => name === `refit / ${model}` || output.title?.startsWith(`${model}: `))
      .map(({ name, conclusion, externalId, output }) => ({ name, conclusion, externalId, output }))
      .toSorted((a, b) => b.name.length - a.name.length),
    issues: issues.filter(({ body }) => body?.includes(`model=${model} `)),
  });
}

describe("what ends as if nothing had happened", () => {
  it.each(faults)("every third call meets %s", async (_kind, fault) => {
    const { hub, story } = await stage();
    const expected = await story("calm");
    expect(expected).toMatchObject({
      pulls: [{}],
      comments: [expect.stringContaining("newer")],
      checks: [{}, { name: "refit" }],
      issues: [{ state: "closed" }],
    });
    // A fault that is met hides the request from those behind it, so that each waits for two more than the last.
    for (let i = 0; i < 100; i++) hub.fault({ ...fault, path: toApi, skip: 2 * i + 1 });

    expect(await story("troubled")).toEqual(expected);

    expect(hub.pendingFaults().length).toBeLessThan(95);
  });

  it("one call, whichever, is done and its answer lost", async () => {
    const { hub, story } = await stage();
    const calls = () => hub.requests.filter(({ path }) => toApi.test(path));
    const expected = await story("calm");
    const count = calls().length;

    for (let skip = 0; skip < count; skip++) {
      const first = calls().length;
      hub.fault({ after: true, path: toApi, skip });

      const end = await story(`m${skip}`);

      const { method, path } = calls()[first + skip]!;
      expect(hub.pendingFaults()).toEqual([]);
      expect(end, `call ${skip}: ${method} ${path}`).toEqual(expected);
    }
  });
});

describe("an answer with status 200 that is another one than was promised", () => {
  it.each<[path: RegExp, body: string, expected: string]>([
    [/^\/graphql/, "null", "POST /api/graphql: expected an object or a list"],
    [
      /check-runs/,
      JSON.stringify({ 0: "x", total_count: 0, check_runs: [] }),
      "check-runs: expected a total and the list check_runs, in this order",
    ],
  ])("%s is told, and decides nothing", async (path, body, expected) => {
    const hub = await temporaryHub();
    await (await runner(hub)).propose("1");
    const { propose } = await runner(hub);
    hub.fault({ path, status: 200, body, times: 999 });

    await expect(propose("2")).rejects.toMatchObject({
      code: "forge-unavailable",
      message: expect.stringContaining(expected),
    });
  });
});

describe("two runs at once", () => {
  it("make one pull request with one comment", async () => {
    const hub = await temporaryHub();
    const head = await hub.person.commit("refit--churn", { "models/churn/champion/model.json": "1" }, "New");
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
