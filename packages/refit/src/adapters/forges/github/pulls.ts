import { ForgePermissionError, PullRequestsOffError } from "@refit/core/errors";
import { cutMarkdown } from "@refit/core/report";
import type { RestEndpointMethodTypes } from "@octokit/rest";
import type { ProposalRequest } from "../../../ports/forge.ts";
import type { Client } from "./client.ts";
import { isTransient, says, statusOf } from "./failures.ts";
import { mostCharacters } from "./limits.ts";
import { closedMarker } from "./marker.ts";

export type Pull = RestEndpointMethodTypes["pulls"]["list"]["response"]["data"][number];

const reading = { permission: "pull-requests: read", what: "list pull requests" } as const;
const opening = { permission: "pull-requests: write", what: "open the pull request" } as const;
const updating = { permission: "pull-requests: write", what: "update the pull request" } as const;

/** Pull requests of one of refit's branches into the base branch, newest first; the first page is plenty. */
export async function pullsOf(client: Client, branch: string, base: string, state: "open" | "all"): Promise<Pull[]> {
  const { here, rest } = client;
  const head = `${here.owner}:${branch}`;
  const { data } = await client.ask(reading, () => rest.pulls.list({ ...here, state, head, base, per_page: 30 }));
  return data
    .filter((pull) => pull.head.ref === branch && pull.head.label.toLowerCase() === head.toLowerCase())
    .sort((a, b) => b.number - a.number);
}

/**
 * The open pull request of a branch, opened if there is none. Two runs at once are told apart by GitHub: one of them
 * hears that there is one already.
 *
 * @param known whether there probably is one already.
 */
export async function ensurePull(client: Client, request: ProposalRequest, body: string, known: boolean) {
  const { branch, baseBranch } = request;
  let askFirst = known;
  let mayBeOurs = false;
  let asDraft = request.draft;
  return client.ensure(opening, async () => {
    if (askFirst) {
      const [found] = await pullsOf(client, branch, baseBranch, "open");
      if (found !== undefined) return { pull: found, created: mayBeOurs };
    }
    askFirst = true; // the answer of what follows may get lost
    try {
      return { pull: await create(client, request, body, asDraft), created: true };
    } catch (error) {
      mayBeOurs = isTransient(error);
      if (statusOf(error) === 422 && says(error, /draft/i) && asDraft) {
        asDraft = false; // private repositories on free plans have no drafts
        return { pull: await create(client, request, body, asDraft), created: true };
      }
      if (statusOf(error) === 422 && says(error, /already exists/i)) {
        const [found] = await pullsOf(client, branch, baseBranch, "open");
        if (found !== undefined) return { pull: found, created: false };
      }
      throw settingOff(client, request, error);
    }
  });
}

async function create({ rest, here }: Client, request: ProposalRequest, body: string, draft: boolean): Promise<Pull> {
  const { branch, baseBranch, title } = request;
  const { data } = await rest.pulls.create({ ...here, head: branch, base: baseBranch, title, body, draft });
  return data as unknown as Pull;
}

function settingOff(client: Client, { branch, baseBranch }: ProposalRequest, error: unknown): unknown {
  if (statusOf(error) !== 403 || !says(error, /not permitted to create or approve pull requests/i)) return error;
  const settings = `${homeUrl(client)}/settings/actions`;
  return new PullRequestsOffError(settings, branch, compareUrl(client, baseBranch, branch), { cause: error });
}

/** The page where a person can open the pull request of a pushed branch. */
export function compareUrl(client: Client, base: string, branch: string): string {
  return `${homeUrl(client)}/compare/${base}...${branch}?expand=1`;
}

/** A file as it was at a commit; it can be seen as long as the commit can be reached. */
export function fileUrl(client: Client, commit: string, path: string): string {
  return `${homeUrl(client)}/blob/${commit}/${path}`;
}

/** The page of the repository. */
export const homeUrl = ({ settings: { serverUrl, owner, repo } }: Client) => `${serverUrl}/${owner}/${repo}`;

/** Title and text as they should be; nothing is written when they are. @returns whether something was. */
export async function updateText(client: Client, pull: Pull, title: string, body: string): Promise<boolean> {
  if (pull.title === title && sameText(pull.body, body)) return false;
  await client.ask(updating, () => client.rest.pulls.update({ ...client.here, pull_number: pull.number, title, body }));
  return true;
}

/** Draft or ready. Not every token may change it, and the check says the same. */
export async function ensureDraft(client: Client, pull: Pull, draft: boolean): Promise<boolean> {
  if ((pull.draft ?? false) === draft) return false;
  const change = draft ? "convertPullRequestToDraft" : "markPullRequestReadyForReview";
  try {
    await client.ensure(updating, () =>
      client.graphql(`mutation ($id: ID!) { ${change}(input: { pullRequestId: $id }) { clientMutationId } }`, {
        id: pull.node_id,
      }),
    );
    return true;
  } catch (error) {
    client.notice(
      `#${pull.number} could not be made ${draft ? "a draft" : "ready for review"}: ${(error as Error).message}`,
    );
    return false;
  }
}

/** A label to filter by. Nothing rests on it. */
export async function addLabel(client: Client, number: number): Promise<void> {
  try {
    await client.ensure(updating, () =>
      client.rest.issues.addLabels({ ...client.here, issue_number: number, labels: ["refit"] }),
    );
  } catch (error) {
    if (error instanceof ForgePermissionError) return;
    client.notice(`#${number} could not be labelled: ${(error as Error).message}`);
  }
}

/** Closed and marked as closed by us in one request, so that no kill in between makes it look declined. */
export async function closePull(client: Client, pull: Pull, sentence: string): Promise<void> {
  const text = `${closedMarker}\n> **Closed by refit**: ${sentence}\n\n${pull.body ?? ""}`;
  const body = cutMarkdown(text, mostCharacters, null);
  await client.ask(updating, () =>
    client.rest.pulls.update({ ...client.here, pull_number: pull.number, state: "closed", body }),
  );
}

/** True if a user with write access approved and the approval was not dismissed. */
export async function isApproved(client: Client, number: number): Promise<boolean> {
  const reviews = await client.ask(reading, () =>
    client.paginate(client.rest.pulls.listReviews, { ...client.here, pull_number: number, per_page: 100 }),
  );
  const latest = new Map<string, string>();
  for (const { user, state, author_association: role } of reviews) {
    const hasSay = ["OWNER", "MEMBER", "COLLABORATOR"].includes(role);
    if (user && hasSay && state !== "COMMENTED") latest.set(user.login, state);
  }
  return [...latest.values()].includes("APPROVED");
}

/** GitHub gives line ends back as they came, browsers send others. */
const sameText = (a: string | null, b: string) => (a ?? "").replaceAll("\r\n", "\n").trimEnd() === b.trimEnd();
