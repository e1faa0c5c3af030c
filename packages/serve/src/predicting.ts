import type { RowAnswer } from "@refit/runtime";
import { answersBy, answersByBoth, type RequestAnswers } from "./answered-by.ts";
import type { LoggedRows } from "./logged-line.ts";
import type { RowKey } from "./row-values.ts";
import type { Metrics } from "./metrics.ts";
import { partRows } from "./predict-in-parts.ts";
import type { PredictionLog } from "./prediction-log.ts";
import type { RequestLimits } from "./request-limits.ts";
import { checkRowCount, rowCount, type RequestRows } from "./request-rows.ts";
import type { Exchange } from "./routes.ts";
import { armsOf, type Arm, type RowArms } from "./row-arms.ts";
import { preparedScore, rawScore, type Score, type VersionAnswers } from "./version-answers.ts";
import { askedCanary, type AskedCanary } from "./served-canary.ts";
import type { ReadyModel } from "./served-model.ts";
import { askBoth, type TwoAnswers } from "./two-versions.ts";
import { fillUp, type AbsentKeys, type UsedView } from "./views.ts";

/** `view`: what rows were filled up from, `null` where none was; left out: the model has no view. */
type Answered = Omit<RequestAnswers, "answers"> & {
  readonly answers: readonly RowAnswer[];
  readonly view?: UsedView | null;
};
export type Predict = (
  model: ReadyModel,
  rows: RequestRows,
  course: RequestCourse,
  absentKeys?: AbsentKeys,
) => Promise<Answered>;
export type PredictRaw = (model: ReadyModel, rows: RequestRows, course: RequestCourse) => Promise<RequestAnswers>;
type RequestCourse = Pick<Exchange, "requestId" | "until" | "header">;

/** What answers rows needs besides a model. */
interface PredictingParts {
  readonly metrics: Metrics;
  readonly limits: RequestLimits;
  /** Of a model: columns that together name what a row is about. */
  readonly key: (model: string) => RowKey;
  /** Left out: answers are not written down. */
  readonly log?: PredictionLog;
}

/** Answers rows within the limits, counts them, and notes what was answered. */
export interface Predicting {
  readonly predict: Predict;
  readonly fromRaw: PredictRaw;
}

/** Rows of one request, and who may be asked them. */
interface RequestScores {
  readonly model: ReadyModel;
  readonly sent: RequestRows;
  readonly course: RequestCourse;
  readonly champion: Score;
  readonly canary: (canary: AskedCanary["canary"]) => Score;
}

export function predicting({ metrics, limits, key, log }: PredictingParts): Predicting {
  const one = async ({ sent, course, champion }: RequestScores): Promise<RequestAnswers> => {
    const scored = await champion(course.until);
    log?.note({ ...scored, sent, requestId: course.requestId });
    return answersBy(scored);
  };
  const both = async (
    { model, sent, course, ...scores }: RequestScores,
    asked: AskedCanary,
  ): Promise<RequestAnswers> => {
    const { version, guard } = asked.canary;
    const arms = armsOf({ ...course, sent, key: key(model.name) }, asked);
    const answered = await askBoth({
      champion: scores.champion,
      canary: scores.canary(asked.canary),
      arms,
      guard,
      limit: limits.canaryMilliseconds * Math.max(1, Math.ceil(rowCount(sent) / partRows)),
      until: course.until,
      onCanary: (outcome) => metrics.askedCanary(model.name, outcome),
    });
    if (log !== undefined)
      for (const rows of loggedOfBoth(answered, arms)) log.note({ ...rows, sent, requestId: course.requestId });
    const found = answersByBoth(answered, arms, version.treeId);
    const canaryRows = found.by!.canary.rows.length;
    metrics.answeredByArm(model.name, "canary", canaryRows);
    metrics.answeredByArm(model.name, "champion", found.answers.length - canaryRows);
    return found;
  };
  const ask = async (asked: RequestScores, input: "prepared" | "raw"): Promise<RequestAnswers> => {
    const canary = askedCanary(asked.model.canary);
    const found = canary === null ? await one(asked) : await both(asked, canary);
    metrics.answered(asked.model.version.model, input, found.answers.length);
    return found;
  };
  return {
    async predict(model, sent, course, absentKeys = "refuse") {
      checkRowCount(sent, limits.rows);
      const { version, view } = model;
      const filled = view && (await fillUp(sent, { view, inputs: version.inputs, absentKeys }));
      const rows = filled?.rows ?? sent;
      const champion = preparedScore(version, rows);
      const canary = ({ version: other }: AskedCanary["canary"]) => preparedScore(other, rows);
      // Of rows that were sent as the model reads them none is left out.
      const predicted = (await ask({ model, sent, course, champion, canary }, "prepared")) as Answered;
      return filled === undefined ? predicted : { ...predicted, view: filled.used };
    },
    async fromRaw(model, sent, course) {
      checkRowCount(sent, limits.rows);
      const champion = rawScore(model.version, model.raw, sent);
      const canary = ({ version: other, raw }: AskedCanary["canary"]) => rawScore(other, raw, sent);
      return ask({ model, sent, course, champion, canary }, "raw");
    },
  };
}

/** The rows that each version has answered, with what the other says to them. */
function loggedOfBoth(
  { champion, canary, other }: TwoAnswers,
  { isCanary }: RowArms,
): Omit<LoggedRows, "sent" | "requestId">[] {
  if (champion === null) return [{ ...canary!, arm: "canary", other }];
  if (canary === null) return [{ ...champion, arm: "champion", other }];
  const chosen = (rows: VersionAnswers, arm: Arm) => {
    const placeOf = (row: number) => rows.places?.[row] ?? row;
    return [...rows.answers.keys()].filter((row) => isCanary![placeOf(row)] === (arm === "canary"));
  };
  return [
    { ...champion, arm: "champion", chosen: chosen(champion, "champion"), other: Promise.resolve(canary) },
    { ...canary, arm: "canary", chosen: chosen(canary, "canary"), other: Promise.resolve(champion) },
  ];
}
