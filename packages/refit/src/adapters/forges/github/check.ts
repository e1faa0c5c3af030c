import { cutMarkdown } from "@refit/core/report";
import type { CheckRequest } from "../../../ports/forge.ts";
import type { Client } from "./client.ts";
import { statusOf } from "./failures.ts";
import { longestDescription, longestSummary } from "./limits.ts";

/** A check whose commit is known. */
export type Check = Omit<CheckRequest, "head" | "ifRequiredOn"> & { readonly head: string };

/** @param model `null`: of all models together, the one that a ruleset can require whatever models there are. */
export const checkName = (model: string | null) => (model === null ? "refit" : `refit / ${model}`);

/** How a check run of refit's begins its external id, so that a job of the same name is not taken for it. */
const ownId = (model: string | null) => `${model ?? "all models"}:`;

/** Checks on commits, by a token that may perhaps make none. */
export interface Checks {
  /**
   * One check run of this name on the commit, or, where the token may not make any, a commit status.
   *
   * @returns whether something was written. @throws ForgeUnavailableError, never for a missing right: a notice says that.
   */
  ensure(check: Check): Promise<boolean>;
  /**
   * Whether these checks are on the commit, by model: the last thing that a proposal gets. A token that may read
   * none could not have made one either, so there they are not missed.
   */
  areOn(head: string, models: Check["model"][]): Promise<boolean>;
}

/**
 * A refused right is not tried twice in a run: it does not depend on the check, and with many required ones that would be
 * four calls for each of them on each proposal.
 *
 * The next run tries again, for no call tells whether the right is there by now. That costs a night 13 calls where one with
 * the right needs 5 (pull requests, reviews, branch, check runs, alerts). The other 8: the statuses that may be there instead;
 * pull request, comments and whose token it is, which show that nothing but the check is missing; and for a check run and a
 * status each a look and an attempt. The looks stay: what another run posts meanwhile would be there twice.
 */
export function githubChecks(client: Client): Checks {
  const refused = { checkRun: false, status: false };
  const ways = [
    { right: "checkRun", permission: "checks: write", write: ensureCheckRun },
    { right: "status", permission: "checks: write (or statuses: write)", write: ensureStatus },
  ] as const;

  async function ensure(check: Check): Promise<boolean> {
    for (const { right, permission, write } of ways) {
      if (refused[right]) continue;
      try {
        return await client.ensure({ permission, what: "post the check" }, () => write(client, check));
      } catch (error) {
        if (!isForbidden(error)) throw error;
        // 404 may also mean that not all of GitHub's servers have this commit yet.
        refused[right] = causeOf(error) === 403;
        if (right === "status") sayMissing(check, error as Error);
      }
    }
    return false;
  }

  function sayMissing({ model }: Check, { message }: Error): void {
    const others = refused.checkRun && refused.status ? " No other check is tried in this run." : "";
    client.notice(`The check "${checkName(model)}" could not be posted: ${message}${others}`);
  }

  return { ensure, areOn: (head, models) => hasChecks(client, head, models) };
}

async function hasChecks(client: Client, head: string, models: Check["model"][]): Promise<boolean> {
  const { here, rest, paginate } = client;
  try {
    const runs = await client.ask(reading, () =>
      paginate(rest.checks.listForRef, { ...here, ref: head, per_page: 100 }),
    );
    const without = models.filter(
      (model) => !runs.some((run) => run.name === checkName(model) && run.external_id?.startsWith(ownId(model))),
    );
    if (without.length === 0) return true;
    const statuses = await client.ask(reading, () =>
      paginate(rest.repos.listCommitStatusesForRef, { ...here, ref: head, per_page: 100 }),
    );
    return without.every((model) => statuses.some((status) => status.context === checkName(model)));
  } catch (error) {
    if (isForbidden(error)) return true;
    throw error;
  }
}

const reading = { permission: "checks: read", what: "read the checks" } as const;

async function ensureCheckRun({ rest, here }: Client, check: Check): Promise<boolean> {
  const { head, conclusion } = check;
  const name = checkName(check.model);
  const external = `${ownId(check.model)}${check.inputDigest ?? "unchanged"}`;
  const output = { title: titleOf(check), summary: cutMarkdown(check.summary, longestSummary, null) };
  const { data } = await rest.checks.listForRef({ ...here, ref: head, check_name: name, filter: "latest" });
  const before = data.check_runs.find((run) => run.external_id?.startsWith(ownId(check.model)));
  if (before === undefined) {
    const status = "completed" as const;
    await rest.checks.create({ ...here, head_sha: head, name, external_id: external, status, conclusion, output });
    return true;
  }
  const same =
    before.external_id === external &&
    before.conclusion === conclusion &&
    before.output.title === output.title &&
    before.output.summary === output.summary;
  if (same) return false;
  await rest.checks.update({ ...here, check_run_id: before.id, external_id: external, conclusion, output });
  return true;
}

/** A commit status has no neutral: what a person may merge must not hold the merge back. */
async function ensureStatus({ rest, here }: Client, check: Check): Promise<boolean> {
  const { model, head, conclusion } = check;
  const context = checkName(model);
  const state = conclusion === "failure" ? "failure" : "success";
  const description = titleOf(check).slice(0, longestDescription);
  const { data } = await rest.repos.listCommitStatusesForRef({ ...here, ref: head, per_page: 100 });
  const newest = data.find((status) => status.context === context);
  if (newest?.state === state && newest.description === description) return false;
  await rest.repos.createCommitStatus({ ...here, sha: head, context, state, description });
  return true;
}

/** What a conclusion means, in one line. */
export const conclusionTitles = {
  success: "The evidence supports it",
  neutral: "Undecided: a person may merge it",
  failure: "This must not be merged",
} as const;

const titleOf = ({ title, conclusion }: Check) => title ?? conclusionTitles[conclusion];

/** What the token may not do; a commit that GitHub does not know is 422 and no such thing. */
function isForbidden(error: unknown): boolean {
  const status = causeOf(error);
  return status === 403 || status === 404;
}

const causeOf = (error: unknown) => statusOf((error as { cause?: unknown }).cause ?? {});
