import { describe, expect, it } from "vitest";
import { reportSaying } from "../report-saying.ts";
import { runner, proposalRequest, shownBy, temporaryHub } from "./support/hub-world.ts";

describe("a proposal on GitHub", () => {
  it("is a pull request with a comment and a check, and nothing is written when it is shown again", async () => {
    const hub = await temporaryHub();
    const { propose, forge, look, locate } = await runner(hub);

    const { head, url, operation } = await propose("1");

    expect(operation).toBe("created");
    expect(url).toBe(`${hub.url}/octo/demo/pull/1`);
    const shown = shownBy(hub);
    expect(shown.pulls).toMatchObject([
      { title: "refit(churn): new model", state: "open", labels: ["refit"], draft: false },
    ]);
    expect(shown.pulls[0]!.body).toContain(`${hub.url}/octo/demo/blob/${"c".repeat(40)}/reports/churn/0123.md`);
    expect(shown.comments).toEqual([
      {
        issue: 1,
        author: "github-actions[bot]",
        body: `<!-- refit:report model=churn -->\n<!-- run=100.1 head=${head} inputs=0123456789ab -->\n**churn** promote  \nrocAuc 0.80 → 0.82\n`,
      },
    ]);
    expect(shown.checks).toEqual([
      {
        name: "refit / churn",
        conclusion: "success",
        externalId: "churn:0123456789abcdef",
        summary: "all gates passed",
      },
      {
        name: "refit",
        conclusion: "success",
        externalId: "all models:0123456789abcdef",
        summary: "all gates passed",
      },
    ]);
    expect(await look()).toEqual({
      branch: "refit--churn",
      head,
      heldByPerson: false,
      complete: true,
      url,
      declinedAt: null,
    });

    const before = hub.requests.length;
    const again = await forge.ensureProposal(await locate(), proposalRequest(head));

    expect(again.operation).toBe("unchanged");
    expect(hub.requests.slice(before).filter(({ method, path }) => method !== "GET" && path !== "/graphql")).toEqual(
      [],
    );
    expect(hub.unknownRoutes).toEqual([]);
  });

  it("is told from others' comments where GraphQL is shut off", async () => {
    const hub = await temporaryHub();
    const { propose, notices } = await runner(hub);
    hub.fault({ path: /graphql/, status: 404, times: 99 });

    await propose("1");
    await propose("2");

    expect(shownBy(hub).comments).toMatchObject([{ author: "github-actions[bot]" }]);
    expect(shownBy(hub).checks).toHaveLength(4);
    expect(notices).toEqual([expect.stringContaining("refit assumes github-actions[bot]")]);
  });

  it("keeps to few calls while it waits", async () => {
    const hub = await temporaryHub();
    const { propose, look } = await runner(hub);
    await propose("1");
    const before = hub.requests.length;

    await look();

    const calls = hub.requests.slice(before).filter(({ path }) => path.startsWith("/repos/"));
    expect(calls.map(({ path }) => path.replace(/[0-9a-f]{40}/, "SHA").replace(/\?.*/, ""))).toEqual([
      "/repos/octo/demo/pulls",
      "/repos/octo/demo/pulls/1/reviews",
      "/repos/octo/demo/commits/SHA/check-runs",
    ]);
  });

  it("is updated in place, and what a newer run said stays", async () => {
    const hub = await temporaryHub();
    const older = await runner(hub, "bot", 7);
    const newer = await runner(hub, "bot", 8);
    const { head } = await older.propose("1");
    await newer.look();

    const updated = await newer.forge.ensureProposal(
      await newer.locate(),
      proposalRequest(head, {
        report: reportSaying("newer words"),
        title: "refit(churn): newer model",
        inputDigest: "ff",
      }),
    );
    await older.forge.ensureProposal(
      await older.locate(),
      proposalRequest(head, { title: "refit(churn): newer model" }),
    );

    expect(updated.operation).toBe("updated");
    const shown = shownBy(hub);
    expect(shown.pulls).toMatchObject([{ title: "refit(churn): newer model" }]);
    expect(shown.comments).toHaveLength(1);
    expect(shown.comments[0]!.body).toContain("newer words");
  });

  it("is a draft when undecided, and ready when decided", async () => {
    const hub = await temporaryHub();
    const { propose, forge, locate } = await runner(hub, "app");
    const { head } = await propose("1", { draft: true });
    expect(shownBy(hub).pulls[0]!.draft).toBe(true);

    await forge.ensureProposal(await locate(), proposalRequest(head));

    expect(shownBy(hub).pulls[0]!.draft).toBe(false);
  });

  it.each<[why: string, act: (hub: Awaited<ReturnType<typeof temporaryHub>>) => Promise<unknown>]>([
    ["approved it", (hub) => hub.person.approve(1)],
    ["committed to it", (hub) => hub.person.commit("refit--churn", { "NOTES.md": "mine" })],
  ])("is held by a person who %s", async (_why, act) => {
    const hub = await temporaryHub();
    const { propose, look } = await runner(hub);
    await propose("1");

    await act(hub);

    expect(await look()).toMatchObject({ heldByPerson: true, declinedAt: null });
  });

  it("is declined when a person closes it, also without its branch, but not when refit does", async () => {
    const hub = await temporaryHub();
    const { propose, look, forge, locate } = await runner(hub);
    const { head } = await propose("1");
    await hub.person.close(1);
    await hub.person.deleteBranch("refit--churn");
    const elsewhere = await runner(hub);

    expect(await look()).toMatchObject({ head, declinedAt: expect.any(Number) });
    hub.fault({ path: /git-upload-pack/, status: 500, times: 3 });
    const unknown = elsewhere.forge.proposal(await elsewhere.locate(), "refit--churn");
    await expect(unknown).rejects.toMatchObject({ code: "remote-unreachable" });
    expect(hub.pendingFaults()).toEqual([]);
    expect(await elsewhere.look()).toMatchObject({ head, declinedAt: expect.any(Number) });
    expect(await elsewhere.git.resolve(`${head}:models/churn/champion`)).not.toBeNull();

    await propose("2");
    const closing = { sentence: "It is live already.", closes: true, at: 1 };
    await forge.ensureRemark(await locate(), { model: "churn", branch: "refit--churn", ...closing });
    expect(shownBy(hub).pulls.at(-1)).toMatchObject({
      state: "closed",
      body: expect.stringContaining("It is live already."),
    });
    expect(await look()).toBeNull();
  });

  it.each(["merge", "squash", "rebase"] as const)("is not there once it is merged by %s", async (how) => {
    const hub = await temporaryHub();
    const { propose, look } = await runner(hub);
    await propose("1");

    await hub.person.merge(1, how);

    expect(await look()).toBeNull();
  });

  it("is half made without its pull request, or without its check", async () => {
    const hub = await temporaryHub();
    const { push, look, forge, locate } = await runner(hub);
    const head = await push("1");
    expect(await look()).toMatchObject({
      head,
      complete: false,
      url: expect.stringContaining("/compare/main...refit--churn"),
    });

    hub.fault({ method: "POST", path: /check-runs/, status: 503, times: 9 });
    await expect(forge.ensureProposal(await locate(), proposalRequest(head))).rejects.toMatchObject({
      code: "forge-unavailable",
    });
    hub.clearFaults();

    expect(await look()).toMatchObject({ head, complete: false, url: `${hub.url}/octo/demo/pull/1` });
  });
});

