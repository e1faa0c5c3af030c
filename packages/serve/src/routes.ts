import type { ServerAnswer } from "./exchange.ts";

/** What a path asks of a model; only these are counted as requests for predictions. */
export type RowsCall = "predict" | "infer" | "invocations";

/** A request on its way to an answer. */
export interface Exchange {
  /** What the places of the path hold, by their names, without percent signs. */
  readonly params: Readonly<Record<string, string>>;
  readonly requestId: string;
  /** Instant of `performance.now()` at which the time of the request is over. */
  readonly until: number;
  header(name: string): string | undefined;
  bytes(): Promise<Uint8Array>;
  text(): Promise<string>;
}

export interface Route {
  readonly method: "GET" | "POST";
  /** Such as `/models/:model/predict`, in which `:model` is a place that any text but none fills. */
  readonly path: string;
  readonly call?: RowsCall;
  readonly handle: (exchange: Exchange) => ServerAnswer | Promise<ServerAnswer>;
}

/** A path that is known, and what it answers. */
export interface FoundPath {
  readonly params: Exchange["params"];
  readonly routes: readonly Route[];
}

/** @returns a function that finds the routes of a path as it was sent; `null`: no route has it */
export function pathFinder(routes: readonly Route[]): (path: string) => FoundPath | null {
  const known = [...new Set(routes.map(({ path }) => path))].map((path) => ({
    segments: path.split("/"),
    routes: routes.filter((route) => route.path === path),
  }));
  return (path) => {
    const sent = path.split("/").map(withoutPercent);
    for (const { segments, routes: found } of known) {
      const params = paramsOf(segments, sent);
      if (params !== null) return { params, routes: found };
    }
    return null;
  };
}

function paramsOf(segments: readonly string[], sent: readonly string[]): Record<string, string> | null {
  if (segments.length !== sent.length) return null;
  const params: Record<string, string> = {};
  for (const [i, segment] of segments.entries()) {
    const value = sent[i]!;
    if (!segment.startsWith(":")) {
      if (segment !== value) return null;
    } else if (value === "") return null;
    else params[segment.slice(1)] = value;
  }
  return params;
}

/** After the slashes were looked for: a name may have one. */
function withoutPercent(segment: string): string {
  if (!segment.includes("%")) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
