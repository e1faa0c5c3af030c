import type { Review } from "@refit/core/decide";
import type { PullReviews, Reviews } from "../../../ports/forge.ts";
import type { Client } from "./client.ts";
import { statusOf } from "./failures.ts";

const reading = { permission: "pull-requests: read", what: "read the reviews of the pull request" } as const;
const looking = { permission: "metadata: read", what: "see who may write to the repository" } as const;

/** What people said in the pull request of a commit. */
export function githubReviews(client: Client): Reviews {
  return {
    async of(commit, teams) {
      const pull = await pullOfCommit(client, commit);
      if (pull === null) return null;
      const [reviews, authors] = await Promise.all([lastWords(client, pull.number), authorsOf(client, pull)]);
      const members = teams.map(async (team) => [team, await membersOf(client, team)] as const);
      return { ...pull, authors, reviews, teams: new Map(await Promise.all(members)) };
    },
  };
}

type ReviewedPull = Pick<PullReviews, "commit" | "number" | "url"> & { readonly opener: string | null };

/** The pull request that would bring the commit, or has brought it; `null`: none. */
async function pullOfCommit({ ask, paginate, rest, here }: Client, commit: string): Promise<ReviewedPull | null> {
  const pulls = await ask(reading, () =>
    paginate(rest.repos.listPullRequestsAssociatedWithCommit, { ...here, commit_sha: commit, per_page: 100 }),
  );
  const isMerged = ({ merged_at: at }: (typeof pulls)[number]) => at !== null;
  const found =
    pulls.find(({ head, state }) => head.sha === commit && state === "open") ??
    pulls.find((pull) => isMerged(pull) && (pull.merge_commit_sha === commit || pull.head.sha === commit));
  if (found === undefined) return null;
  const { head, number, html_url: url, user } = found;
  return { commit: head.sha, number, url, opener: user?.login ?? null };
}

/** The last review of each person that says something. */
async function lastWords(client: Client, number: number): Promise<Review[]> {
  const { ask, paginate, rest, here } = client;
  const reviews = await ask(reading, () =>
    paginate(rest.pulls.listReviews, { ...here, pull_number: number, per_page: 100 }),
  );
  const last = new Map<string, Omit<Review, "mayWrite">>();
  for (const { user, state, commit_id: commit } of reviews) {
    const word = words[state];
    if (user && word !== undefined) last.set(user.login, { login: user.login, word, commit: commit ?? null });
  }
  return Promise.all(
    [...last.values()].map(async (each) => ({ ...each, mayWrite: await mayWrite(client, each.login) })),
  );
}

const words: Readonly<Record<string, Review["word"]>> = {
  APPROVED: "approved",
  CHANGES_REQUESTED: "changes-requested",
  DISMISSED: "dismissed",
};

async function mayWrite({ ask, rest, here }: Client, login: string): Promise<boolean> {
  try {
    const { data } = await ask(looking, () => rest.repos.getCollaboratorPermissionLevel({ ...here, username: login }));
    return ["admin", "maintain", "write"].includes(data.permission);
  } catch (error) {
    if (statusOf((error as { cause?: unknown }).cause ?? {}) === 404) return false;
    throw error;
  }
}

/** Who opened it, and authors and committers of its commits. GitHub itself commits what people do in a browser. */
async function authorsOf(
  { ask, paginate, rest, here }: Client,
  { number, opener }: ReviewedPull,
): Promise<(string | null)[]> {
  const commits = await ask(reading, () =>
    paginate(rest.pulls.listCommits, { ...here, pull_number: number, per_page: 100 }),
  );
  const people = commits.flatMap(({ author, committer }) => [author?.login ?? null, committer?.login ?? null]);
  return [...new Set([opener, ...people])].filter((login) => login !== "web-flow");
}

/** `null`: this token may not see them. */
async function membersOf({ ask, paginate, rest }: Client, team: string): Promise<readonly string[] | null> {
  const [org = "", slug = ""] = team.split("/");
  try {
    const members = await ask({ permission: "members: read", what: `see who is in ${team}` }, () =>
      paginate(rest.teams.listMembersInOrg, { org, team_slug: slug, per_page: 100 }),
    );
    return members.map(({ login }) => login);
  } catch (error) {
    if ([401, 403, 404].includes(statusOf((error as { cause?: unknown }).cause ?? {}) ?? 0)) return null;
    throw error;
  }
}