describe("the report comment", () => {
  it("is found among 150 others, a planted marker is left alone, and copies are removed", async () => {
    const hub = await temporaryHub();
    const { propose, forge, locate } = await runner(hub);
    const { head } = await propose("1");
    const marker = "<!-- refit:report model=churn -->\n<!-- run=999.1 head=abc inputs=ff -->\nI am refit";
    await hub.person.comment(1, marker);
    const own = hub.rows.comments[0]!;
    for (let i = 0; i < 150; i++) await hub.person.comment(1, `Comment ${i}`);
    hub.rows.comments.push({ ...own, id: own.id + 1_000_000 });

    await forge.ensureProposal(await locate(), proposalRequest(head, { report: reportSaying("other words") }));

    const reports = hub.rows.comments.filter(({ body }) => body.startsWith("<!-- refit:report"));
    expect(reports.map(({ id, author }) => [id === own.id, author.login])).toEqual([
      [true, "github-actions[bot]"],
      [false, "ada"],
    ]);
    expect(reports[0]!.body).toContain("other words");
    expect(reports[1]!.body).toBe(marker);
  });

  it("leaves out sections of a report that is too long, and links the whole", async () => {
    const hub = await temporaryHub();
    const { propose } = await runner(hub);
    const slices = Array.from({ length: 300 }, (_, i) => ({
      kind: "paragraph" as const,
      text: [`slice ${i} ${"x".repeat(300)}`],
    }));
    const sections = [
      { id: "slices", title: "Slices", body: slices, keep: 40 },
      { id: "next", title: "What to do", body: [{ kind: "paragraph", text: ["Merge it."] }], keep: 100 },
    ] as const;

    await propose("1", { report: { ...reportSaying("much"), sections } });

    const { body } = hub.rows.comments[0]!;
    expect(body.length).toBeLessThanOrEqual(60_000);
    expect(body).toContain("Left out here");
    expect(body).toContain("/reports/churn/0123.md");
    expect(body).toContain("### What to do");
    expect(body).not.toContain("slice 299");
  });

  it("cannot be written to a locked pull request, which is told and ends nothing", async () => {
    const hub = await temporaryHub();
    const { propose, notices } = await runner(hub);
    const message = "Unable to create comment because issue is locked.";
    hub.fault({ method: "POST", path: /issues\/1\/comments/, status: 403, body: { message } });

    await propose("1");

    expect(shownBy(hub)).toMatchObject({
      pulls: [{ state: "open" }],
      comments: [],
      checks: [{ conclusion: "success" }, { name: "refit" }],
    });
    expect(notices).toEqual([expect.stringContaining("The report could not be written to #1")]);
  });
});

