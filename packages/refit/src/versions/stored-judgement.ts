import { readClaims } from "@refit/core/history";
import type { ComparisonKind, JudgedOnce, MeasuredRows, StoredEvaluation, StoredPair } from "@refit/core/judge";
import type { Ports } from "../ports/index.ts";
import { decodeText } from "../text.ts";

/** What versions say of how they were judged, by tree id; without those that do not say it as refit does. */
export async function storedJudgements(
  { git }: Pick<Ports, "git">,
  treeIds: readonly string[],
): Promise<ReadonlyMap<string, JudgedOnce>> {
  const objects = treeIds.flatMap((treeId) => [`${treeId}:lineage.json`, `${treeId}:evaluation.json`]);
  const contents = await git.read(objects);
  return new Map(
    treeIds.flatMap((treeId, i) => {
      const judged = judgedOnce(treeId, contents[2 * i] ?? null, contents[2 * i + 1] ?? null);
      return judged === null ? [] : [[treeId, judged] as const];
    }),
  );
}

/** By hand, as `readClaims` does and for the same reason. */
function judgedOnce(treeId: string, lineage: Uint8Array | null, evaluation: Uint8Array | null): JudgedOnce | null {
  const text = lineage && decodeText(lineage);
  const { claims } = readClaims(text);
  if (text === null || claims === null) return null;
  const { parent, learnedUntil, isDeclared } = claims;
  const { holdout, judgedArtifact } = JSON.parse(text) as Record<string, unknown>;
  const on = rowsOf(holdout);
  const isTrainedOn = typeof judgedArtifact === "string";
  return on && { treeId, parent, on, learnedUntil, isTrainedOn, isDeclared, evaluation: storedEvaluation(evaluation) };
}

function rowsOf(holdout: unknown): MeasuredRows | null {
  if (typeof holdout !== "object" || holdout === null) return null;
  const { rows, from, to } = holdout as Record<string, unknown>;
  return typeof rows === "number" ? { rows, from: instant(from), to: instant(to) } : null;
}

const instant = (value: unknown) => (typeof value === "string" && !Number.isNaN(Date.parse(value)) ? value : null);

const kinds: ReadonlySet<unknown> = new Set<ComparisonKind>(["first-model", "contract-change", "refresh", "change"]);

/** `null` where it is missing or not as refit writes it. */
function storedEvaluation(bytes: Uint8Array | null): StoredEvaluation | null {
  if (bytes === null) return null;
  try {
    const { kind, primary, metrics } = JSON.parse(decodeText(bytes)) as Record<string, unknown>;
    if (!kinds.has(kind) || typeof primary !== "string" || !Array.isArray(metrics)) return null;
    return { kind: kind as ComparisonKind, primary, metrics: metrics.flatMap((each) => pairOf(each) ?? []) };
  } catch {
    return null;
  }
}

/** `null`: one of the two has no number. */
function pairOf(value: Readonly<Record<string, unknown>>): StoredPair | null {
  const { metric, champion, challenger, improvement } = value;
  if (typeof metric !== "string" || typeof champion !== "number") return null;
  if (typeof challenger !== "number" || typeof improvement !== "number") return null;
  return { metric, champion, challenger, improvement };
}
