import { readFile } from "node:fs/promises";
import { type FlatRequest, reportSaying, requestFor } from "../report-saying.ts";
import { describe, expect, it } from "vitest";
import type { ProposalRequest } from "../../src/ports/forge.ts";
import { commitRequest, type TestWorld, temporaryWorld, worldOf } from "./world.ts";

const branch = "refit--churn";
const closing = (sentence: string, at: number) => ({ model: "churn", branch, sentence, closes: true, at });

/** Commits a version on the branch and shows it, as the last room does. */
async function propose(world: TestWorld, content: string, change: Partial<FlatRequest> = {}) {
  const located = await world.locate();
  const ref = `refs/heads/${change.branch ?? branch}`;
  const expected = await world.git.resolve(ref);
  const head = await world.branches.commit(located, { ...commitRequest(located.baseCommit, content, expected), ref });
  return { head, ...(await world.forge.ensureProposal(located, requestOf(head, change))) };
}

function requestOf(head: string, change: Partial<FlatRequest> = {}): ProposalRequest {
  return requestFor({
    kind: "retrain",
    model: "churn",
    branch,
    head,
    baseBranch: "main",
    inputDigest: "0123abcd",
    title: "refit(churn): new model",
    report: reportSaying("rocAuc 0.80 → 0.82"),
    kept: null,
    autoMerge: false,
    reviewers: [],
    draft: false,
    check: { conclusion: "success", summary: "all gates passed" },
    at: Date.UTC(2026, 2, 1),
    ...change,
  });
}

describe("a local proposal", () => {
  it("is open with its branch, and its page can be read", async () => {
    const world = await temporaryWorld();
    expect(await world.forge.proposal(await world.locate(), branch)).toBeNull();

    const { head, url, operation } = await propose(world, "1");

    expect(operation).toBe("created");
    expect(await world.forge.proposal(await world.locate(), branch)).toEqual({
      branch,
      head,
      heldByPerson: false,
      complete: true,
      url,
      declinedAt: null,
    });
    const page = await readFile(url, "utf8");
    expect(url).toMatch(/\/refit\/proposals\/churn\.md$/);
    expect(page).toContain("# refit(churn): new model");
    expect(page).toContain("rocAuc 0.80 → 0.82");
    expect(page).toContain("git switch main && git merge refit--churn");
  });

  it("is unchanged when shown again, and updated when something is new", async () => {
    const world = await temporaryWorld();
    const { head } = await propose(world, "1");

    const operations = [];
    for (const change of [{ at: 1 }, { report: reportSaying("new words") }, { draft: true }, { draft: true }]) {
      const request = requestOf(head, {
        report: reportSaying("new words"),
        ...change,
        ...("at" in change ? { report: reportSaying("rocAuc 0.80 → 0.82") } : {}),
      });
      operations.push((await world.forge.ensureProposal(await world.locate(), request)).operation);
    }

    expect(operations).toEqual(["unchanged", "updated", "updated", "unchanged"]);
  });

  it.each<[way: string, merge: string[][]]>([
    ["merge", [["merge", "--no-ff", "-m", "anything", branch]]],
    [
      "squash",
      [
        ["merge", "--squash", branch],
        ["commit", "-m", "anything"],
      ],
    ],
    [
      "rebase",
      [
        ["switch", "--quiet", branch],
        ["rebase", "main"],
        ["switch", "--quiet", "main"],
        ["merge", branch],
      ],
    ],
    [
      "squash, and another version on top",
      [
        ["merge", "--squash", branch],
        ["commit", "-m", "anything"],
        ["rm", "-r", "models"],
        ["commit", "-m", "gone"],
      ],
    ],
  ])("is not open after it was merged: %s", async (_way, merge) => {
    const world = await temporaryWorld();
    await propose(world, "1");
    await world.repository.write("other.txt", "main moves");
    await world.repository.commit("Other");
    expect(await world.forge.proposal(await world.locate(), branch)).not.toBeNull();

    for (const command of merge) await world.repository.git(...command);

    expect(await world.forge.proposal(await world.locate(), branch)).toBeNull();
  });

  it("is not open after it was closed, until there is a new version", async () => {
    const world = await temporaryWorld();
    const { url } = await propose(world, "1");

    await world.forge.ensureRemark(await world.locate(), closing("The slices look wrong.", 1));
    await world.forge.ensureRemark(await world.locate(), closing("The slices look wrong.", 2));
    expect(await world.forge.proposal(await world.locate(), branch)).toBeNull();
    expect((await readFile(url, "utf8")).match(/> Closed: The slices look wrong\./g)).toHaveLength(1);

    expect((await propose(world, "2")).operation).toBe("created");
    expect(await world.forge.proposal(await world.locate(), branch)).not.toBeNull();
  });

  it("is not there without its branch, and cannot be closed", async () => {
    const world = await temporaryWorld();
    await propose(world, "1");
    await world.repository.git("branch", "-D", branch);

    expect(await world.forge.proposal(await world.locate(), branch)).toBeNull();
    await world.forge.ensureRemark(await world.locate(), closing("No.", 1));
    await propose(world, "1");
    expect(await world.forge.proposal(await world.locate(), branch)).not.toBeNull();
  });

  it("is open even when its page was deleted, or never written", async () => {
    const world = await temporaryWorld();
    const located = await world.locate();
    const head = await world.branches.commit(located, commitRequest(located.baseCommit, "1"));

    expect(await world.forge.proposal(await world.locate(), branch)).toMatchObject({ head, heldByPerson: false });
  });

  it("is seen by another clone", async () => {
    const world = await temporaryWorld({ remote: true });
    const { head } = await propose(world, "1");
    await world.branches.push(await world.locate(), [{ ref: `refs/heads/${branch}`, id: head, expected: null }]);
    const other = worldOf(await world.repository.clone());

    expect(await other.forge.proposal(await other.locate(), branch)).toMatchObject({ head, heldByPerson: false });
  });

  it("can be a rollback, whose content the base line has seen before", async () => {
    const world = await temporaryWorld();
    for (const content of ["1", "2"]) {
      await world.repository.write("models/churn/champion/model.json", content);
      await world.repository.commit(content);
    }
    const rollback = { kind: "rollback", branch: "refit-rollback--churn" } as const;

    const { url } = await propose(world, "1", rollback);

    expect(url).toMatch(/\/refit\/rollbacks\/churn\.md$/);
    expect(await world.forge.proposal(await world.locate(), rollback.branch)).not.toBeNull();
    await world.repository.git("merge", "--squash", rollback.branch);
    await world.repository.commit("Roll back");
    await world.repository.write("models/churn/champion/model.json", "3");
    await world.repository.commit("3");
    expect(await world.forge.proposal(await world.locate(), rollback.branch)).toBeNull();
  });
});

describe("a local alert", () => {
  it("is raised, updated and closed, any number of times", async () => {
    const { forge, locate } = await temporaryWorld();
    const repository = await locate();
    const alert = { model: "eu/churn", title: "The new data were refused", body: "- nulls", at: 0 };

    const file = await forge.ensureAlert(repository, "eu/churn", alert);
    await forge.ensureAlert(repository, "eu/churn", { ...alert, body: "- more nulls" });

    expect(file).toMatch(/\/refit\/alerts\/eu--churn\.md$/);
    expect(await readFile(file!, "utf8")).toBe("# The new data were refused\n\n- more nulls\n");
    expect(await forge.ensureAlert(repository, "eu/churn", null)).toBeNull();
    expect(await forge.ensureAlert(repository, "eu/churn", null)).toBeNull();
    await expect(readFile(file!)).rejects.toThrow("ENOENT");
  });
});
