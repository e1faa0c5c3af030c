import type { Actor } from "./actors.ts";
import { GraphqlError } from "./graphql-error.ts";
import { connection, type Node, type PageArguments } from "./graphql-node.ts";
import { actorNode, commentNode, commitNode, issueNode, pullNode, stateOf } from "./graphql-nodes.ts";
import { pullRows } from "./refs.ts";
import { isPull, type PullRow } from "./rows.ts";
import { issueView } from "./views.ts";
import { repositoryPage, type World } from "./world.ts";

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
  if (row === undefined) {
    throw new GraphqlError("NOT_FOUND", `Could not resolve to a node with the global id of '${String(id)}'`);
  }
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
