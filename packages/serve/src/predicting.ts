import type { InputColumns, LoadedVersion, Predictions } from "@refit/runtime";
import type { Metrics } from "./metrics.ts";
import { predictInParts } from "./predict-in-parts.ts";
import { predictRaw, rawRowsOf, type RawPredictions } from "./raw-rows.ts";
import type { RequestLimits } from "./request-limits.ts";
import { checkRowCount, rowCount, type RequestRows } from "./request-rows.ts";
import type { ReadyModel } from "./served-model.ts";
import { fillUp, type AbsentKeys, type UsedView } from "./views.ts";

/** `view`: what rows were filled up from, `null` where none was; left out: the model has no view. */
type Answered = Predictions & { readonly view?: UsedView | null };
export type Predict = (
  model: ReadyModel,
  rows: RequestRows,
  until: number,
  absentKeys?: AbsentKeys,
) => Promise<Answered>;
export type PredictRaw = (model: ReadyModel, rows: RequestRows, until: number) => Promise<RawPredictions>;

/** Answers rows within the limits, and counts them. */
export interface Predicting {
  readonly predict: Predict;
  readonly fromRaw: PredictRaw;
}

export function predicting(metrics: Metrics, limits: RequestLimits): Predicting {
  const answersOf = async (version: LoadedVersion, rows: RequestRows, until: number) => {
    const predicted = await predictInParts(version, isOfOthers(rows, version) ? [rowOf(rows)] : rows, until);
    metrics.answered(version.model, "prepared", predicted.answers.length);
    return predicted;
  };
  return {
    async predict({ version, view }, given, until, absentKeys = "refuse") {
      checkRowCount(given, limits.rows);
      if (view === undefined) return answersOf(version, given, until);
      const { rows, used } = await fillUp(given, { view, inputs: version.inputs, absentKeys });
      return { ...(await answersOf(version, rows, until)), view: used };
    },
    async fromRaw({ version, raw }, rows, until) {
      checkRowCount(rows, limits.rows);
      const predicted = await predictRaw(version, rawRowsOf(raw), rows, until);
      metrics.answered(version.model, "raw", predicted.answers.length);
      return predicted;
    },
  };
}

/** Columns of which the version reads none, or not all and there is no row in them, would be no rows, and an empty answer. */
function isOfOthers(rows: RequestRows, { inputs }: LoadedVersion): rows is InputColumns {
  if (Array.isArray(rows)) return false;
  const isSent = ({ name }: (typeof inputs)[number]) => Object.hasOwn(rows, name);
  return rowCount(rows) > 0 ? !inputs.some(isSent) : !inputs.every(isSent);
}

/** In which nothing is wrong but what is absent. */
const rowOf = (columns: InputColumns) => Object.fromEntries(Object.keys(columns).map((name) => [name, null]));
