import { cutMarkdown } from "@refit/core/report";
import type { CheckRequest } from "../../../ports/forge.ts";
import type { Client } from "./client.ts";
import { statusOf } from "./failures.ts";
import { longestDescription, longestSummary } from "./limits.ts";

/** A check whose commit is known. */
export type Check = Omit<CheckRequest, "head"> & { readonly head: string };

export const checkName = (model: string) => `refit / ${model}`;

const request = { permission: "checks: write", what: "post the check" } as const;

/**
 * One check run of this name on the commit, or, where the token may not make any, a commit status.
 *
 * @returns whether one is there. @throws ForgeUnavailableError, never for a missing right: a notice says that.
 */
export async function ensureCheck(client: Client, check: Check): Promise<boolean> {
  try {
    await client.ensure(request, () => ensureCheckRun(client, check));
    return true;
  } catch (error) {
    if (!isForbidden(error)) throw error;
  }
  const statuses = { permission: "checks: write (or statuses: write)", what: "post the check" };
  try {
    await client.ensure(statuses, () => ensureStatus(client, check));
    return true;
  } catch (error) {
    if (!isForbidden(error)) throw error;
    client.notice(`The check "${checkName(check.model)}" could not be posted: ${(error as Error).message}`);
    return false;
  }
}

/**
 * Whether the checks of all these models are on the commit: the last thing that a proposal gets. A token that may read
 * none could not have made one either, so there they are not missed.
 */
export async function hasChecks(client: Client, head: string, models: readonly string[]): Promise<boolean> {
  const { here, rest, paginate } = client;
  try {
    const runs = await client.ask(reading, () =>
      paginate(rest.checks.listForRef, { ...here, ref: head, per_page: 100 }),
    );
    const without = models.filter(
      (model) => !runs.some((run) => run.name === checkName(model) && run.external_id?.startsWith(`${model}:`)),
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

async function ensureCheckRun({ rest, here }: Client, check: Check): Promise<void> {
  const { head, conclusion } = check;
  const name = checkName(check.model);
  const external = `${check.model}:${check.inputDigest ?? "unchanged"}`;
  const output = { title: titleOf(check), summary: cutMarkdown(check.summary, longestSummary, null) };
  const { data } = await rest.checks.listForRef({ ...here, ref: head, check_name: name, filter: "latest" });
  const before = data.check_runs.find((run) => run.external_id?.startsWith(`${check.model}:`));
  if (before === undefined) {
    const status = "completed" as const;
    await rest.checks.create({ ...here, head_sha: head, name, external_id: external, status, conclusion, output });
    return;
  }
  const same =
    before.external_id === external &&
    before.conclusion === conclusion &&
    before.output.title === output.title &&
    before.output.summary === output.summary;
  if (same) return;
  await rest.checks.update({ ...here, check_run_id: before.id, external_id: external, conclusion, output });
}

/** A commit status has no neutral: what a person may merge must not hold the merge back. */
async function ensureStatus({ rest, here }: Client, check: Check): Promise<void> {
  const { model, head, conclusion } = check;
  const context = checkName(model);
  const state = conclusion === "failure" ? "failure" : "success";
  const description = titleOf(check).slice(0, longestDescription);
  const { data } = await rest.repos.listCommitStatusesForRef({ ...here, ref: head, per_page: 100 });
  const newest = data.find((status) => status.context === context);
  if (newest?.state === state && newest.description === description) return;
  await rest.repos.createCommitStatus({ ...here, sha: head, context, state, description });
}

const titles = {
  success: "The evidence supports it",
  neutral: "Undecided: a person may merge it",
  failure: "This must not be merged",
} as const;

const titleOf = ({ title, conclusion }: Check) => title ?? titles[conclusion];

/** What the token may not do; a commit that GitHub does not know is 422 and no such thing. */
function isForbidden(error: unknown): boolean {
  const status = statusOf((error as { cause?: unknown }).cause ?? {});
  return status === 403 || status === 404;
}
