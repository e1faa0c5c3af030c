import { writeFile } from "node:fs/promises";
import path from "node:path";
import { dashboardText, type ModelStatus } from "@refit/core/report";
import { temporaryFolder, type Hub } from "@refit/testkit";
import { beforeEach, describe, expect, it } from "vitest";
import { type IssueEdit, issueEditOf } from "../../src/adapters/forges/github/issue-edit.ts";
import type { Repository } from "../../src/ports/repository.ts";
import { runner, temporaryHub } from "./support/hub-world.ts";

const statusOf = (model: string, since = "2026-11-02"): ModelStatus => ({
  model,
  group: null,
  state: "live",
  version: "v1",
  since,
  learnedUntil: null,
  learnedDaysAgo: null,
  declared: false,
  metric: null,
  newestRow: null,
  newestRowDaysAgo: null,
  next: null,
  proposal: null,
  proposalState: null,
  asked: "github",
  attention: [],
});

const pageOf = (models: readonly string[], since?: string) =>
  dashboardText(
    models.map((model) => ({ status: statusOf(model, since), alert: null })),
    60_000,
  );

const page = pageOf(["churn", "fraud"]);

let hub: Hub;
let bot: Awaited<ReturnType<typeof runner>>;
let here: Repository;

beforeEach(async () => {
  hub = await temporaryHub();
  bot = await runner(hub);
  here = await bot.locate();
});

const ensure = (text: string | null) => bot.dashboard().ensure(here, text);
const row = (number = 1) => hub.rows.issues[number - 1]!;
const body = () => row().body!.replaceAll("\r\n", "\n");
const patches = () => hub.requests.filter(({ method }) => method === "PATCH").length;

/** The edits that workflows have been told of. */
async function edits(change: (payload: Record<string, unknown>) => object = () => ({})): Promise<IssueEdit[]> {
  const folder = await temporaryFolder();
  const told = hub.events.filter(({ name, action }) => name === "issues" && action === "edited");
  const read: IssueEdit[] = [];
  for (const [i, { payload }] of told.entries()) {
    const file = path.join(folder, `${i}.json`);
    await writeFile(file, JSON.stringify({ ...payload, ...change(payload) }));
    const edit = issueEditOf({ GITHUB_EVENT_NAME: "issues", GITHUB_EVENT_PATH: file });
    if (edit !== null) read.push(edit);
  }
  return read;
}

async function take(change?: (payload: Record<string, unknown>) => object, at = -1) {
  return bot.dashboard((await edits(change)).at(at)).take(here);
}

describe("the issue", () => {
  it("is opened once, and edited only when its text changes", async () => {
    expect(await ensure(page)).toMatchObject({ operation: "created", url: `${hub.url}/octo/demo/issues/1` });
    expect(await ensure(page)).toMatchObject({ operation: "unchanged" });
    expect(patches()).toBe(0);

    expect(await ensure(pageOf(["churn"]))).toMatchObject({ operation: "updated" });
    expect(body()).toBe(pageOf(["churn"]));
    expect(hub.rows.issues).toHaveLength(1);
    expect(row()).toMatchObject({ title: "refit: all models", labels: ["refit-dashboard"], state: "open" });
  });

  it("is closed with a sentence where it is turned off, and the same one is opened again", async () => {
    expect(await ensure(null)).toBeNull();
    await ensure(page);

    expect(await ensure(null)).toMatchObject({ operation: "closed" });
    expect(row()).toMatchObject({ state: "closed", body: expect.stringContaining("The dashboard is turned off") });
    expect(await ensure(null)).toBeNull();

    expect(await ensure(page)).toMatchObject({ operation: "updated" });
    expect(row()).toMatchObject({ state: "open", body: page });
    expect(hub.rows.issues).toHaveLength(1);
  });

  it("is opened again where somebody closed it, and keeps a title that somebody gave it", async () => {
    await ensure(page);
    row().title = "Our models";
    await hub.person.close(1);

    await ensure(page);

    expect(row()).toMatchObject({ state: "open", title: "Our models" });
  });

  it("of a stranger with the marker is left alone", async () => {
    const stranger = await runner(hub, "stranger");
    await stranger.dashboard().ensure(here, page);

    await ensure(page);
    await ensure(null);

    expect(hub.rows.issues.map(({ author, state }) => [author.login, state])).toEqual([
      ["mallory", "open"],
      ["github-actions[bot]", "closed"],
    ]);
  });

  it("is one, also where two runs have opened it at once", async () => {
    await Promise.all([ensure(page), ensure(page)]);
    await ensure(page);

    expect(hub.rows.issues.filter(({ state }) => state === "open").map(({ number }) => number)).toEqual([1]);
  });

  it("says in one sentence that there can be none, and stops nothing", async () => {
    hub.set({ issues: false });
    expect(await ensure(page)).toBeNull();
    expect(bot.notices).toEqual([expect.stringContaining("issues are turned off in this repository")]);

    hub.set({ issues: true });
    hub.permit(hub.tokens.bot, { contents: "write", issues: "read" });
    expect(await ensure(page)).toBeNull();
    expect(bot.notices[1]).toContain("Give the job `permissions: { issues: write }`");
  });

  it("that nobody asked for is not missed", async () => {
    hub.set({ issues: false });

    expect(await ensure(null)).toBeNull();
    expect(bot.notices).toEqual([]);
  });
});

