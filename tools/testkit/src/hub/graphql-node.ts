import { GraphqlError } from "./graphql-error.ts";

/** Values, other nodes, or functions that make them from a field's arguments. */
export interface Node {
  readonly [field: string]: unknown;
}

export interface PageArguments {
  readonly first?: number;
  readonly last?: number;
  readonly after?: string | null;
}

/** A page of nodes; the cursor is the position. */
export function connection(type: string, nodes: readonly Node[], { first, last, after }: PageArguments): Node {
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
