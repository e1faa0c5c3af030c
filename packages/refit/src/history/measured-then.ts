import type { EarlierVersion, MetricName, ModelHistory } from "@refit/core";
import type { Ports } from "../ports.ts";

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
    value: valueOf(contents[i] ?? null, metric),
  }));
}

function valueOf(bytes: Uint8Array | null, metric: MetricName): number | undefined {
  if (bytes === null) return undefined;
  try {
    const { holdout } = JSON.parse(new TextDecoder().decode(bytes)) as { holdout?: Record<string, unknown> };
    const value = holdout?.[metric];
    return typeof value === "number" ? value : undefined;
  } catch {
    return undefined; // old versions are checked by what they claim, not by every byte
  }
}
