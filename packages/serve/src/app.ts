import { jsonAnswer, requestOf, responseOf, textAnswer, type ServerAnswer, type ServerRequest } from "./exchange.ts";
import { inferenceRoutes } from "./inference-routes.ts";
import { createMetrics } from "./metrics.ts";
import { mlflowRoutes } from "./mlflow-routes.ts";
import { openApi } from "./open-api/open-api.ts";
import { ownRoutes } from "./own-routes.ts";
import { predicting } from "./predicting.ts";
import { usualLimits, type RequestLimits } from "./request-limits.ts";
import { MethodRefused, RefusedRequest, refusalAnswer, tookTooLong, type Dialect } from "./refused-request.ts";
import { pathFinder, type Exchange, type FoundPath, type Route } from "./routes.ts";
import type { RowKey } from "./row-values.ts";
import type { PredictionLog } from "./prediction-log.ts";
import type { ServedModel } from "./served-model.ts";
import { servedModels } from "./served-models.ts";

export interface AppOptions {
  readonly limits?: Partial<RequestLimits>;
  /** Errors tell no names of columns, types and other models: for callers that are strangers. */
  readonly brief?: boolean;
  /** What every answer is noted in; whoever opened it closes it. */
  readonly log?: PredictionLog;
  /**
   * Of a model: columns that together name what a row is about, each by the names that it may have in a request; by their values rows are divided
   * between champion and canary. Left out: by the header `x-refit-key`, or by the id of the request.
   */
  readonly key?: (model: string) => RowKey;
  /** Told of what went wrong inside at a request, which callers are not told. */
  readonly onError?: (error: unknown, requestId: string) => void;
}

/** What answers requests. */
export interface ServeApp {
  /** In a worker, or mounted in another service. */
  readonly fetch: (request: Request) => Promise<Response>;
  /** In a server of its own: `listen` of `@refit/serve/node` makes no `Request` of what Node has read, and no `Response` of what it writes. */
  readonly answer: (request: ServerRequest) => Promise<ServerAnswer>;
}

/** Answers by refit's own protocol, the Open Inference Protocol v2, and that of MLflow's scoring server. */
export function createApp(
  models: readonly ServedModel[],
  { limits: given, brief = false, onError = () => {}, log, key = () => [] }: AppOptions = {},
): ServeApp {
  const limits = { ...usualLimits, ...given };
  const metrics = createMetrics(models, log);
  const served = servedModels(models, brief);
  const { predict, fromRaw } = predicting({ metrics, limits, key, ...(log !== undefined && { log }) });
  const find = pathFinder([
    ...ownRoutes(served, { predict, fromRaw }),
    ...inferenceRoutes(served, predict),
    ...mlflowRoutes(served, predict),
    { method: "GET", path: "/openapi.json", handle: () => jsonAnswer(openApi(models, limits)) },
    { method: "GET", path: "/metrics", handle: () => textAnswer(metrics.text(), metricsType) },
  ]);

  const refused = (error: unknown, { path }: ServerRequest, requestId: string): ServerAnswer => {
    const { status, body, headers } = refusalAnswer(error, dialectOf(path), brief);
    if (status === 500) onError(error, requestId);
    const answered = jsonAnswer({ ...body, requestId }, status);
    return { ...answered, headers: { ...answered.headers, ...headers } };
  };
  const answer = async (request: ServerRequest): Promise<ServerAnswer> => {
    const start = performance.now();
    const requestId = requestIdOf(request);
    const found = find(request.path);
    const handled = async () => {
      const { handle } = routeOf(found, request);
      const until = start + limits.milliseconds;
      return handle(exchangeOf(request, { params: found!.params, requestId, until, bodyBytes: limits.bodyBytes }));
    };
    const { status, headers, body } = await within(limits.milliseconds, handled()).catch((error: unknown) =>
      refused(error, request, requestId),
    );
    const call = found?.routes[0]?.call;
    if (call !== undefined) metrics.count(call, found?.params["model"], status, (performance.now() - start) / 1000);
    return { status, headers: { ...headers, "x-request-id": requestId }, body };
  };
  return { answer, fetch: async (request) => responseOf(await answer(requestOf(request)), request.method) };
}
const metricsType = "text/plain; version=0.0.4; charset=utf-8";

function requestIdOf(request: ServerRequest): string {
  const asked = request.header("x-request-id");
  return asked !== undefined && /^[\w.:/+=-]{1,128}$/.test(asked) ? asked : crypto.randomUUID();
}

const decoder = new TextDecoder();

interface Course extends Pick<Exchange, "params" | "requestId" | "until"> {
  readonly bodyBytes: number;
}

function exchangeOf(request: ServerRequest, { params, requestId, until, bodyBytes }: Course): Exchange {
  return {
    params,
    requestId,
    until,
    header: (name) => request.header(name),
    bytes: async () => request.body(bodyBytes),
    text: async () => decoder.decode(await request.body(bodyBytes)),
  };
}

/** @throws RefusedRequest where the path is not known, or does not answer this method; then it says which it does answer */
function routeOf(found: FoundPath | null, { method, path }: ServerRequest): Route {
  if (found === null) {
    const words = `${method} ${path} does not exist here; /openapi.json lists the paths.`;
    throw new RefusedRequest(404, "no-such-path", words);
  }
  const asked = method === "HEAD" ? "GET" : method;
  const route = found.routes.find((each) => each.method === asked);
  if (route !== undefined) return route;
  const allowed = found.routes.map((each) => each.method).join(", ");
  throw new MethodRefused(path, allowed);
}

/** What comes after the time is over is dropped. @throws RefusedRequest then */
async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  return new Promise((settle, fail) => {
    const timer = setTimeout(() => fail(tookTooLong()), milliseconds);
    const ended =
      <V>(tell: (value: V) => void) =>
      (value: V) => {
        clearTimeout(timer);
        tell(value);
      };
    work.then(ended(settle), ended(fail));
  });
}

function dialectOf(path: string): Dialect {
  if (/^\/v2(\/|$)/.test(path)) return "oip";
  return /^\/(?:ping|health|version)$|\/invocations$/.test(path) ? "mlflow" : "refit";
}
