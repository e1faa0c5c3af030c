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
