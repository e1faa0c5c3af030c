import { armHeaders, type RequestAnswers } from "./answered-by.ts";
import { jsonAnswer, type ServerAnswer } from "./exchange.ts";
import type { Predicting } from "./predicting.ts";
import { inputKind } from "./raw-rows.ts";
import { jsonObject, sentRows } from "./request-rows.ts";
import type { Route } from "./routes.ts";
import { canarySummary } from "./served-canary.ts";
import type { ServedModel } from "./served-model.ts";
import type { ServedModels } from "./served-models.ts";
import { absentKeysOf, viewSummary } from "./views.ts";

/** refit's own protocol. */
export function ownRoutes(served: ServedModels, { predict, fromRaw }: Predicting): readonly Route[] {
  return [
    { method: "GET", path: "/models", handle: () => jsonAnswer({ models: served.all.map(summaryOf) }) },
    {
      method: "GET",
      path: "/models/:model",
      handle({ params }) {
        const model = served.named(params["model"]!);
        const { inputs, target, learner } = model.version;
        return jsonAnswer({ ...summaryOf(model), learner, inputs, target, raw: rawContract(model) });
      },
    },
    {
      method: "POST",
      path: "/models/:model/predict",
      call: "predict",
      async handle(exchange) {
        const { params, text, requestId } = exchange;
        const name = params["model"]!;
        served.named(name);
        const body = jsonObject(await text());
        const rows = sentRows(body);
        // What is live once the body is there: what prepares raw rows goes with its version.
        const model = served.named(name);
        if (inputKind(body) === "raw") return answerOf(await fromRaw(model, rows, exchange), requestId);
        return answerOf(await predict(model, rows, exchange, absentKeysOf(body["absentKeys"])), requestId);
      },
    },
  ];
}

/** With whose answers they are, in the body and in headers, as other protocols have it. */
function answerOf(answered: RequestAnswers, requestId: string): ServerAnswer {
  const { by, ...predictions } = answered;
  const { status, headers, body } = jsonAnswer({ ...predictions, ...by, requestId });
  return { status, headers: { ...headers, ...armHeaders(answered) }, body };
}

/** What raw rows have to have, or why they are not taken. */
function rawContract({ raw = null }: ServedModel): object | null {
  return raw === null || !("inputs" in raw) ? raw : { inputs: raw.inputs };
}

function summaryOf({ name, version, stale, view, canary }: ServedModel): object {
  const { version: called = null, treeId = null } = version ?? {};
  const own = { name, ready: version !== null, version: called, treeId, stale: stale !== null };
  return { ...own, ...(view && { view: viewSummary(view) }), ...(canary && { canary: canarySummary(canary) }) };
}
