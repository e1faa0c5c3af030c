import { ForgeUnavailableError } from "@refit/core/errors";
import type { Client } from "./client.ts";
import { isTransient } from "./failures.ts";

interface Author {
  readonly login: string;
}

/** True if the author of a comment or an issue is the one that our token belongs to. */
export type IsOurs = (author: Author | null | undefined) => Promise<boolean>;

/**
 * Anybody may copy our hidden marker, so the author decides. GitHub is asked once, and only when there is something with
 * a marker.
 */
export function ownAuthor(client: Client): IsOurs {
  let own: Promise<string> | null = null;

  const ownLogin = () =>
    client.ensure({ permission: "metadata: read", what: "say whose token this is" }, async () => {
      try {
        const said = await client.graphql<{ viewer?: Author | null } | undefined>("query { viewer { login } }");
        if (!said?.viewer) throw new ForgeUnavailableError("it does not say whose token this is.");
        return withoutBot(said.viewer.login);
      } catch (error) {
        if (isTransient(error) || client.settings.run === null) throw error;
        client.notice(`GitHub does not say whose token this is; refit assumes ${workflowBot}.`);
        return withoutBot(workflowBot);
      }
    });

  return async (author) => {
    if (!author) return false;
    own ??= ownLogin();
    return withoutBot(author.login) === (await own);
  };
}

/** Whom a workflow run's own token belongs to; no REST call tells, and servers may shut GraphQL off. */
const workflowBot = "github-actions[bot]";

/** GraphQL and REST do not agree on the suffix. */
const withoutBot = (login: string) => login.replace(/\[bot\]$/, "").toLowerCase();
