import type { Actor } from "./actors.ts";
import { connection, type Node, type PageArguments } from "./graphql-node.ts";
import { readCommits, resolveCommit } from "./history.ts";
import { standingReviews } from "./protection.ts";
import { mergeability } from "./pulls.ts";
import { pullRows } from "./refs.ts";
import type { CommentRow, IssueRow, PullRow } from "./rows.ts";
import { protectionOf } from "./settings.ts";
import { commentView, issueView } from "./views.ts";
import { repositoryPage, type World } from "./world.ts";

export async function commitNode(world: World, revision: string): Promise<Node | null> {
  const sha = await resolveCommit(world.git, revision);
  if (sha === null) return null;
  const [commit] = await readCommits(world.git, "-1", sha);
  return {
    __typename: "Commit",
    id: `C_${sha}`,
    oid: sha,
    url: `${repositoryPage(world)}/commit/${sha}`,
    message: commit!.message,
    messageHeadline: commit!.message.split("\n")[0],
    committedDate: commit!.committer.date,
    authoredDate: commit!.author.date,
    tree: { __typename: "Tree", oid: commit!.tree },
    associatedPullRequests: (args: PageArguments) => {
      const rows = pullRows(world).filter((row) => row.pull.mergeSha === sha || row.pull.headSha === sha);
      return connection(
        "PullRequest",
        rows.map((row) => pullNode(world, row)),
        args,
      );
    },
  };
}

export function stateOf(row: PullRow): "OPEN" | "CLOSED" | "MERGED" {
  if (row.pull.mergedAt !== null) return "MERGED";
  return row.state === "open" ? "OPEN" : "CLOSED";
}

/** In GraphQL a bot has no suffix. */
export function actorNode(actor: Actor): Node {
  return {
    __typename: actor.kind === "pat" ? "User" : "Bot",
    id: `U_${actor.id}`,
    login: actor.login.replace(/\[bot\]$/, ""),
  };
}

export function issueNode(world: World, row: IssueRow): Node {
  const view = issueView(world, row);
  return {
    __typename: "Issue",
    id: view.node_id,
    number: row.number,
    title: row.title,
    body: row.body ?? "",
    state: row.state.toUpperCase(),
    locked: row.locked,
    url: view.html_url,
    author: actorNode(row.author),
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    closedAt: row.closedAt,
    labels: (args: PageArguments) =>
      connection(
        "Label",
        row.labels.map((name) => ({ __typename: "Label", name })),
        args,
      ),
    comments: (args: PageArguments) => {
      const rows = world.rows.comments.filter((comment) => comment.issue === row.number);
      return connection(
        "IssueComment",
        rows.map((comment) => commentNode(world, comment)),
        args,
      );
    },
  };
}

export function pullNode(world: World, row: PullRow): Node {
  const { pull } = row;
  return {
    ...issueNode(world, row),
    __typename: "PullRequest",
    state: stateOf(row),
    isDraft: pull.draft,
    merged: pull.mergedAt !== null,
    mergedAt: pull.mergedAt,
    mergedBy: pull.mergedBy === null ? null : actorNode(pull.mergedBy),
    mergeCommit: () => (pull.mergeSha === null ? null : commitNode(world, pull.mergeSha)),
    headRefName: pull.headRef,
    headRefOid: pull.headSha,
    baseRefName: pull.baseRef,
    baseRefOid: pull.baseSha,
    isCrossRepository: pull.headOwner !== world.owner,
    mergeable: async () => {
      const { mergeable } = await mergeability(world, row);
      return mergeable === null ? "UNKNOWN" : mergeable ? "MERGEABLE" : "CONFLICTING";
    },
    mergeStateStatus: async () => (await mergeability(world, row)).mergeable_state.toUpperCase(),
    reviewDecision: () => reviewDecision(world, row),
    autoMergeRequest:
      pull.autoMerge === null
        ? null
        : {
            __typename: "AutoMergeRequest",
            mergeMethod: pull.autoMerge.method.toUpperCase(),
            enabledBy: actorNode(pull.autoMerge.by),
          },
  };
}

function reviewDecision(world: World, row: PullRow): string | null {
  const wanted = protectionOf(world.settings, row.pull.baseRef)?.approvals ?? 0;
  const reviews = standingReviews(world, row);
  if (reviews.some((review) => review.state === "CHANGES_REQUESTED")) return "CHANGES_REQUESTED";
  if (wanted === 0) return null;
  return reviews.filter((review) => review.state === "APPROVED").length >= wanted ? "APPROVED" : "REVIEW_REQUIRED";
}

export function commentNode(world: World, row: CommentRow): Node {
  const view = commentView(world, row);
  return {
    __typename: "IssueComment",
    id: view.node_id,
    databaseId: row.id,
    body: row.body,
    url: view.html_url,
    author: actorNode(row.author),
    isMinimized: row.minimized !== null,
    minimizedReason: row.minimized?.toLowerCase() ?? null,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}
