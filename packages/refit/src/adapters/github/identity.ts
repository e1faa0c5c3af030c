import type { Client } from "./client.ts";

interface Author {
  readonly login: string;
}

/**
 * Tells whether we wrote a comment or an issue: anybody may copy our hidden marker. Asked once, and only when there is
 * something with a marker.
 */
export function identity({ ensure, graphql }: Client): (author: Author | null) => Promise<boolean> {
  let own: Promise<string> | null = null;

  const ownLogin = () =>
    ensure({ permission: "metadata: read", what: "tell who this token belongs to" }, async () => {
      const { viewer } = await graphql<{ viewer: Author }>("query { viewer { login } }");
      return withoutBot(viewer.login);
    });

  return async (author) => {
    if (author === null) return false;
    own ??= ownLogin();
    return withoutBot(author.login) === (await own);
  };
}

/** GraphQL and REST do not agree on the suffix. */
const withoutBot = (login: string) => login.replace(/\[bot\]$/, "").toLowerCase();
