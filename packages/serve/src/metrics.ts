import { canaryCounts, canaryLines } from "./canary-metrics.ts";
import { family, labelsText, type MetricLabels } from "./metric-lines.ts";
import type { PredictionLog } from "./prediction-log.ts";
import type { RowsCall } from "./routes.ts";
import type { Arm } from "./row-arms.ts";
import type { ServedModel } from "./served-model.ts";
import type { CanaryAsked } from "./two-versions.ts";
import type { ServedView } from "./views.ts";

/** Upper bounds of the histogram of times, in seconds. */
const bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** What a server counts, for Prometheus. */
export interface Metrics {
  /** Counts a request that asked for predictions. @param name of the model in its path; `undefined`: none @param seconds from its first byte to its answer */
  count(call: RowsCall, name: string | undefined, status: number, seconds: number): void;
  /** Counts rows that were answered. */
  answered(model: string, input: "prepared" | "raw", rows: number): void;
  /** Counts a request that a canary was asked, or should have been. */
  askedCanary(model: string, outcome: CanaryAsked): void;
  /** Counts rows that callers have got an answer to while a canary is asked, too. */
  answeredByArm(model: string, arm: Arm, rows: number): void;
  /** In the text format of Prometheus, version 0.0.4. */
  text(): string;
}

/** One kind of request to one model. */
interface CallCounts {
  readonly labels: MetricLabels;
  /** Requests by status. */
  readonly statuses: Map<number, number>;
  /** Requests by the first of `bounds` that their time is within. */
  readonly counts: number[];
  sum: number;
}

interface RowCount {
  readonly labels: MetricLabels;
  rows: number;
}

/** Labels are names of served models and of three paths, so that strangers cannot make series. */
export function createMetrics(models: readonly ServedModel[], log?: Pick<PredictionLog, "counts">): Metrics {
  const calls = new Map<string, CallCounts>();
  const rowsBy = new Map<string, RowCount>();
  const canaries = canaryCounts();
  const seriesOf = (labels: { readonly model: string; readonly call: RowsCall }) => {
    const series = `${labels.call} ${labels.model}`;
    let known = calls.get(series);
    if (known === undefined) {
      known = { labels, statuses: new Map(), counts: bounds.map(() => 0).concat(0), sum: 0 };
      calls.set(series, known);
    }
    return known;
  };
  return {
    count(call, name, status, seconds) {
      const only = models.length === 1 ? models[0] : undefined;
      const model = name === undefined ? only : models.find((each) => each.name === name);
      const known = seriesOf({ model: model?.name ?? "", call });
      known.statuses.set(status, (known.statuses.get(status) ?? 0) + 1);
      const place = bounds.findIndex((bound) => seconds <= bound);
      known.counts[place < 0 ? bounds.length : place]! += 1;
      known.sum += seconds;
    },
    answered(model, input, rows) {
      const key = `${input} ${model}`;
      const known = rowsBy.get(key);
      if (known === undefined) rowsBy.set(key, { labels: { model, input }, rows });
      else known.rows += rows;
    },
    ...canaries.counting,
    text: () =>
      [
        ...family("refit_requests_total", "counter", "Requests for predictions, by status.", requestsOf(calls)),
        ...family(
          "refit_rows_total",
          "counter",
          "Rows predicted, by kind: raw or prepared.",
          [...rowsBy.values()].map(({ labels, rows }) => [labelsText(labels), rows]),
        ),
        ...family(
          "refit_request_seconds",
          "histogram",
          "Time from a request to its answer.",
          [...calls.values()].flatMap(histogram),
        ),
        ...(log === undefined ? [] : logFamily(log.counts)),
        ...gauges(models),
        ...canaryLines(models, canaries),
        "",
      ].join("\n"),
  };
}

function logFamily(counts: PredictionLog["counts"]): string[] {
  const samples = Object.entries(counts).map(([outcome, rows]) => [labelsText({ outcome }), rows] as const);
  const help =
    "Rows for the prediction log: written, dropped because there was too little memory, failed, left out of the sample.";
  return family("refit_log_rows_total", "counter", help, samples);
}

function requestsOf(calls: ReadonlyMap<string, CallCounts>): (readonly [string, number])[] {
  return [...calls.values()].flatMap(({ labels, statuses }) =>
    [...statuses].map(([status, count]) => [labelsText({ ...labels, status }), count] as const),
  );
}

function histogram({ labels, counts, sum }: CallCounts) {
  let below = 0;
  const buckets = counts.map((count, i): readonly [string, number] => {
    below += count;
    return [`_bucket${labelsText({ ...labels, le: bounds[i] ?? "+Inf" })}`, below];
  });
  return [...buckets, [`_sum${labelsText(labels)}`, sum] as const, [`_count${labelsText(labels)}`, below] as const];
}

function gauges(models: readonly ServedModel[]): string[] {
  const ofEach = (value: (model: ServedModel) => boolean) =>
    models.map((model) => [labelsText({ model: model.name }), Number(value(model))] as const);
  const loaded = models.flatMap(({ name, version }) =>
    version === null
      ? []
      : [[labelsText({ model: name, version: version.version ?? "", tree_id: version.treeId }), 1] as const],
  );
  return [
    ...family("refit_model_info", "gauge", "The version that is served.", loaded),
    ...family(
      "refit_model_ready",
      "gauge",
      "1: a version is served.",
      ofEach(({ version }) => version !== null),
    ),
    ...family(
      "refit_model_stale",
      "gauge",
      "1: the served version may not be the live one.",
      ofEach(({ stale }) => stale !== null),
    ),
    ...viewGauges(models),
  ];
}

/** Of the files of views. Moments rather than ages, which would stand still if nothing set them: `time()` minus one of them is the age. */
function viewGauges(models: readonly ServedModel[]): string[] {
  const ofEach = (value: (view: ServedView) => number | null) =>
    models.flatMap(({ name, view }) => {
      const found = view === undefined ? null : value(view);
      return found === null ? [] : [[labelsText({ model: name, view: view!.name }), found] as const];
    });
  const newest = "refit_view_newest_row_timestamp_seconds";
  const written = "refit_view_written_timestamp_seconds";
  return [
    ...family(
      newest,
      "gauge",
      "Unix time of the newest row in the file of a view.",
      ofEach(({ rows }) => secondsOf(rows.newest)),
    ),
    ...family(
      written,
      "gauge",
      "Unix time at which the file of a view was written.",
      ofEach(({ rows }) => secondsOf(rows.writtenAt)),
    ),
    ...family(
      "refit_view_rows",
      "gauge",
      "Rows in the file of a view.",
      ofEach(({ rows }) => rows.rows),
    ),
    ...family(
      "refit_view_stale",
      "gauge",
      "1: the file may be out of date.",
      ofEach(({ stale }) => Number(stale !== null)),
    ),
  ];
}

/** @param instant ISO 8601; `null`: none */
const secondsOf = (instant: string | null) => (instant === null ? null : Date.parse(instant) / 1000);
