import { childEnvironment, withoutSecrets } from "@refit/core/errors";

type Variables = Readonly<Record<string, string | undefined>>;

/** What git, and what git starts, gets to see. */
export interface GitEnvironments {
  /** For what happens on this machine, with the repository's filters. */
  readonly local: Readonly<Record<string, string>>;
  /** For a remote over HTTP: git sends the credentials itself, and asks no helper of the user's for any. */
  readonly http: Readonly<Record<string, string>>;
  /** For a remote that another program reaches, such as ssh: it gets no credentials of ours. */
  readonly other: Readonly<Record<string, string>>;
}

/**
 * Without credentials of refit's, a remote is reached as the user would reach it by hand, with all variables that a helper
 * of theirs may need, except for those of refit and of the runner.
 */
export function gitEnvironments(env: Variables, credentials: Readonly<Record<string, string>>): GitEnvironments {
  const own = untied(env);
  const local = { ...childEnvironment(own, [/^GIT_/, ...namedIn(env["REFIT_GIT_ENV"])]), ...steadyVariables };
  const hasLogin = Object.keys(credentials).length > 0;
  const other = { ...silenceLimit, ...(hasLogin ? local : { ...asByHand(own), ...steadyVariables }) };
  return { local, http: { ...other, ...credentials }, other };
}

/** Names of variables that the user's filters and helpers need besides, separated by blanks or commas. */
function namedIn(names = ""): RegExp[] {
  return [...names.matchAll(/\w+/g)].map(([name]) => new RegExp(`^${name}$`));
}

/** Tokens that people use with git themselves stay. */
function asByHand(env: Variables): Record<string, string> {
  const hosts = Object.entries(env).filter(([name]) => /^(?:GH|GITHUB|GITLAB|GITEA|FORGEJO)_\w*TOKEN$/.test(name));
  return { ...withoutSecrets(env), ...(Object.fromEntries(hosts) as Record<string, string>) };
}

/** A server that sends nothing for this many seconds is given up; git alone would wait for ever. */
const silenceLimit = { GIT_HTTP_LOW_SPEED_LIMIT: "1", GIT_HTTP_LOW_SPEED_TIME: "120" };

const steadyVariables = {
  LC_ALL: "C",
  GIT_TERMINAL_PROMPT: "0",
  GIT_OPTIONAL_LOCKS: "0",
  GIT_LITERAL_PATHSPECS: "1",
  GIT_NO_REPLACE_OBJECTS: "1",
};

/** What ties git to a repository, or contradicts what is set above. */
const leftOut = new Set([
  "GIT_ALTERNATE_OBJECT_DIRECTORIES",
  "GIT_ATTR_SOURCE",
  "GIT_COMMON_DIR",
  "GIT_CONFIG",
  "GIT_DIR",
  "GIT_EXTERNAL_DIFF",
  "GIT_GLOB_PATHSPECS",
  "GIT_GRAFT_FILE",
  "GIT_ICASE_PATHSPECS",
  "GIT_IMPLICIT_WORK_TREE",
  "GIT_INDEX_FILE",
  "GIT_INTERNAL_SUPER_PREFIX",
  "GIT_NAMESPACE",
  "GIT_NOGLOB_PATHSPECS",
  "GIT_OBJECT_DIRECTORY",
  "GIT_PREFIX",
  "GIT_QUARANTINE_PATH",
  "GIT_REPLACE_REF_BASE",
  "GIT_SHALLOW_FILE",
  "GIT_WORK_TREE",
]);

/** Without what is not set, and what a hook or an alias hands on. */
function untied(env: Variables): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined && !leftOut.has(entry[0])),
  );
}
