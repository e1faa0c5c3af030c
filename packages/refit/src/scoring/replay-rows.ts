import type { FeatureSpec } from "@refit/core/data";
import { InputInvalidError } from "@refit/core/errors";
import { rowScorer, rowTyper, type InputRecord, type Predictor } from "@refit/core/runtime";

/** A version that is asked rows as a server asks them: by name of column, strictly by type. */
export interface ReplayedVersion {
  /** What it answers to each row, as `Predictor.predict` gives it. An input that a row lacks is asked as missing. */
  answer(rows: readonly InputRecord[]): Promise<Float64Array>;
  /** Which of the rows have values that their columns can have. */
  readable(rows: readonly InputRecord[]): Promise<boolean[]>;
  /** Inputs that a row lacks. What is missing in it is there, as `null`. */
  lacking(row: InputRecord): readonly string[];
  /** Whether another program answers, which has to be started. */
  readonly starts: boolean;
}

/** @param features without inputs that are files. */
export function replayedVersion(features: FeatureSpec, predictor: Predictor): ReplayedVersion {
  const { inputs } = features;
  const typed = rowTyper(inputs);
  const scored = rowScorer(features, predictor);
  const whole = (row: InputRecord) =>
    Object.fromEntries(inputs.map(({ name }) => [name, Object.hasOwn(row, name) ? row[name] : null]));
  const isReadable = async (rows: readonly InputRecord[]) => {
    try {
      await typed(rows.map(whole));
      return true;
    } catch (error) {
      if (error instanceof InputInvalidError) return false;
      throw error;
    }
  };
  return {
    starts: predictor.starts === true,
    answer: async (rows) => scored(await typed(rows.map(whole))),
    lacking: (row) => inputs.flatMap(({ name }) => (Object.hasOwn(row, name) ? [] : [name])),
    async readable(rows) {
      if (await isReadable(rows)) return rows.map(() => true);
      const each: boolean[] = [];
      for (const row of rows) each.push(await isReadable([row]));
      return each;
    },
  };
}