describe("the check", () => {
  it("is a commit status where the token may not make a check run", async () => {
    const hub = await temporaryHub();
    const { propose, look } = await runner(hub, "person");

    await propose("1", { check: { conclusion: "neutral", summary: "undecided" } });

    expect(shownBy(hub)).toMatchObject({
      checks: [],
      statuses: [
        { context: "refit / churn", state: "success" },
        { context: "refit", state: "success" },
      ],
    });
    expect(await look()).toMatchObject({ complete: true });
  });

  it("is missed with a notice where the token may write neither", async () => {
    const hub = await temporaryHub();
    hub.permit(hub.tokens.bot, { contents: "write", pull_requests: "write" });
    const { propose, notices } = await runner(hub);

    await propose("1");

    expect(shownBy(hub)).toMatchObject({ checks: [], statuses: [], comments: [{ issue: 1 }] });
    expect(notices).toEqual([expect.stringContaining("checks: write (or statuses: write)")]);
  });
});

describe("a private repository", () => {
  it("is enough with the rights to push and to open pull requests", async () => {
    const hub = await temporaryHub();
    const { propose, look, forge, locate, notices } = await runner(hub);
    hub.set({ private: true });
    hub.permit(hub.tokens.bot, { contents: "write", pull_requests: "write" });

    const { head } = await propose("1");

    expect(await look()).toMatchObject({ head, complete: true, declinedAt: null });
    expect(await forge.ensureAlert(await locate(), "churn", null)).toBeNull();
    expect(notices).toEqual([expect.stringContaining("could not be posted")]);
  });
});

