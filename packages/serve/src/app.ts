import type { InputColumns, LoadedVersion, Predictions } from "@refit/runtime";
import { Hono, type Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import { timeout } from "hono/timeout";
import { usualLimits, type RequestLimits } from "./request-limits.ts";
import type { ReadyModel, ServedModel } from "./served-model.ts";
import { createMetrics, type Metrics } from "./metrics.ts";
import { mlflowAnswer, mlflowRows } from "./mlflow.ts";
import { openApi } from "./open-api/open-api.ts";
import { inferenceRequest, tensorColumns } from "./inference-request.ts";
import { answerTensors, inferenceAnswer, modelMetadata, versionName } from "./open-inference.ts";
import { predictInParts } from "./predict-in-parts.ts";
import { inputKind, predictRaw, rawRowsOf, type RawPredictions } from "./raw-rows.ts";
import { RefusedRequest, refusalAnswer, tookTooLong, type Dialect } from "./refused-request.ts";
import { bodyInvalid, checkRowCount, jsonObject, rowCount, sentRows, type RequestRows } from "./request-rows.ts";
import { serverVersion } from "./server-version.ts";
import { absentKeysOf, fillUp, readColumns, viewSummary, type AbsentKeys, type UsedView } from "./views.ts";

export interface AppOptions {
  readonly limits?: Partial<RequestLimits>;
  /** Errors tell no names of columns, types and other models: for callers that are strangers. */
  readonly brief?: boolean;
  /** Told of what went wrong inside at a request, which callers are not told. */
  readonly onError?: (error: unknown, requestId: string) => void;
}

/** What answers requests: in a server of its own (`listen` of `@refit/serve/node`), a worker, or mounted in another service. */
export interface ServeApp {
  readonly fetch: (request: Request) => Response | Promise<Response>;
}

/** `until`: instant of `performance.now()` at which the time of the request is over. */
type Env = { Variables: { requestId: string; until: number } };

/** Answers by refit's own protocol, the Open Inference Protocol v2, and that of MLflow's scoring server. */
export function createApp(models: readonly ServedModel[], options: AppOptions = {}): ServeApp {
  const app = new Hono<Env>();
  const metrics = createMetrics(models);
  measure(app, metrics);
  guard(app, options);
  const served = servedModels(models, options.brief === true);
  const limits = { ...usualLimits, ...options.limits };
  const answersOf = async (version: LoadedVersion, rows: RequestRows, until: number) => {
    const predicted = await predictInParts(version, isOfOthers(rows, version) ? [rowOf(rows)] : rows, until);
    metrics.answered(version.model, "prepared", predicted.answers.length);
    return predicted;
  };
  const predict: Predict = async ({ version, view }, given, until, absentKeys = "refuse") => {
    checkRowCount(given, limits.rows);
    if (view === undefined) return answersOf(version, given, until);
    const { rows, used } = await fillUp(given, { view, inputs: version.inputs, absentKeys });
    return { ...(await answersOf(version, rows, until)), view: used };
  };
  const fromRaw: PredictRaw = async ({ version, raw }, rows, until) => {
    checkRowCount(rows, limits.rows);
    const predicted = await predictRaw(version, rawRowsOf(raw), rows, until);
    metrics.answered(version.model, "raw", predicted.answers.length);
    return predicted;
  };
  app.get("/openapi.json", (context) => context.json(openApi(models, limits)));
  ownRoutes(app, served, { predict, fromRaw });
  inferenceRoutes(app, served, predict);
  mlflowRoutes(app, served, predict);
  otherMethods(app);
  return { fetch: (request) => app.fetch(request) };
}

/** Columns of which the version reads none, or not all and there is no row in them, would be no rows, and an empty answer. */
function isOfOthers(rows: RequestRows, { inputs }: LoadedVersion): rows is InputColumns {
  if (Array.isArray(rows)) return false;
  const isSent = ({ name }: (typeof inputs)[number]) => Object.hasOwn(rows, name);
  return rowCount(rows) > 0 ? !inputs.some(isSent) : !inputs.every(isSent);
}

/** In which nothing is wrong but what is absent. */
const rowOf = (columns: InputColumns) => Object.fromEntries(Object.keys(columns).map((name) => [name, null]));

/** `view`: what rows were filled up from, `null` where none was; left out: the model has no view. */
type Answered = Predictions & { readonly view?: UsedView | null };
type Predict = (model: ReadyModel, rows: RequestRows, until: number, absentKeys?: AbsentKeys) => Promise<Answered>;
type PredictRaw = (model: ReadyModel, rows: RequestRows, until: number) => Promise<RawPredictions>;

/** Counts requests with all that they take, and says the counts. */
function measure(app: Hono<Env>, metrics: Metrics): void {
  app.use(async (context, next) => {
    const start = performance.now();
    await next();
    metrics.count(context.req.path, context.res.status, (performance.now() - start) / 1000);
  });
  app.get("/metrics", (context) =>
    context.body(metrics.text(), 200, { "content-type": "text/plain; version=0.0.4; charset=utf-8" }),
  );
}

/** What holds for every request: its id, its limits, and how errors are told. */
function guard(app: Hono<Env>, { limits: given, brief = false, onError = () => {} }: AppOptions): void {
  const limits = { ...usualLimits, ...given };
  app.use(async (context, next) => {
    context.set("until", performance.now() + limits.milliseconds);
    const asked = context.req.header("x-request-id") ?? "";
    const requestId = /^[\w.:/+=-]{1,128}$/.test(asked) ? asked : crypto.randomUUID();
    context.set("requestId", requestId);
    // Before the answer is made: a header that comes later copies it.
    context.header("x-request-id", requestId);
    await next();
  });
  app.use(timeout(limits.milliseconds, () => tookTooLong() as never));
  const large = new RefusedRequest(
    413,
    "body-too-large",
    `The body has more than ${limits.bodyBytes} bytes. Send fewer rows.`,
  );
  const limited = bodyLimit({
    maxSize: limits.bodyBytes,
    onError: () => {
      throw large;
    },
  });
  app.use(async (context, next) => {
    const { method } = context.req;
    if (method === "GET" || method === "HEAD") return next();
    const length = context.req.header("content-length");
    // To look at the body makes a stream of it, which costs more than a row does; whoever says its length cannot send more.
    if (length === undefined || context.req.header("transfer-encoding") !== undefined) return limited(context, next);
    if (Number(length) > limits.bodyBytes) throw large;
    return next();
  });
  const answer = (error: unknown, context: Context<Env>) => {
    const requestId = context.get("requestId");
    const { status, body } = refusalAnswer(error, dialectOf(context.req.path), brief);
    if (status === 500) onError(error, requestId);
    return context.json({ ...body, requestId }, status);
  };
  app.onError(answer);
  app.notFound((context) => {
    const words = `${context.req.method} ${context.req.path} is not answered here; /openapi.json says what is.`;
    return answer(new RefusedRequest(404, "no-such-path", words), context);
  });
}

/** Paths that are known answer other methods with those that they do answer. */
function otherMethods(app: Hono<Env>): void {
  const known = app.routes.filter(({ method }) => method !== "ALL");
  for (const path of new Set(known.map((route) => route.path))) {
    const allowed = known.flatMap((route) => (route.path === path ? [route.method] : [])).join(", ");
    app.all(path, (context) => {
      context.header("allow", allowed);
      throw new RefusedRequest(405, "no-such-method", `${context.req.path} answers ${allowed} only.`);
    });
  }
}

function dialectOf(path: string): Dialect {
  if (/^\/v2(\/|$)/.test(path)) return "oip";
  return /^\/(?:ping|health|version)$|\/invocations$/.test(path) ? "mlflow" : "refit";
}

interface Served {
  readonly all: readonly ServedModel[];
  /** @throws RefusedRequest where no such model is served, or not yet */
  named(name: string): ReadyModel;
  /** @throws RefusedRequest where it is not clear which */
  only(): ReadyModel;
}

function servedModels(all: readonly ServedModel[], brief: boolean): Served {
  const named = (name: string): ReadyModel => {
    const model = all.find((each) => each.name === name);
    if (model === undefined) {
      const others = brief ? "" : ` There are: ${all.map((each) => each.name).join(", ")}.`;
      throw new RefusedRequest(404, "no-such-model", `No model ${JSON.stringify(name)} is served here.${others}`);
    }
    const { version, stale, view, raw = null } = model;
    if (version === null) throw new RefusedRequest(503, "not-ready", `No version of ${name} could be loaded yet.`);
    return { name, version, stale, raw, ...(view !== undefined && { view }) };
  };
  return {
    all,
    named,
    only() {
      if (all.length === 1) return named(all[0]!.name);
      throw bodyInvalid("Several models are served: send it to /models/{model}/invocations.");
    },
  };
}

interface Predicting {
  readonly predict: Predict;
  readonly fromRaw: PredictRaw;
}

function ownRoutes(app: Hono<Env>, served: Served, { predict, fromRaw }: Predicting): void {
  app.get("/models", (context) => context.json({ models: served.all.map(summaryOf) }));
  app.get("/models/:model", (context) => {
    const model = served.named(context.req.param("model"));
    const { inputs, target, learner } = model.version;
    return context.json({ ...summaryOf(model), learner, inputs, target, raw: rawContract(model) });
  });
  app.post("/models/:model/predict", async (context) => {
    const name = context.req.param("model");
    served.named(name);
    const body = jsonObject(await context.req.text());
    const rows = sentRows(body);
    // What is live once the body is there: what prepares raw rows goes with its version.
    const model = served.named(name);
    const { requestId, until } = context.var;
    if (inputKind(body) === "raw") return context.json({ ...(await fromRaw(model, rows, until)), requestId });
    const { values: _, ...predictions } = await predict(model, rows, until, absentKeysOf(body["absentKeys"]));
    return context.json({ ...predictions, requestId });
  });
}

/** What raw rows have to have, or why they are not taken. */
function rawContract({ raw = null }: ServedModel): object | null {
  return raw === null || !("inputs" in raw) ? raw : { inputs: raw.inputs };
}

function summaryOf({ name, version, stale, view }: ServedModel): object {
  const { version: called = null, treeId = null } = version ?? {};
  const own = { name, ready: version !== null, version: called, treeId, stale: stale !== null };
  return view === undefined ? own : { ...own, view: viewSummary(view) };
}

function inferenceRoutes(app: Hono<Env>, served: Served, predict: Predict): void {
  const isReady = () => served.all.every(({ version }) => version !== null);
  const stale = () => served.all.filter((each) => each.stale !== null).map(({ name }) => name);
  app.get("/v2", (context) =>
    context.json({ name: "refit", version: serverVersion, extensions: ["binary_tensor_data"] }),
  );
  app.get("/v2/health/live", (context) => context.json({ live: true }));
  app.get("/v2/health/ready", (context) => context.json({ ready: isReady(), stale: stale() }, isReady() ? 200 : 503));
  for (const path of ["/v2/models/:model", "/v2/models/:model/versions/:version"] as const) {
    const find = (context: Context<Env>) => versionAsked(served, context);
    app.get(path, (context) => context.json(modelMetadata(find(context))));
    app.get(`${path}/ready`, (context) => context.json({ name: find(context).name, ready: true }));
    app.post(`${path}/infer`, async (context) => {
      const model = find(context);
      const { name, version } = model;
      const request = inferenceRequest(
        new Uint8Array(await context.req.arrayBuffer()),
        context.req.header("inference-header-content-length"),
      );
      const { answers, ignored, treeId, view } = await predict(
        model,
        tensorColumns(request, readColumns(model)),
        context.get("until"),
      );
      const { id } = request.fields;
      const rest = {
        model_name: name,
        model_version: versionName(version),
        ...(typeof id === "string" ? { id } : {}),
        parameters: {
          treeId,
          requestId: context.get("requestId"),
          ignored: ignored.count,
          ...(view && { viewSha256: view.sha256 }),
        },
      };
      const { body, headerLength } = inferenceAnswer(rest, answerTensors(answers, version.target, request.fields));
      if (headerLength === null) return context.body(body, 200, { "content-type": "application/json" });
      context.header("inference-header-content-length", String(headerLength));
      return context.body(body, 200, { "content-type": "application/octet-stream" });
    });
  }
}

/** A path may name the version, as `v7` or by its tree id; only what is live answers. */
function versionAsked(served: Served, context: Context<Env>): ReadyModel {
  const model = served.named(context.req.param("model") ?? "");
  const asked = context.req.param("version");
  const { version, treeId } = model.version;
  if (asked === undefined || asked === version || asked === treeId) return model;
  const live = versionName(model.version);
  throw new RefusedRequest(404, "no-such-version", `${model.name} ${asked} does not answer here; ${live} is live.`);
}

function mlflowRoutes(app: Hono<Env>, served: Served, predict: Predict): void {
  for (const path of ["/ping", "/health"]) {
    app.get(path, (context) => {
      if (served.all.some(({ version }) => version === null))
        throw new RefusedRequest(503, "not-ready", "Not every model is loaded.");
      return context.text("\n");
    });
  }
  app.get("/version", (context) => context.text(serverVersion));
  const invoke = async (context: Context<Env>, model: ReadyModel) => {
    const rows = mlflowRows(context.req.header("content-type") ?? "", await context.req.text(), readColumns(model));
    const { answers, treeId, view } = await predict(model, rows, context.get("until"));
    context.header("refit-tree-id", treeId);
    if (view) context.header("refit-view-sha256", view.sha256);
    return context.json(mlflowAnswer(answers));
  };
  app.post("/invocations", async (context) => invoke(context, served.only()));
  app.post("/models/:model/invocations", async (context) => invoke(context, served.named(context.req.param("model"))));
}
