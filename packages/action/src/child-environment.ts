import { childEnvironment } from "@refit/core/errors";

export type ProcessEnvironment = Readonly<Record<string, string | undefined>>;

/** What a workflow run tells about itself, without the files by which a step speaks to the runner. */
const ofTheRun = [/^CI$/, /^GITHUB_(?!(?:ENV|PATH|OUTPUT|STATE|STEP_SUMMARY)$)\w+$/, /^RUNNER_\w+$/];

/** Settings of git, of the learners' libraries and of Nx, and what a filter of git needs by the user's word. */
const ofTheWork = [/^GIT_\w+$/, /^REFIT_\w+$/, /^(?:CUDA|OMP|OPENBLAS|MKL|TF|NX)_\w+$/];

/** npm logs in to a registry with these; it runs no code of a package. */
const ofNpm = [/^npm_config_\S+$/i, /^(?:NPM_TOKEN|NODE_AUTH_TOKEN)$/];

/** Secrets that are for `refit`, and that it gives to no other program. */
const ofAlerts = ["REFIT_WEBHOOK_URL", "REFIT_WEBHOOK_SECRET"];

/** As `refit` gets it: our token by its own name, and nothing else with which it could write. */
export function refitEnvironment(env: ProcessEnvironment, token: string | null): Record<string, string> {
  const named = [...namedIn(env["REFIT_GIT_ENV"]), ...namedIn(env["REFIT_SOURCE_ENV"])];
  const own = childEnvironment(env, [...ofTheRun, ...ofTheWork, ...named]);
  const announced = ofAlerts.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]] as const]));
  return { ...own, ...Object.fromEntries(announced), ...(token !== null && { REFIT_TOKEN: token }) };
}

/** As npm gets it, to install what a lockfile holds. */
export function npmEnvironment(env: ProcessEnvironment): Record<string, string> {
  return childEnvironment(env, [/^CI$/, ...ofNpm]);
}

/** What a workflow names for git's filters, which refit hands on to git, and for remote data, which refit keeps to itself. */
function namedIn(names = ""): RegExp[] {
  return [...names.matchAll(/\w+/g)].map(([name]) => new RegExp(`^${name}$`));
}
