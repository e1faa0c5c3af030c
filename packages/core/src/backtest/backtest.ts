import type { MetricName } from "../spec/metric-names.ts";

/**
 * What is set side by side:
 * - `policy`: the command with one policy, whatever says `promote` merged
 * - `never`: the first model, and no other
 * - `schedule`: a model every so many nights, shipped unseen
 * - `no-change`: no model
 */
export type LineKind = "policy" | "never" | "schedule" | "no-change";

export interface Line {
  readonly id: string;
  readonly kind: LineKind;
  readonly name: string;
  /** Of a schedule: days between its models. */
  readonly everyDays: number | null;
}

/** How a run ended; `failed`: with an error. */
export type NightDecision =
  | "skipped"
  | "suppressed"
  | "blocked"
  | "proposed"
  | "updated"
  | "inconclusive"
  | "rejected"
  | "failed";

/** What a line did in a night, and how it answered the rows that came until the next. */
export interface LineNight {
  /** `null`: a line that decides nothing. */
  readonly decision: NightDecision | null;
  /** Why a retrain was due, or what held it back or stopped it, as codes. */
  readonly because: readonly string[];
  /** What spoke against the model that was judged, as codes. */
  readonly against: readonly string[];
  /** Whether a model was trained and judged, and whether it went live. */
  readonly retrained: boolean;
  readonly promoted: boolean;
  /** What is live after the night: of a policy the git tree id of the version; `null`: nothing. */
  readonly version: string | null;
  /** On the rows until the next night; `null`: nothing answered, or no such row had a label. */
  readonly metrics: Readonly<Partial<Record<MetricName, number>>> | null;
}

export interface BacktestNight {
  /** ISO 8601. The rows that were answered came after `at`, up to `until`. */
  readonly at: string;
  readonly until: string;
  /** Labelled rows among them. */
  readonly rows: number;
  readonly lines: Readonly<Record<string, LineNight>>;
}
