import { ForgePermissionError } from "@refit/core/errors";
import type { Client } from "../client.ts";
import type { IsOurs } from "../own-author.ts";
import { homeUrl } from "../pulls.ts";
import type { BranchFacts, ForgeFacts } from "./forge-facts.ts";

/** Rules by GitHub's type that may refuse a push to a branch of refit's own, in words. */
const obstructions: Readonly<Record<string, string>> = {
  creation: "creation is restricted",
  update: "updates are restricted",
  pull_request: "a pull request is required",
  required_status_checks: "status checks are required",
  required_signatures: "signed commits are required",
  branch_name_pattern: "branch names are restricted",
  commit_message_pattern: "commit messages are restricted",
  commit_author_email_pattern: "authors are restricted",
  committer_email_pattern: "committers are restricted",
};

type Rules = Awaited<ReturnType<Client["rest"]["repos"]["getBranchRules"]>>["data"];

/**
 * Reads, for `doctor`, what the token may read of the repository's settings. Changes nothing.
 *
 * @param about the base branch, branches of refit's own, and workflow files by path.
 */
export async function readFacts(
  client: Client,
  isOurs: IsOurs,
  about: { readonly baseBranch: string; readonly branches: readonly string[]; readonly workflows: readonly string[] },
): Promise<ForgeFacts> {
  const { here, rest } = client;
  const { baseBranch, branches, workflows } = about;
  const unseen: string[] = [];
  /** @returns `null` where the token may not look; 404 is GitHub's word for that as well. */
  async function ask<T>(what: string, permission: string, run: () => Promise<T>): Promise<T | null> {
    try {
      return await client.ask({ permission, what: `read ${what}` }, run);
    } catch (error) {
      if (!(error instanceof ForgePermissionError)) throw error;
      unseen.push(`${what} (${permission})`);
      return null;
    }
  }

  const repository = await ask("the repository", "metadata: read", () => rest.repos.get(here));
  const baseRules = await ask("rules of branches", "metadata: read", () => rulesOf(client, baseBranch));
  const listing = await ask("whether workflows are turned off", "actions: read", () =>
    client.paginate(rest.actions.listRepoWorkflows, { ...here, per_page: 100 }),
  );
  const stopped = (listing ?? []).filter(({ path, state }) => workflows.includes(path) && state !== "active");
  return {
    settingsUrl: `${homeUrl(client)}/settings`,
    mayOpenPulls: await mayOpenPulls(client, isOurs),
    autoMerge: repository?.data.allow_auto_merge ?? null,
    base: await branchFacts(client, baseBranch, baseRules, unseen),
    obstructed: baseRules === null ? new Map() : await obstructed(client, branches),
    disabled: new Map(stopped.map(({ path, state }) => [path, state])),
    unseen,
  };
}

/** By rulesets: of the repository, its organisation and its enterprise. */
async function rulesOf({ rest, here, paginate, ask }: Client, branch: string): Promise<Rules> {
  const request = { permission: "metadata: read", what: `read the rules of ${branch}` };
  return ask(request, () => paginate(rest.repos.getBranchRules, { ...here, branch, per_page: 100 }));
}

/** Rulesets add up with the older branch protection, of which little shows without administration rights. */
async function branchFacts(
  { rest, here, ask }: Client,
  branch: string,
  rules: Rules | null,
  unseen: string[],
): Promise<BranchFacts> {
  const request = { permission: "contents: read", what: `read the branch ${branch}` };
  const { data } = await ask(request, () => rest.repos.getBranch({ ...here, branch }));
  const byRules = new Set((rules ?? []).map((rule) => rule.type));
  // Rulesets set `protected`, too.
  const classic = data.protected && data.protection?.enabled === true;
  const details = classic
    ? await rest.repos.getBranchProtection({ ...here, branch }).then(
        (answer) => answer.data,
        () => null,
      )
    : null;
  if (classic && details === null) unseen.push(`the older branch protection of ${branch} (administration: read)`);
  const unknown = rules === null || (classic && details === null);
  const told = (held: boolean) => (held ? true : unknown ? null : false);

  const reviews = details?.required_pull_request_reviews;
  const pullRules = (rules ?? []).flatMap((rule) => (rule.type === "pull_request" ? [rule.parameters] : []));
  const checkRules = (rules ?? []).flatMap((rule) =>
    rule.type === "required_status_checks" ? (rule.parameters?.required_status_checks ?? []) : [],
  );
  const { enforcement_level: level, contexts = [] } = data.protection?.required_status_checks ?? {};
  return {
    pullRequest: told(byRules.has("pull_request") || reviews !== undefined),
    codeOwnerReview: told(
      pullRules.some((rule) => rule?.require_code_owner_review) || reviews?.require_code_owner_reviews === true,
    ),
    dismissesStale: told(
      pullRules.some((rule) => rule?.dismiss_stale_reviews_on_push) || reviews?.dismiss_stale_reviews === true,
    ),
    refusesForce: told(byRules.has("non_fast_forward") || details?.allow_force_pushes?.enabled === false),
    // The older branch protection does not tell of its queue.
    mergeQueue: told(byRules.has("merge_queue")),
    checks: rules === null ? null : [...checkRules.map(({ context }) => context), ...(level === "off" ? [] : contexts)],
  };
}

async function obstructed(
  client: Client,
  branches: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, readonly string[]>();
  for (const branch of branches) {
    const rules = await rulesOf(client, branch);
    const words = rules.flatMap(({ type }) => {
      // Only the ledger is never forced.
      if (type === "non_fast_forward") return branch === "refit-ledger" ? [] : ["forced pushes are blocked"];
      return obstructions[type] ?? [];
    });
    if (words.length > 0) found.set(branch, [...new Set(words)]);
  }
  return found;
}

const actionsBot = { login: "github-actions[bot]" };

/** The setting binds the workflow's own token only. Where it cannot be read, a pull request that was opened tells. */
async function mayOpenPulls(client: Client, isOurs: IsOurs): Promise<boolean | null> {
  const { rest, here, ask } = client;
  if (!(await isOurs(actionsBot))) return true;
  const setting = await rest.actions.getGithubActionsDefaultWorkflowPermissionsRepository(here).then(
    ({ data }) => data.can_approve_pull_request_reviews,
    () => null,
  );
  if (setting !== null) return setting;
  const request = { permission: "pull-requests: read", what: "read pull requests" };
  const { data } = await ask(request, () => rest.pulls.list({ ...here, state: "all", per_page: 100 }));
  const opened = data.some(({ user, head }) => user?.login === actionsBot.login && head.ref.startsWith("refit"));
  return opened ? true : null;
}
