import { family, labelsText, type MetricLabels } from "./metric-lines.ts";
import type { Arm } from "./row-arms.ts";
import type { ServedCanary } from "./served-canary.ts";
import type { ServedModel } from "./served-model.ts";
import type { CanaryAsked } from "./two-versions.ts";

/** What is counted of canaries, since the server began. */
interface CanaryCounts {
  readonly requests: LabelledCounts;
  readonly rows: LabelledCounts;
  readonly counting: {
    askedCanary(model: string, outcome: CanaryAsked): void;
    answeredByArm(model: string, arm: Arm, rows: number): void;
  };
}

type LabelledCounts = Map<string, { readonly labels: MetricLabels; count: number }>;

export function canaryCounts(): CanaryCounts {
  const requests: LabelledCounts = new Map();
  const rows: LabelledCounts = new Map();
  const add = (counts: LabelledCounts, labels: MetricLabels, count: number) => {
    const name = labelsText(labels);
    const known = counts.get(name);
    if (known === undefined) counts.set(name, { labels, count });
    else known.count += count;
  };
  return {
    requests,
    rows,
    counting: {
      askedCanary: (model, outcome) => add(requests, { model, outcome }, 1),
      answeredByArm(model, arm, count) {
        if (count > 0) add(rows, { model, arm }, count);
      },
    },
  };
}

/** Lines of all metrics about canaries; of a server without any, none. */
export function canaryLines(models: readonly ServedModel[], { requests, rows }: CanaryCounts): string[] {
  const beside = models.flatMap(({ name, canary }) => (canary ? [{ name, canary }] : []));
  if (beside.length === 0 && requests.size === 0) return [];
  const samples = (counts: LabelledCounts) => [...counts].map(([labels, { count }]) => [labels, count] as const);
  const ofEach = (value: (canary: ServedCanary) => number) =>
    beside.map(({ name, canary }) => [labelsText({ model: name }), value(canary)] as const);
  const loaded = beside.flatMap(({ name, canary }) => (canary.loaded ? [{ model: name, ...canary.loaded }] : []));
  return [
    ...family(
      "refit_canary_info",
      "gauge",
      "The version that is tried out beside the served one.",
      loaded.map(({ model, version }) => [labelsText({ model, tree_id: version.treeId }), 1]),
    ),
    ...family(
      "refit_canary_ready",
      "gauge",
      "1: the canary could be loaded.",
      ofEach(({ loaded: it }) => Number(it !== null)),
    ),
    ...family(
      "refit_canary_percent",
      "gauge",
      "Share of the keys that the canary may answer, by the tree.",
      ofEach(({ percent }) => percent),
    ),
    ...family(
      "refit_canary_stopped",
      "gauge",
      "1: this server has stopped the canary, and the champion answers.",
      loaded.flatMap(({ model, version, guard }) =>
        guard.stopped === null
          ? []
          : [[labelsText({ model, tree_id: version.treeId, reason: guard.stopped.reason }), 1] as const],
      ),
    ),
    ...family(
      "refit_canary_requests_total",
      "counter",
      "Requests that a canary was asked, by how that went.",
      samples(requests),
    ),
    ...family(
      "refit_canary_rows_total",
      "counter",
      "Rows answered while there is a canary, by whose answer it is.",
      samples(rows),
    ),
  ];
}
