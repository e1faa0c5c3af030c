import { armHeaders } from "./answered-by.ts";
import { jsonAnswer, textAnswer, type ServerAnswer } from "./exchange.ts";
import { mlflowAnswer, mlflowRows } from "./mlflow.ts";
import type { Predict } from "./predicting.ts";
import { RefusedRequest } from "./refused-request.ts";
import type { Exchange, Route } from "./routes.ts";
import type { ReadyModel } from "./served-model.ts";
import type { ServedModels } from "./served-models.ts";
import { serverVersion } from "./server-version.ts";
import { readColumns } from "./views.ts";

/** MLflow's scoring server. */
export function mlflowRoutes(served: ServedModels, predict: Predict): readonly Route[] {
  const ping = () => {
    if (served.all.some(({ version }) => version === null))
      throw new RefusedRequest(503, "not-ready", "Not every model is loaded.");
    return textAnswer("\n");
  };
  const invocations = (path: string, find: (params: Exchange["params"]) => ReadyModel): Route => ({
    method: "POST",
    path,
    call: "invocations",
    handle: async (exchange) => invoke(find(exchange.params), exchange, predict),
  });
  return [
    { method: "GET", path: "/ping", handle: ping },
    { method: "GET", path: "/health", handle: ping },
    { method: "GET", path: "/version", handle: () => textAnswer(serverVersion) },
    invocations("/invocations", () => served.only()),
    invocations("/models/:model/invocations", ({ model }) => served.named(model!)),
  ];
}

async function invoke(model: ReadyModel, exchange: Exchange, predict: Predict): Promise<ServerAnswer> {
  const rows = mlflowRows(exchange.header("content-type") ?? "", await exchange.text(), readColumns(model));
  const predicted = await predict(model, rows, exchange);
  const { answers, treeId, view } = predicted;
  const { status, headers, body } = jsonAnswer(mlflowAnswer(answers));
  const told = {
    ...headers,
    "refit-tree-id": treeId,
    ...armHeaders(predicted),
    ...(view && { "refit-view-sha256": view.sha256 }),
  };
  return { status, headers: told, body };
}
