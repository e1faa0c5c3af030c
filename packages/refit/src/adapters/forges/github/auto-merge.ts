import { checkName } from "./check.ts";
import type { ProposalRequest } from "../../../ports/forge.ts";
import type { Client } from "./client.ts";
import type { IsOurs } from "./own-author.ts";
import type { Pull } from "./pulls.ts";
import { readRequiredChecks } from "./required-checks.ts";

const request = { permission: "contents: write", what: "turn on auto-merge" } as const;

/**
 * Arms GitHub's auto-merge behind a required check of refit's, or takes our own arming back. Merging is GitHub's work: it
 * waits for required checks only, so where none of refit's is required, it would merge what `verify` has refused, and
 * nothing is armed. Failing to arm leaves the merge to people.
 */
export async function ensureAutoMerge(
  client: Client,
  isOurs: IsOurs,
  pull: Pull,
  { models, autoMerge: wanted }: Pick<ProposalRequest, "autoMerge" | "models">,
): Promise<void> {
  const armed = pull.auto_merge ?? null;
  if (!wanted && armed === null) return;
  try {
    await client.ensure(request, async () => {
      if (!wanted) {
        if (await isOurs(armed!.enabled_by)) await change(client, pull, "disablePullRequestAutoMerge", "");
        return;
      }
      if (armed !== null) return;
      const required = await readRequiredChecks(client, pull.base.ref);
      const own = models.map(({ model }) => checkName(model));
      if (required.includes(checkName(null)) || own.every((name) => required.includes(name))) {
        const method = await mergeMethod(client);
        await change(client, pull, "enablePullRequestAutoMerge", `, mergeMethod: ${method}`);
      } else {
        client.notice(
          `\`merge: auto\` is left to a person: ${pull.base.ref} requires neither the check "${checkName(null)}" nor ${own.map((name) => `"${name}"`).join(" and ")}, so GitHub would not wait for refit.`,
        );
      }
    });
  } catch (error) {
    client.notice(`Auto-merge of #${pull.number} could not be changed: ${(error as Error).message}`);
  }
}

async function change(client: Client, pull: Pull, mutation: string, more: string): Promise<void> {
  await client.graphql(
    `mutation ($id: ID!) { ${mutation}(input: { pullRequestId: $id${more} }) { clientMutationId } }`,
    { id: pull.node_id },
  );
}

/** Any will do; the repository may allow only some. */
async function mergeMethod({ rest, here }: Client): Promise<string> {
  const { data } = await rest.repos.get(here);
  if (data.allow_squash_merge !== false) return "SQUASH";
  return data.allow_merge_commit !== false ? "MERGE" : "REBASE";
}
