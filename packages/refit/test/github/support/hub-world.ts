import { startHub, temporaryRepository, type Hub, type HubOptions } from "@refit/testkit";
import { type FlatRequest, reportSaying, requestFor } from "../../report-saying.ts";
import { onTestFinished } from "vitest";
import { branchesAdapter } from "../../../src/adapters/git/branches.ts";
import { gitAdapter } from "../../../src/adapters/git/git.ts";
import { gitProcess } from "../../../src/adapters/git/git-process.ts";
import { githubForge } from "../../../src/adapters/forges/github/forge.ts";
import { gitSettings } from "../../../src/adapters/forges/github/git-settings.ts";
import type { IssueEdit } from "../../../src/adapters/forges/github/issue-edit.ts";
import { limits } from "../../../src/adapters/forges/github/limits.ts";
import { githubSettings } from "../../../src/adapters/forges/github/settings.ts";
import type { ProposalRequest } from "../../../src/ports/forge.ts";
import { commitRequest } from "../../git/world.ts";

/** Waits a millisecond where people wait for a second. */
export const impatient = { secondMs: 1, timeoutMs: 1500, paced: false };

export async function temporaryHub(options: HubOptions = {}): Promise<Hub> {
  const hub = await startHub(options);
  onTestFinished(() => hub.close());
  return hub;
}

/** What a workflow run has in its environment. */
export function workflowEnv(hub: Hub, token: keyof Hub["tokens"] = "bot", runId = 100) {
  return {
    GITHUB_ACTIONS: "true",
    GITHUB_API_URL: hub.apiUrl,
    GITHUB_SERVER_URL: hub.url,
    GITHUB_REPOSITORY: `${hub.owner}/${hub.repo}`,
    GITHUB_RUN_ID: String(runId),
    GITHUB_RUN_ATTEMPT: "1",
    GITHUB_TOKEN: hub.tokens[token],
  };
}

/** The adapters of a workflow run in a checkout of the hub's repository. */
export async function runner(hub: Hub, token: keyof Hub["tokens"] = "bot", runId = 100, patience = impatient) {
  const work = await temporaryRepository({ empty: true });
  await work.git("remote", "add", "origin", hub.gitUrl());
  await work.git("fetch", "--quiet", "origin");
  await work.git("reset", "--quiet", "--hard", "origin/main");
  const env = { ...work.env, ...workflowEnv(hub, token, runId) };
  const { credentials } = await gitSettings(gitProcess(work.root, env), env);
  const process = gitProcess(work.root, env, credentials, impatient);
  const git = gitAdapter(process, "main");
  const notices: string[] = [];
  const notice = (sentence: string) => void notices.push(sentence);
  const open = (edit: IssueEdit | null = null) =>
    githubForge({ settings: githubSettings(env), process, git, notice, edit, patience });
  const { forge, publisher } = open();
  const branches = branchesAdapter(process);

  /** Pushes a version on the branch as the last room does, and shows it. */
  async function propose(content: string, change: Partial<FlatRequest> = {}) {
    const head = await push(content, change.branch);
    return { head, ...(await forge.ensureProposal(await git.locate(), proposalRequest(head, change))) };
  }

  async function push(content: string, branch = "refit--churn"): Promise<string> {
    const located = await git.locate();
    await branches.fetch(located);
    const ref = `refs/heads/${branch}`;
    const expected = await git.resolve(ref);
    const shared = await git.resolve(`refs/remotes/origin/${branch}`);
    const head = await branches.commit(located, { ...commitRequest(located.baseCommit, content, expected), ref });
    await branches.push(located, [{ ref, id: head, expected: shared }]);
    return head;
  }

  /** What is there of the branch, after a look at the remote. */
  async function look(branch = "refit--churn") {
    await branches.fetch(await git.locate());
    return forge.proposal(await git.locate(), branch);
  }

  const locate = () => git.locate();
  /** The forge as another process would have it, which remembers nothing. */
  const reopened = () => open().forge;
  /** The dashboard in a run of its own, which an edit of an issue may have started. */
  const dashboard = (edit: IssueEdit | null = null) => open(edit).dashboard;
  return { work, git, forge, dashboard, limits, publisher, branches, notices, propose, push, look, locate, reopened };
}

export function proposalRequest(head: string, change: Partial<FlatRequest> = {}): ProposalRequest {
  return requestFor({
    kind: "retrain",
    model: "churn",
    branch: "refit--churn",
    head,
    baseBranch: "main",
    inputDigest: "0123456789abcdef",
    title: "refit(churn): new model",
    report: reportSaying("rocAuc 0.80 → 0.82"),
    kept: { commit: "c".repeat(40), path: "reports/churn/0123.md" },
    draft: false,
    check: { conclusion: "success", summary: "all gates passed" },
    autoMerge: false,
    reviewers: [],
    at: Date.UTC(2026, 2, 1),
    ...change,
  });
}

/** What people see of a model's proposals, without ids and times. */
export function shownBy(hub: Hub) {
  return {
    pulls: hub.rows.issues
      .filter((row) => row.pull !== null)
      .map(({ title, body, state, labels, pull }) => ({ title, body, state, labels, draft: pull!.draft })),
    comments: hub.rows.comments.map(({ issue, author, body }) => ({ issue, author: author.login, body })),
    checks: hub.rows.checkRuns.map(({ name, conclusion, externalId, output }) => ({
      name,
      conclusion,
      externalId,
      summary: output.summary,
    })),
    statuses: hub.rows.statuses.map(({ context, state }) => ({ context, state })),
    issues: hub.rows.issues
      .filter((row) => row.pull === null)
      .map(({ title, body, state, labels }) => ({ title, body, state, labels })),
  };
}
