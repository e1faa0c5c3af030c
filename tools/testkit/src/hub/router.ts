import type { Actor, Need } from "./actors.ts";
import type { Reply } from "./reply.ts";
import type { World } from "./world.ts";

export interface Call {
  readonly world: World;
  /** `null`: no token, on a public repository. */
  readonly actor: Actor | null;
  /** Decoded parts of the path, by the names in the pattern. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The JSON body; empty for none. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly bytes: Uint8Array;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Absolute, for `Link` headers. */
  readonly url: URL;
}

export interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  readonly need: Need;
  run(call: Call): Promise<Reply>;
}

/**
 * One call of the REST API. In `path`, `:name` is one segment and `*name` the rest; segments may hold
 * encoded slashes, as octokit sends branch names.
 */
export function route(method: string, path: string, need: Need, run: (call: Call) => Promise<Reply> | Reply): Route {
  const source = path
    .replaceAll(".", "\\.")
    .replaceAll(/:(\w+)/g, "(?<$1>[^/]+)")
    .replaceAll(/\*(\w+)/g, "(?<$1>.+)");
  return { method, pattern: new RegExp(`^${source}$`), need, run: async (call) => run(call) };
}

/** A route below `/repos/<owner>/<name>`. */
export function repositoryRoute(
  method: string,
  path: string,
  need: Need,
  run: (call: Call) => Promise<Reply> | Reply,
): Route {
  return route(method, `/repos/:owner/:repo${path}`, need, run);
}

export function match(
  routes: readonly Route[],
  method: string,
  path: string,
): { readonly route: Route; readonly params: Record<string, string> } | null {
  for (const candidate of routes) {
    if (candidate.method !== method) continue;
    const groups = candidate.pattern.exec(path)?.groups;
    if (groups === undefined && !candidate.pattern.test(path)) continue;
    const params = Object.fromEntries(
      Object.entries(groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]),
    );
    return { route: candidate, params };
  }
  return null;
}

const knownQuery = new Set(
  "base check_name creator direction environment expand filter head label labels name page path per_page raw recursive ref sha state task".split(
    " ",
  ),
);

/** A parameter that no route reads: passing it over in silence would answer another question. */
export function strayParameter(query: URLSearchParams): string | undefined {
  return [...query.keys()].find((name) => !knownQuery.has(name));
}

/** The token holder; routes that write have one, since `demand` refuses the others. */
export function writer(call: Call): Actor {
  if (call.actor === null) throw new Error("a route that writes was reached without a token");
  return call.actor;
}

export function text(call: Call, name: string): string | undefined {
  const value = call.body[name];
  return typeof value === "string" ? value : undefined;
}

export function list(call: Call, name: string): string[] | undefined {
  const value = call.body[name];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : undefined;
}