describe("an alert on GitHub", () => {
  const alert = { model: "churn", title: "refit(churn): the new data were refused", body: "- nulls", at: 0 };

  it("is one issue, updated and not repeated, closed when it passes", async () => {
    const hub = await temporaryHub();
    const { forge, locate } = await runner(hub);
    const repository = await locate();

    const url = await forge.ensureAlert(repository, "churn", alert);
    await forge.ensureAlert(repository, "churn", alert);
    await forge.ensureAlert(repository, "churn", { ...alert, body: "- more nulls" });

    expect(url).toBe(`${hub.url}/octo/demo/issues/1`);
    expect(shownBy(hub).issues).toEqual([
      {
        title: alert.title,
        body: "<!-- refit:alert model=churn -->\n- more nulls",
        state: "open",
        labels: ["refit-alert"],
      },
    ]);

    expect(await forge.ensureAlert(repository, "churn", null)).toBeNull();
    expect(shownBy(hub).issues).toMatchObject([{ state: "closed" }]);
    const before = hub.requests.length;
    await forge.ensureAlert(repository, "churn", null);
    await forge.ensureAlert(repository, "other", null);
    expect(hub.requests.slice(before)).toHaveLength(1);
  });

  it.each<[why: string, prepare: (hub: Awaited<ReturnType<typeof temporaryHub>>) => void, words: RegExp]>([
    ["issues are off", (hub) => hub.set({ issues: false }), /has no issues/],
    ["the token may not write issues", (hub) => hub.permit(hub.tokens.bot, { contents: "write" }), /issues: write/],
  ])("is left to the summary when %s", async (_why, prepare, words) => {
    const hub = await temporaryHub();
    prepare(hub);
    const { forge, locate, notices } = await runner(hub);

    expect(await forge.ensureAlert(await locate(), "churn", alert)).toBeNull();
    expect(await forge.ensureAlert(await locate(), "churn", null)).toBeNull();

    expect(notices).toEqual([expect.stringMatching(words)]);
  });
});

describe("what GitHub refuses", () => {
  it("to release, such as under the name of an immutable release that was deleted, is a notice", async () => {
    const hub = await temporaryHub();
    const { publisher, notices, work } = await runner(hub);
    const message = "tag_name was used by an immutable release";
    hub.fault({ method: "POST", path: /\/releases$/, status: 422, body: { message } });
    const commit = await work.git("rev-parse", "HEAD");
    const version = { model: "churn", label: "v1", tag: "churn@v1", commit, at: 0, card: "A model" };

    expect(await publisher.ensureRelease({ ...version, files: async () => new Map() })).toBeNull();

    expect(notices).toEqual([expect.stringMatching(/No release for churn@v1: .*immutable release/)]);
    expect(hub.rows.releases).toEqual([]);
  });

  it("to open pull requests by a setting: the branch stays, and the way out is told", async () => {
    const hub = await temporaryHub({ settings: { actionsMayOpenPulls: false } });
    const { propose, look, forge, locate } = await runner(hub);

    const failed = await propose("1").catch((error: unknown) => error);

    expect(failed).toMatchObject({ code: "pull-requests-off", hint: expect.stringContaining("/settings/actions") });
    expect((failed as Error).message).toContain(`${hub.url}/octo/demo/compare/main...refit--churn?expand=1`);
    const half = await look();
    expect(half).toMatchObject({ complete: false });

    hub.set({ actionsMayOpenPulls: true });
    await forge.ensureProposal(await locate(), proposalRequest(half!.head));
    expect(await look()).toMatchObject({ complete: true });
  });

  it.each<[why: string, act: (hub: Awaited<ReturnType<typeof temporaryHub>>) => Promise<unknown>, code: string]>([
    [
      "a pull request without the permission",
      async (hub) => {
        hub.permit(hub.tokens.bot, { contents: "write" });
        return (await runner(hub)).propose("1");
      },
      "forge-permission",
    ],
    ["a push by a read-only token", async (hub) => (await runner(hub, "readOnly")).push("1"), "token-read-only"],
    [
      "a token that nobody holds",
      async (hub) => {
        const { forge, locate } = await runner({ ...hub, tokens: { ...hub.tokens, bot: "ghs_nobody" as never } });
        return forge.proposal(await locate(), "refit--churn");
      },
      "token-invalid",
    ],
  ])("%s", async (_why, act, code) => {
    const hub = await temporaryHub();

    await expect(act(hub)).rejects.toMatchObject({ code });
  });
});
