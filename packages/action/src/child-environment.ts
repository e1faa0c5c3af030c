import { withoutSecrets } from "@refit/core/errors";

export type ProcessEnvironment = Readonly<Record<string, string | undefined>>;

/** Variables by which a child could write into what the runner reads, or run code inside of every Node that it starts. */
const writesToTheRunner = /^(?:NODE_OPTIONS|GITHUB_(?:ENV|PATH|OUTPUT|STATE|STEP_SUMMARY))$/i;

/** The environment without the job's tokens and file commands. */
export function harmlessEnvironment(env: ProcessEnvironment): Record<string, string> {
  return Object.fromEntries(Object.entries(withoutSecrets(env)).filter(([name]) => !writesToTheRunner.test(name)));
}

/** As `refit` gets it: our token by its own name, and nothing else that could write. */
export function refitEnvironment(env: ProcessEnvironment, token: string | null): Record<string, string> {
  return { ...harmlessEnvironment(env), ...(token === null ? {} : { REFIT_TOKEN: token }) };
}
