import { decodeText } from "../text.ts";

/** The holdout's numbers of a `metrics.json`; none where it is missing or not as refit writes it. */
export function storedMetrics(bytes: Uint8Array | null): Readonly<Record<string, number>> {
  if (bytes === null) return {};
  try {
    const { holdout } = JSON.parse(decodeText(bytes)) as { holdout: Record<string, unknown> };
    const numbers = Object.entries(holdout).flatMap(([name, value]) =>
      typeof value === "number" ? [[name, value]] : [],
    );
    return Object.fromEntries(numbers) as Record<string, number>;
  } catch {
    return {};
  }
}

/** Which way the metrics of a model's own point, as its `evaluation.json` says; none where it is missing or not as refit writes it. */
export function storedDirections(bytes: Uint8Array | null): Readonly<Record<string, boolean>> {
  if (bytes === null) return {};
  try {
    const { metrics } = JSON.parse(decodeText(bytes)) as { metrics: { metric: unknown; higherIsBetter?: unknown }[] };
    const told = metrics.flatMap(({ metric, higherIsBetter }) =>
      typeof metric === "string" && typeof higherIsBetter === "boolean" ? [[metric, higherIsBetter]] : [],
    );
    return Object.fromEntries(told) as Record<string, boolean>;
  } catch {
    return {};
  }
}
