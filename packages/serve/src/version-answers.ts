import type { IgnoredColumns, InputColumns, LoadedVersion, RowAnswer } from "@refit/runtime";
import { predictInParts } from "./predict-in-parts.ts";
import { predictRaw, rawRowsOf, type RawRefusal, type RawRows } from "./raw-rows.ts";
import { rowCount, type RequestRows } from "./request-rows.ts";

/** What one version answered to the rows of a request. */
export interface VersionAnswers {
  readonly version: LoadedVersion;
  /** As the version was asked them. */
  readonly rows: RequestRows;
  /** Of each of them its place among those that were sent; left out: the same. */
  readonly places?: readonly number[];
  /** To these rows. */
  readonly answers: readonly RowAnswer[];
  /** To those that were sent; `null`: `prepare` leaves the row out. */
  readonly bySent: readonly (RowAnswer | null)[];
  readonly ignored: IgnoredColumns;
  /** Epoch milliseconds. */
  readonly at: number;
  /** That the version took for all rows. */
  readonly milliseconds: number;
}

/** Asks a version. @param until instant of `performance.now()` at which no further part begins @throws InputInvalidError, RefusedRequest; then no row is answered */
export type Score = (until: number) => Promise<VersionAnswers>;

export function preparedScore(version: LoadedVersion, rows: RequestRows): Score {
  return async (until) => {
    const start = performance.now();
    const asked = isOfOthers(rows, version) ? [rowOf(rows)] : rows;
    const { answers, ignored } = await predictInParts(version, asked, until);
    return { version, rows, answers, bySent: answers, ignored, ...timed(start) };
  };
}

export function rawScore(
  version: LoadedVersion,
  raw: RawRows | RawRefusal | null | undefined,
  sent: RequestRows,
): Score {
  return async (until) => {
    const start = performance.now();
    const { predicted, prepared } = await predictRaw(version, rawRowsOf(raw), sent, until);
    const { columns: rows, places } = prepared;
    const bySent = predicted.answers;
    const answers = places.map((place) => bySent[place]!);
    return { version, rows, places, answers, bySent, ignored: predicted.ignored, ...timed(start) };
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
