import { armHeaders } from "./answered-by.ts";
import { jsonAnswer, type ServerAnswer } from "./exchange.ts";
import { inferenceRequest, tensorColumns } from "./inference-request.ts";
import { answerTensors, inferenceAnswer, modelMetadata, versionName } from "./open-inference.ts";
import type { Predict } from "./predicting.ts";
import { RefusedRequest } from "./refused-request.ts";
import type { Exchange, Route } from "./routes.ts";
import type { ReadyModel } from "./served-model.ts";
import type { ServedModels } from "./served-models.ts";
import { serverVersion } from "./server-version.ts";
import { readColumns } from "./views.ts";

/** The Open Inference Protocol v2. */
export function inferenceRoutes(served: ServedModels, predict: Predict): readonly Route[] {
  const isReady = () => served.all.every(({ version }) => version !== null);
  const stale = () => served.all.filter((each) => each.stale !== null).map(({ name }) => name);
  const server = { name: "refit", version: serverVersion, extensions: ["binary_tensor_data"] };
  const ofModel = (path: string): Route[] => [
    { method: "GET", path, handle: ({ params }) => jsonAnswer(modelMetadata(versionAsked(served, params))) },
    {
      method: "GET",
      path: `${path}/ready`,
      handle: ({ params }) => jsonAnswer({ name: versionAsked(served, params).name, ready: true }),
    },
    {
      method: "POST",
      path: `${path}/infer`,
      call: "infer",
      handle: async (exchange) => infer(versionAsked(served, exchange.params), exchange, predict),
    },
  ];
  return [
    { method: "GET", path: "/v2", handle: () => jsonAnswer(server) },
    { method: "GET", path: "/v2/health/live", handle: () => jsonAnswer({ live: true }) },
    {
      method: "GET",
      path: "/v2/health/ready",
      handle: () => jsonAnswer({ ready: isReady(), stale: stale() }, isReady() ? 200 : 503),
    },
    ...["/v2/models/:model", "/v2/models/:model/versions/:version"].flatMap(ofModel),
  ];
}

async function infer(model: ReadyModel, exchange: Exchange, predict: Predict): Promise<ServerAnswer> {
  const { name, version } = model;
  const { requestId } = exchange;
  const request = inferenceRequest(await exchange.bytes(), exchange.header("inference-header-content-length"));
  const predicted = await predict(model, tensorColumns(request, readColumns(model)), exchange);
  const { answers, ignored, treeId, by, view } = predicted;
  const { id } = request.fields;
  const rest = {
    model_name: name,
    model_version: versionName(predicted),
    ...(typeof id === "string" ? { id } : {}),
    parameters: {
      treeId,
      requestId,
      ignored: ignored.count,
      ...(view && { viewSha256: view.sha256 }),
      ...(by && { arm: by.arm, sticky: by.sticky }),
    },
  };
  const { body, headerLength } = inferenceAnswer(rest, answerTensors(answers, version.target, request.fields));
  const told = armHeaders(predicted);
  if (headerLength === null) return { status: 200, headers: { ...told, "content-type": "application/json" }, body };
  const headers = {
    ...told,
    "inference-header-content-length": String(headerLength),
    "content-type": "application/octet-stream",
  };
  return { status: 200, headers, body };
}

/** A path may name the version, as `v7` or by its tree id; only what is live answers, and by name no canary in its place. */
function versionAsked(served: ServedModels, { model: name, version: asked }: Exchange["params"]): ReadyModel {
  const model = served.named(name!);
  const { version, treeId } = model.version;
  if (asked === undefined) return model;
  const { canary } = model;
  if (asked === version || asked === treeId) return { ...model, canary: canary ? { ...canary, percent: 0 } : null };
  const live = versionName(model.version);
  throw new RefusedRequest(404, "no-such-version", `${model.name} ${asked} is not served here; ${live} is live.`);
}