describe("a tick", () => {
  beforeEach(async () => {
    await ensure(page);
  });

  it("is taken and cleared, also when the same event comes again", async () => {
    await hub.person.tick(1, "model=churn");

    expect(await take()).toEqual({ asked: true, models: ["churn"], due: false, by: "ada" });
    expect(body()).toBe(page);
    expect(await take(undefined, 0)).toMatchObject({ models: ["churn"] });
    expect(patches()).toBe(1);
  });

  it("that no run has taken stands while the page changes", async () => {
    await hub.person.tick(1, "model=churn");

    const later = pageOf(["churn", "fraud"], "2026-11-30");
    await ensure(later);

    expect(body()).toBe(later.replace("- [ ] <!-- refit:retrain model=churn", "- [x] <!-- refit:retrain model=churn"));
    expect(await take(undefined, 0)).toMatchObject({ models: ["churn"] });
    expect(body()).toBe(later);
  });

  it("that the page was written over is in its event", async () => {
    await hub.person.tick(1, "model=churn");
    row().body = page;

    expect(await take()).toMatchObject({ asked: true, models: ["churn"] });
  });

  it("whose run was dropped for the next one is taken with that", async () => {
    await hub.person.tick(1, "model=churn");
    await hub.person.tick(1, "model=fraud");

    expect(await take()).toMatchObject({ models: ["fraud", "churn"] });
    // The first run comes after all: it takes what its own event has ticked, and nothing else.
    expect(await take(undefined, 0)).toMatchObject({ models: ["churn"] });
  });

  it("for all that are due is taken beside those of models", async () => {
    await hub.person.tick(1, "run-due");
    await hub.person.tick(1, "model=fraud");

    expect(await take()).toEqual({ asked: true, models: ["fraud"], due: true, by: "ada" });
    expect(body()).toBe(page);
  });

  it("of somebody who may not write here starts nothing, and is cleared", async () => {
    await hub.person.tick(1, "model=churn");

    expect(await take(() => ({ sender: { login: "mallory", type: "User" } }))).toEqual({
      asked: false,
      because: "mallory may not write to this repository, so no run was started.",
    });
    expect(body()).toBe(page);
    await hub.person.tick(1, "model=churn");
    expect(await take(() => ({ sender: { login: "who", type: "User" } }))).toMatchObject({ asked: false });
  });

  it.each([
    ["a bot", { login: "refit-app[bot]", type: "Bot" }],
    ["what is called a person and has a bot's name", { login: "refit-app[bot]", type: "User" }],
    ["nobody", {}],
  ])("of %s starts nothing", async (_who, sender) => {
    await hub.person.tick(1, "model=churn");

    expect(await take(() => ({ sender }))).toMatchObject({ asked: false, because: expect.stringContaining("bot") });
  });

  it("in a page of a stranger starts nothing", async () => {
    const stranger = await runner(hub, "stranger");
    await stranger.dashboard().ensure(here, page);
    await hub.person.tick(2, "model=churn");

    expect(await take()).toEqual({ asked: false, because: "Issue #2 is not refit's dashboard." });
    expect(row(2).body).toContain("- [x]");
  });

  it("is none where words were changed, a box was cleared, or a name cannot be one", async () => {
    await hub.person.edit(1, `${page}\n- [x] <!-- refit:retrain model=--force=x -->`);
    expect(await take()).toMatchObject({ asked: false, because: "No box of the dashboard was ticked." });

    await hub.person.tick(1, "model=churn");
    await hub.person.edit(1, page);
    expect(await take()).toMatchObject({ asked: false });
  });

  it("is none in our own edit, which starts a run where the token is a person's", async () => {
    const owner = await runner(hub, "person");
    await owner.dashboard().ensure(here, page);
    await hub.person.tick(2, "model=churn");
    const later = pageOf(["churn", "fraud"], "2026-11-30");
    await owner.dashboard().ensure(here, later);
    const [ticked, own] = await edits();
    expect(own!.after).toContain("- [x]");

    expect(await owner.dashboard(own).take(here)).toMatchObject({ asked: false });
    expect(await owner.dashboard(ticked).take(here)).toMatchObject({ asked: true, models: ["churn"] });
    // It had read the page before the box was cleared, and ticks it once more.
    const set = {
      ...own!,
      before: later.replaceAll("\n", "\r\n"),
      after: own!.after.replace("2026-11-30", "2026-12-01"),
    };
    expect(await owner.dashboard(set).take(here)).toMatchObject({ asked: false });
    const [, , cleared] = await edits();
    expect(await owner.dashboard(cleared).take(here)).toMatchObject({ asked: false });

    // The person whose token it is still ticks boxes.
    await hub.person.tick(2, "model=fraud");
    expect(await owner.dashboard((await edits()).at(-1)).take(here)).toMatchObject({ asked: true, models: ["fraud"] });
  });

  it("starts its run also where it cannot be cleared", async () => {
    await hub.person.tick(1, "model=churn");
    hub.permit(hub.tokens.bot, { contents: "write", issues: "read" });

    expect(await take()).toMatchObject({ asked: true, models: ["churn"] });
    expect(bot.notices[0]).toContain("issues: write");
  });

  it("is asked for in a run that an edit has started only", async () => {
    expect(await bot.dashboard().take(here)).toBeNull();
    expect(hub.unknownRoutes).toEqual([]);
  });
});
