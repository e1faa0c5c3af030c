import { describe, expect, it } from "vitest";
import type { ProposalRequest } from "../../src/ports/forge.ts";
import { reportSaying } from "../report-saying.ts";
import { proposalRequest, runner, shownBy, temporaryHub } from "./support/hub-world.ts";

const branch = "refit-group--shop";

/** A proposal of these models on the branch of their group, pushed. */
async function staged(settings: Parameters<typeof temporaryHub>[0] = {}) {
  const hub = await temporaryHub(settings);
  const run = await runner(hub, "app");
  const located = await run.locate();
  const ref = `refs/heads/${branch}`;
  const head = await run.branches.commit(located, {
    ref,
    expected: null,
    parent: located.baseCommit,
    replace: [],
    files: new Map(
      ["churn", "fraud"].map((model) => [`models/${model}/champion/model.json`, new TextEncoder().encode(model)]),
    ),
    message: "refit(shop): both\n\nRefit-Group: shop\nRefit-Model: churn\nRefit-Model: fraud\n",
    at: Date.UTC(2026, 2, 1),
  });
  await run.branches.push(located, [{ ref, id: head, expected: null }]);
  const request = (names: readonly string[], change: Partial<ProposalRequest> = {}): ProposalRequest => ({
    ...proposalRequest(head),
    branch,
    title: "refit(shop): both",
    overview: "All of them.\n",
    models: names.map((model) => ({
      model,
      inputDigest: "0123456789abcdef",
      report: { ...reportSaying(`words of ${model}`), model },
      kept: null,
      check: { conclusion: model === "fraud" ? "neutral" : "success", summary: `gates of ${model}` },
    })),
    ...change,
  });
  const propose = async (names: readonly string[], change: Partial<ProposalRequest> = {}) =>
    run.forge.ensureProposal(await run.locate(), request(names, change));
  return { ...run, hub, head, propose };
}

describe("a pull request for two models", () => {
  it("has a table on top, a comment and a check for each, and one check for both", async () => {
    const { hub, look, propose, head } = await staged();

    const { url, operation } = await propose(["churn", "fraud"], { draft: true });

    expect(operation).toBe("created");
    const shown = shownBy(hub);
    expect(shown.pulls).toHaveLength(1);
    expect(shown.pulls[0]!.body).toMatch(
      /^All of them\.\n\n## churn\n\n[^]*words of churn[^]*\n\n## fraud\n\n[^]*words of fraud/,
    );
    expect(shown.comments.map(({ body }) => /model=(\w+) [^]*words of (\w+)/.exec(body)?.slice(1))).toEqual([
      ["churn", "churn"],
      ["fraud", "fraud"],
    ]);
    expect(shown.checks.map(({ name, conclusion }) => [name, conclusion])).toEqual([
      ["refit / churn", "success"],
      ["refit / fraud", "neutral"],
      ["refit", "neutral"],
    ]);
    expect(await look(branch)).toEqual({ branch, head, heldByPerson: false, complete: true, url, declinedAt: null });
    expect((await propose(["churn", "fraud"], { draft: true })).operation).toBe("unchanged");
  });

  it("says nothing any more of one that it does not change any more", async () => {
    const { hub, look, propose } = await staged();
    await propose(["churn", "fraud"]);
    await look(branch);

    await propose(["churn"]);

    expect(shownBy(hub).comments.map(({ body }) => /model=(\w+)/.exec(body)?.[1])).toEqual(["churn"]);
  });

  it.each([
    [["refit / churn"], false],
    [["refit / churn", "refit / fraud"], true],
    [["refit"], true],
  ])("is merged by GitHub behind %j: %s, so that none is merged unverified", async (checks, isArmed) => {
    const { hub, notices, propose } = await staged({ settings: { autoMerge: true, protection: { main: { checks } } } });

    await propose(["churn", "fraud"], { autoMerge: true });

    // The hub merges what is armed as soon as the checks are there.
    expect(hub.rows.issues.at(-1)!.pull!.mergedAt !== null).toBe(isArmed);
    expect(notices.some((notice) => notice.includes('nor "refit / churn" and "refit / fraud"'))).toBe(!isArmed);
  });
});
