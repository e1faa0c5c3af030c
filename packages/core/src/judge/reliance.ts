import type { MetricRow } from "./comparison.ts";

/** What the challenger relies on: how much worse it is on the holdout when one input is of no use. */
export interface RelianceFacts {
  /** Rows of the holdout that were asked again, evenly spaced. */
  readonly rows: number;
  /** Inputs of the model. */
  readonly inputs: number;
  /** The primary metric with one input's values in other rows, over that with all as they are, largest loss first. */
  readonly columns: readonly ColumnReliance[];
}

export interface ColumnReliance {
  readonly input: string;
  /** `champion` is the challenger as it is, `challenger` the same with this input shuffled: its improvement is what is lost, below 0. */
  readonly metric: MetricRow;
}
