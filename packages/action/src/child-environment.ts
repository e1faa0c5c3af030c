export type Environment = Readonly<Record<string, string | undefined>>;

/** Variables by which a child could speak as this job, or write into what the runner reads. */
const secret =
  /^(INPUT_|STATE_|ACTIONS_|GITHUB_TOKEN$|GH_TOKEN$|REFIT_TOKEN$|NODE_OPTIONS$|GITHUB_(ENV|PATH|OUTPUT|STATE|STEP_SUMMARY)$)/i;

/** The environment without the job's tokens and file commands. */
export function withoutSecrets(env: Environment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined && !secret.test(entry[0])),
  );
}

/** As `refit` gets it: our token by its own name, and nothing else that could write. */
export function refitEnvironment(env: Environment, token: string | null): Record<string, string> {
  return { ...withoutSecrets(env), ...(token === null ? {} : { REFIT_TOKEN: token }) };
}
