import type { ComparisonKind, StoredEvaluation, StoredPair } from "@refit/core/judge";
import { decodeText } from "../text.ts";

const kinds: ReadonlySet<unknown> = new Set<ComparisonKind>(["first-model", "contract-change", "refresh", "change"]);

/** What `evaluation.json` says of a version and the champion then; `null` where it is missing or not as refit writes it. */
export function storedEvaluation(bytes: Uint8Array | null): StoredEvaluation | null {
  if (bytes === null) return null;
  try {
    const { kind, metrics } = JSON.parse(decodeText(bytes)) as { kind: unknown; metrics: readonly unknown[] };
    if (!kinds.has(kind)) return null;
    return { kind: kind as ComparisonKind, metrics: metrics.flatMap((each) => pairOf(each) ?? []) };
  } catch {
    return null;
  }
}

/** `null`: one of the two has no number. */
function pairOf(value: unknown): StoredPair | null {
  const { metric, champion, challenger, improvement } = value as Record<string, unknown>;
  if (typeof metric !== "string" || typeof champion !== "number") return null;
  if (typeof challenger !== "number" || typeof improvement !== "number") return null;
  return { metric, champion, challenger, improvement };
}
