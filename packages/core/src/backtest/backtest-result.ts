import type { MetricName } from "../spec/metric-names.ts";
import type { BacktestNight } from "./backtest.ts";
import type { ComparedLine, LineSummary } from "./summarise-line.ts";

/** A key of `model.yaml` that a policy changes, as YAML on one line; `null`: it is not written. */
export interface PolicyChange {
  readonly key: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** What the coarse pass came to. */
export interface CoarseResult {
  readonly everyDays: number;
  readonly planned: number;
  /** Nights that are done; fewer than planned where the budget ended first. */
  readonly nights: number;
  readonly lines: readonly LineSummary[];
  /** What goes on to the fine pass, in the words of `model.yaml`; `null`: not yet known. */
  readonly best: string | null;
}

/** How the lines did on some of the nights. */
export interface Stretch {
  /** ISO 8601. */
  readonly from: string;
  readonly until: string;
  readonly nights: number;
  /** Nights on which every line had a model that could answer: numbers are of these. */
  readonly measured: number;
  readonly lines: readonly ComparedLine[];
  /** Id of the schedule that did best; `null`: none was measured. */
  readonly bestSchedule: string | null;
}

export interface BacktestResult {
  readonly format: 1;
  readonly model: string;
  readonly primary: MetricName;
  readonly from: string;
  readonly to: string;
  readonly everyDays: number;
  readonly labelDelayDays: number;
  /** Nights that were planned; fewer are done where the budget ended first. */
  readonly planned: number;
  /** What the coarse pass of a search came to; `null`: there was no search. */
  readonly search: CoarseResult | null;
  /** The nights that the choice looked at. */
  readonly chosenOn: Stretch;
  /** The newest fifth, kept back for what was chosen; `null`: not yet replayed. */
  readonly keptBack: Stretch | null;
  /** Id of the policy that was chosen; `null`: not yet, or none was measured. */
  readonly chosen: string | null;
  /** What it changes in `model.yaml`; empty: nothing, keep what is there. */
  readonly changes: readonly PolicyChange[];
  /** Which bars it lowers, a clause each. */
  readonly lowers: readonly string[];
  readonly nights: readonly BacktestNight[];
}
