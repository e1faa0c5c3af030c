import { allows, type Need } from "./actors.ts";
import { GraphqlError } from "./graphql-error.ts";
import { commentNode, commitNode, pullNode } from "./graphql-nodes.ts";
import { pullById } from "./graphql-objects.ts";
import { resolveCommit } from "./history.ts";
import { mergeability, signatureOf } from "./pulls.ts";
import { emitPull } from "./refs.ts";
import { revertPull } from "./revert.ts";
import { Refusal } from "./reply.ts";
import { moveRef } from "./routes-refs.ts";
import { writer, type Call } from "./router.ts";
import type { MergeMethod, PullRow } from "./rows.ts";
import { protectionOf } from "./settings.ts";
import { editTree, writeBlob, writeCommit, type TreeChange } from "./tree-edit.ts";

type Input = Readonly<Record<string, unknown>>;
type Mutation = (call: Call, input: Input) => Promise<Readonly<Record<string, unknown>>>;

export const mutations: Readonly<Record<string, Mutation>> = {
  createCommitOnBranch,
  convertPullRequestToDraft: (call, input) => setDraft(call, input, true),
  markPullRequestReadyForReview: (call, input) => setDraft(call, input, false),
  enablePullRequestAutoMerge: enableAutoMerge,
  async disablePullRequestAutoMerge(call, input) {
    const row = writablePull(call, input);
    row.pull.autoMerge = null;
    emitPull(call.world, writer(call), row, { action: "auto_merge_disabled" });
    return { pullRequest: pullNode(call.world, row) };
  },
  async minimizeComment(call, input) {
    demandEach(
      call,
      [
        ["pull_requests", "write"],
        ["issues", "write"],
      ],
      "any",
    );
    const row = call.world.rows.comments.find((comment) => `IC_${comment.id}` === input["subjectId"]);
    if (row === undefined) throw new GraphqlError("NOT_FOUND", "Could not resolve to a node with that global id");
    row.minimized = String(input["classifier"]);
    return { minimizedComment: commentNode(call.world, row) };
  },
  async revertPullRequest(call, input) {
    const row = writablePull(call, input);
    const made = await revertPull(call.world, writer(call), row);
    return { pullRequest: pullNode(call.world, row), revertPullRequest: pullNode(call.world, made) };
  },
};

function demandEach(call: Call, need: Need, how: "any" | "all"): void {
  const actor = writer(call);
  const held = how === "any" ? allows(actor, need) : need.every((pair) => allows(actor, [pair]));
  if (held) return;
  const holder = actor.kind === "pat" ? "personal access token" : "integration";
  throw new GraphqlError("FORBIDDEN", `Resource not accessible by ${holder}`);
}

/** Draft state and auto-merge ask for `contents` beside `pull-requests`, as many a workflow found out. */
function demandBoth(call: Call): void {
  const pairs: Need = [
    ["pull_requests", "write"],
    ["contents", "write"],
  ];
  demandEach(call, pairs, "all");
}

function writablePull(call: Call, input: Input): PullRow {
  demandEach(call, [["pull_requests", "write"]], "any");
  return pullById(call.world, input["pullRequestId"]);
}

async function setDraft(call: Call, input: Input, draft: boolean) {
  demandBoth(call);
  const row = writablePull(call, input);
  if (row.state === "closed") throw new GraphqlError("UNPROCESSABLE", "Pull request is closed.");
  if (row.pull.draft !== draft) {
    row.pull.draft = draft;
    if (draft) row.pull.autoMerge = null;
    emitPull(call.world, writer(call), row, { action: draft ? "converted_to_draft" : "ready_for_review" });
  }
  return { pullRequest: pullNode(call.world, row) };
}

async function enableAutoMerge(call: Call, input: Input) {
  demandBoth(call);
  const { world } = call;
  const row = pullById(world, input["pullRequestId"]);
  if (!world.settings.autoMerge) {
    throw new GraphqlError("UNPROCESSABLE", "Pull request Auto merge is not allowed for this repository");
  }
  if (protectionOf(world.settings, row.pull.baseRef) === null) {
    throw new GraphqlError("UNPROCESSABLE", "Pull request Protected branch rules not configured for this branch");
  }
  const { mergeable_state: state } = await mergeability(world, row);
  if (state === "clean" || state === "unstable" || state === "draft" || row.state === "closed") {
    throw new GraphqlError(
      "UNPROCESSABLE",
      `Pull request Pull request is in ${row.state === "closed" ? "closed" : state} status`,
    );
  }
  const method = String(input["mergeMethod"] ?? "MERGE").toLowerCase() as MergeMethod;
  if (!world.settings.mergeMethods.includes(method)) {
    throw new GraphqlError("UNPROCESSABLE", `Merge method ${method} merging is not allowed on this repository`);
  }
  row.pull.autoMerge = { method, by: writer(call) };
  emitPull(world, writer(call), row, { action: "auto_merge_enabled" });
  return { actor: null, pullRequest: pullNode(world, row) };
}

interface CommitInput {
  readonly branch: { readonly repositoryNameWithOwner?: string; readonly branchName?: string; readonly id?: string };
  readonly message: { readonly headline: string; readonly body?: string };
  readonly expectedHeadOid: string;
  readonly fileChanges?: {
    readonly additions?: readonly { readonly path: string; readonly contents: string }[];
    readonly deletions?: readonly { readonly path: string }[];
  };
}

async function createCommitOnBranch(call: Call, input: Input) {
  demandEach(call, [["contents", "write"]], "any");
  const { world } = call;
  const { branch, message, expectedHeadOid, fileChanges } = input as unknown as CommitInput;
  const ref = branch.id?.replace(/^REF_/, "") ?? `refs/heads/${branch.branchName!.replace(/^refs\/heads\//, "")}`;
  const before = await resolveCommit(world.git, ref);
  if (before === null) throw new GraphqlError("NOT_FOUND", `Could not resolve to a Ref with the name '${ref}'.`);
  if (before !== expectedHeadOid) {
    throw new GraphqlError(
      "STALE_DATA",
      `Expected branch to point to "${expectedHeadOid}" but it did not. Pull and try again.`,
    );
  }

  const added = (fileChanges?.additions ?? []).map(async ({ path, contents }): Promise<TreeChange> => ({
    path,
    mode: "100644",
    id: await writeBlob(world.git, Buffer.from(contents, "base64")),
  }));
  const removed = (fileChanges?.deletions ?? []).map(({ path }): TreeChange => ({ path, mode: "100644", id: null }));
  const author = signatureOf(world, writer(call));
  const after = await writeCommit(world.git, {
    tree: await editTree(world.git, before, [...removed, ...(await Promise.all(added))]),
    parents: [before],
    message:
      message.body === undefined || message.body === "" ? message.headline : `${message.headline}\n\n${message.body}`,
    author,
    committer: author,
  });
  await moveRef(call, { ref, before, after }).catch((error: unknown) => {
    throw error instanceof Refusal ? new GraphqlError("UNPROCESSABLE", error.message) : error;
  });
  return { commit: await commitNode(world, after), ref: { __typename: "Ref", name: ref.slice("refs/heads/".length) } };
}
