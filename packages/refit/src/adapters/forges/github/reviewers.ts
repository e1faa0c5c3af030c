import { ForgeUnavailableError } from "@refit/core/errors";
import type { Client } from "./client.ts";
import { says, statusOf } from "./failures.ts";
import type { Pull } from "./pulls.ts";

const request = { permission: "pull-requests: write", what: "ask for a review" } as const;

/**
 * Asks each reviewer once in the life of a pull request: who was asked before, and was removed or has answered since, is
 * not asked again. Nothing rests on it, so what GitHub refuses is a notice.
 *
 * @param wanted logins, and teams as `<organisation>/<team>`.
 * @param isNew whether nobody can have been asked yet.
 */
export async function ensureReviewers(
  client: Client,
  pull: Pull,
  wanted: readonly string[],
  isNew: boolean,
): Promise<void> {
  const author = pull.user?.login.toLowerCase();
  const candidates = wanted.filter((name) => name.toLowerCase() !== author);
  if (candidates.length === 0) return;
  const ask = async (name: string) => {
    const asked = isNew ? new Set<string>() : await askedBefore(client, pull.number);
    if (!asked.has(name.toLowerCase())) await askFor(client, pull.number, name);
  };
  for (const name of candidates) {
    try {
      await client.ensure(request, () => ask(name));
    } catch (error) {
      client.notice(`${name} could not be asked to review #${pull.number}: ${(error as Error).message}${advice(name)}`);
    }
  }
}

async function askFor({ rest, here }: Client, number: number, name: string): Promise<void> {
  const [, team] = name.split("/");
  const reviewers = team === undefined ? { reviewers: [name] } : { team_reviewers: [team] };
  try {
    await rest.pulls.requestReviewers({ ...here, pull_number: number, ...reviewers });
  } catch (error) {
    // So GitHub speaks of a pull request that not all of its servers have seen yet, and of a team that the token may not see.
    const tooEarly = team === undefined && statusOf(error) === 422 && says(error, /could not resolve to a node/i);
    throw tooEarly ? new ForgeUnavailableError((error as Error).message, { cause: error }) : error;
  }
}

/** In small letters: who was ever asked, by anybody, and who has reviewed without being asked. */
async function askedBefore({ paginate, rest, here }: Client, number: number): Promise<ReadonlySet<string>> {
  const [events, reviews] = await Promise.all([
    paginate(rest.issues.listEvents, { ...here, issue_number: number, per_page: 100 }),
    paginate(rest.pulls.listReviews, { ...here, pull_number: number, per_page: 100 }),
  ]);
  const asked = events.flatMap((event) => {
    if (event.event !== "review_requested") return [];
    const { requested_reviewer: person, requested_team: team } = event as Requested;
    return [person?.login, team && `${here.owner}/${team.slug}`];
  });
  const names = [...asked, ...reviews.map(({ user }) => user?.login)];
  return new Set(names.flatMap((name) => (name ? [name.toLowerCase()] : [])));
}

interface Requested {
  readonly requested_reviewer?: { readonly login: string };
  readonly requested_team?: { readonly slug: string };
}

function advice(name: string): string {
  return name.includes("/")
    ? " A workflow's own token cannot ask teams: use a GitHub App's token, or name the team in CODEOWNERS."
    : "";
}
