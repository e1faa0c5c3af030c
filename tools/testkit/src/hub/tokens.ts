import { everywhere, readPermissions, workflowPermissions, type Actor, type Permissions } from "./actors.ts";

/** Tokens of every hub; each can be told apart in a log. */
export const tokens = {
  /** `GITHUB_TOKEN` of a job: github-actions[bot]. */
  bot: "ghs_7_hub.bot-workflow-token-00000000000000000000",
  /** A personal access token of ada, who maintains the repository. */
  person: "github_pat_hub_person_0000000000000000000000",
  /** A job's token with `permissions: read-all`. */
  readOnly: "ghs_7_hub.read-only-token-0000000000000000000000",
  /** The token of a run that a fork's pull request started. */
  fork: "ghs_7_hub.fork-token-0000000000000000000000000000",
  /** Installation token of the GitHub App refit-app; what it does starts workflows. */
  app: "ghs_8_hub.app-installation-token-000000000000000",
  /** A personal access token of lin, who reviews and may write. */
  reviewer: "github_pat_hub_reviewer_00000000000000000000",
  /** A personal access token of mallory: reads, comments, opens issues, and owns the fork. */
  stranger: "github_pat_hub_stranger_00000000000000000000",
} as const;

export type TokenName = keyof typeof tokens;

export function initialActors(): Map<string, Actor> {
  const bot = { login: "github-actions[bot]", id: 41_898_282, kind: "workflow" } as const;
  const held: Readonly<Record<TokenName, Actor>> = {
    bot: { ...bot, permissions: workflowPermissions },
    person: { login: "ada", id: 101, kind: "pat", permissions: everywhere("write") },
    readOnly: { ...bot, permissions: readPermissions },
    fork: { ...bot, permissions: readPermissions },
    app: { login: "refit-app[bot]", id: 202, kind: "app", permissions: workflowPermissions },
    reviewer: { login: "lin", id: 303, kind: "pat", permissions: everywhere("write") },
    stranger: { login: "mallory", id: 666, kind: "pat", permissions: { ...readPermissions, issues: "write" } },
  };
  return new Map(Object.entries(held).map(([name, actor]) => [tokens[name as TokenName], actor]));
}

/** Who owns the one fork. */
export const forkOwner = "mallory";

/** What `permissions:` of a job grants: what is not named is `none`. */
export function grant(actors: ReadonlyMap<string, Actor>, token: string, permissions: Permissions): void {
  const actor = actors.get(token);
  if (actor === undefined) throw new Error("nobody holds this token");
  actor.permissions = permissions;
}
