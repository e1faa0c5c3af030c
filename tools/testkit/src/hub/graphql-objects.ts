import type { Actor } from "./actors.ts";
import { GraphqlError } from "./graphql-error.ts";
import type { Node } from "./graphql.ts";
import { readCommits, resolveCommit } from "./history.ts";
import { mergeability } from "./pulls.ts";
import { standingReviews } from "./protection.ts";
import { pullRows } from "./refs.ts";
import { isPull, type CommentRow, type IssueRow, type PullRow } from "./rows.ts";
import { protectionOf } from "./settings.ts";
import { commentView, issueView } from "./views.ts";
import { repositoryPage, type World } from "./world.ts";

interface PageArguments {
  readonly first?: number;
  readonly last?: number;
  readonly after?: string | null;
}

export function queryRoot(world: World, viewer: Actor): Node {
  return {
    __typename: "Query",
    viewer: { ...actorNode(viewer), login: viewer.login },
    rateLimit: { __typename: "RateLimit", limit: 5000, remaining: 4999, cost: 1 },
    repository: ({ owner, name }: { readonly owner: string; readonly name: string }) => {
      if (owner === world.owner && name === world.name) return repositoryNode(world);
      throw new GraphqlError("NOT_FOUND", `Could not resolve to a Repository with the name '${owner}/${name}'.`);
    },
    node: ({ id }: { readonly id: string }) => nodeOf(world, id),
  };
}

function nodeOf(world: World, id: string): Node {
  if (id === "R_1") return repositoryNode(world);
  const row = world.rows.issues.find((one) => issueView(world, one).node_id === id);
  if (row !== undefined) return isPull(row) ? pullNode(world, row) : issueNode(world, row);
  const comment = world.rows.comments.find((one) => `IC_${one.id}` === id);
  if (comment !== undefined) return commentNode(world, comment);
  throw new GraphqlError("NOT_FOUND", `Could not resolve to a node with the global id of '${id}'`);
}

export function pullById(world: World, id: unknown): PullRow {
  const row = pullRows(world).find((pull) => `PR_${pull.number}` === id);
  if (row === undefined)
    throw new GraphqlError("NOT_FOUND", `Could not resolve to a node with the global id of '${String(id)}'`);
  return row;
}

function repositoryNode(world: World): Node {
  return {
    __typename: "Repository",
    id: "R_1",
    name: world.name,
    nameWithOwner: `${world.owner}/${world.name}`,
    isPrivate: world.settings.private,
    autoMergeAllowed: world.settings.autoMerge,
    hasIssuesEnabled: world.settings.issues,
    url: repositoryPage(world),
    defaultBranchRef: () => refNode(world, "refs/heads/main"),
    ref: ({ qualifiedName }: { readonly qualifiedName: string }) =>
      refNode(world, qualifiedName.startsWith("refs/") ? qualifiedName : `refs/heads/${qualifiedName}`),
    object: ({ expression, oid }: { readonly expression?: string; readonly oid?: string }) =>
      commitNode(world, expression ?? oid ?? "HEAD"),
    pullRequest: ({ number }: { readonly number: number }) => {
      const row = pullRows(world).find((pull) => pull.number === number);
      if (row !== undefined) return pullNode(world, row);
      throw new GraphqlError("NOT_FOUND", `Could not resolve to a PullRequest with the number of ${number}.`);
    },
    pullRequests: (
      args: PageArguments & { readonly states?: unknown; readonly headRefName?: string; readonly baseRefName?: string },
    ) => {
      const states = args.states === undefined ? null : [args.states].flat();
      const rows = pullRows(world).filter(
        (row) =>
          (states === null || states.includes(stateOf(row))) &&
          (args.headRefName === undefined || args.headRefName === row.pull.headRef) &&
          (args.baseRefName === undefined || args.baseRefName === row.pull.baseRef),
      );
      return connection(
        "PullRequest",
        rows.map((row) => pullNode(world, row)),
        args,
      );
    },
  };
}

async function refNode(world: World, name: string): Promise<Node | null> {
  const target = await commitNode(world, name);
  if (target === null) return null;
  return {
    __typename: "Ref",
    id: `REF_${name}`,
    name: name.split("/").slice(2).join("/"),
    prefix: name.split("/").slice(0, 2).join("/") + "/",
    target,
  };
}

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

function stateOf(row: PullRow): "OPEN" | "CLOSED" | "MERGED" {
  if (row.pull.mergedAt !== null) return "MERGED";
  return row.state === "open" ? "OPEN" : "CLOSED";
}

/** In GraphQL a bot has no suffix. */
function actorNode(actor: Actor): Node {
  return {
    __typename: actor.kind === "pat" ? "User" : "Bot",
    id: `U_${actor.id}`,
    login: actor.login.replace(/\[bot\]$/, ""),
  };
}

function issueNode(world: World, row: IssueRow): Node {
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

/** A page of nodes; the cursor is the position. */
function connection(type: string, nodes: readonly Node[], { first, last, after }: PageArguments): Node {
  const size = first ?? last;
  if (size === undefined || size > 100) {
    throw new GraphqlError(
      "MISSING_PAGINATION_BOUNDARIES",
      `You must provide a \`first\` or \`last\` value of at most 100 to properly paginate the ${type} connection.`,
    );
  }
  const start = first === undefined ? Math.max(0, nodes.length - size) : Number(after ?? 0);
  const shown = nodes.slice(start, start + size);
  const end = start + shown.length;
  return {
    __typename: `${type}Connection`,
    totalCount: nodes.length,
    nodes: shown,
    edges: shown.map((node, at) => ({ __typename: `${type}Edge`, cursor: String(start + at + 1), node })),
    pageInfo: {
      __typename: "PageInfo",
      hasNextPage: end < nodes.length,
      hasPreviousPage: start > 0,
      endCursor: shown.length === 0 ? null : String(end),
      startCursor: shown.length === 0 ? null : String(start + 1),
    },
  };
}
