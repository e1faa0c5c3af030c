import type { InputColumns, LoadedVersion, Predictions } from "@refit/runtime";
import type { Metrics } from "./metrics.ts";
import { predictInParts } from "./predict-in-parts.ts";
import { predictRaw, rawRowsOf, type RawPredictions } from "./raw-rows.ts";
import type { PredictionLog } from "./prediction-log.ts";
import type { RequestLimits } from "./request-limits.ts";
import type { Exchange } from "./routes.ts";
import { checkRowCount, rowCount, type RequestRows } from "./request-rows.ts";
import type { ReadyModel } from "./served-model.ts";
import { fillUp, type AbsentKeys, type UsedView } from "./views.ts";

/** `view`: what rows were filled up from, `null` where none was; left out: the model has no view. */
type Answered = Predictions & { readonly view?: UsedView | null };
export type Predict = (
  model: ReadyModel,
  rows: RequestRows,
  course: RequestCourse,
  absentKeys?: AbsentKeys,
) => Promise<Answered>;
export type PredictRaw = (model: ReadyModel, rows: RequestRows, course: RequestCourse) => Promise<RawPredictions>;
type RequestCourse = Pick<Exchange, "requestId" | "until">;

/** What answers rows needs besides a model. */
interface PredictingParts {
  readonly metrics: Metrics;
  readonly limits: RequestLimits;
  /** Left out: answers are not written down. */
  readonly log?: PredictionLog;
}

/** Answers rows within the limits, counts them, and notes what was answered. */
export interface Predicting {
  readonly predict: Predict;
  readonly fromRaw: PredictRaw;
}

export function predicting({ metrics, limits, log }: PredictingParts): Predicting {
  const answersOf = async (version: LoadedVersion, rows: RequestRows, until: number) => {
    const predicted = await predictInParts(version, isOfOthers(rows, version) ? [rowOf(rows)] : rows, until);
    metrics.answered(version.model, "prepared", predicted.answers.length);
    return predicted;
  };
  return {
    async predict({ version, view }, sent, { requestId, until }, absentKeys = "refuse") {
      checkRowCount(sent, limits.rows);
      const filled = view && (await fillUp(sent, { view, inputs: version.inputs, absentKeys }));
      const rows = filled?.rows ?? sent;
      const start = performance.now();
      const predicted = await answersOf(version, rows, until);
      const { answers } = predicted;
      log?.note({ version, requestId, rows, sent, answers, ...timed(start) });
      return filled === undefined ? predicted : { ...predicted, view: filled.used };
    },
    async fromRaw({ version, raw }, sent, { requestId, until }) {
      checkRowCount(sent, limits.rows);
      const start = performance.now();
      const { predicted, prepared } = await predictRaw(version, rawRowsOf(raw), sent, until);
      metrics.answered(version.model, "raw", predicted.answers.length);
      const { columns: rows, places } = prepared;
      const answers = places.map((place) => predicted.answers[place]!);
      log?.note({ version, requestId, rows, sent, places, answers, ...timed(start) });
      return predicted;
    },
  };
}

const timed = (start: number) => ({ at: Date.now(), milliseconds: performance.now() - start });

/** Columns of which the version reads none, or not all and there is no row in them, would be no rows, and an empty answer. */
function isOfOthers(rows: RequestRows, { inputs }: LoadedVersion): rows is InputColumns {
  if (Array.isArray(rows)) return false;
  const isSent = ({ name }: (typeof inputs)[number]) => Object.hasOwn(rows, name);
  return rowCount(rows) > 0 ? !inputs.some(isSent) : !inputs.every(isSent);
}

/** In which nothing is wrong but what is absent. */
const rowOf = (columns: InputColumns) => Object.fromEntries(Object.keys(columns).map((name) => [name, null]));
