import type { ModelHistory } from "@refit/core/history";
import type { EarlierVersion } from "@refit/core/report";
import type { MetricName } from "@refit/core/spec";
import type { Ports } from "../ports/index.ts";
import { storedMetrics } from "./stored-metrics.ts";

/** More than these fill no chart that can be read. */
const mostVersions = 12;

/** What the last versions say of themselves in `metrics.json`, oldest first: shown, never compared against. */
export async function measuredThen(
  { git }: Pick<Ports, "git">,
  { versions }: ModelHistory,
  metric: MetricName,
): Promise<EarlierVersion[]> {
  const last = versions.filter(({ broken }) => broken === null).slice(-mostVersions);
  const contents = await git.read(last.map(({ treeId }) => `${treeId}:metrics.json`));
  return last.map(({ number, committedAt }, i) => ({
    label: `v${number}`,
    at: committedAt,
    value: storedMetrics(contents[i] ?? null)[metric],
  }));
}
