import { readClaims } from "@refit/core/history";
import type { ComparisonKind, JudgedOnce, StoredEvaluation, StoredPair } from "@refit/core/judge";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { decodeText } from "../text.ts";
import { keepLines, recallLines } from "./kept-lines.ts";

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

/** What was said of the versions of a model; `null` of those that do not say it. */
interface KeptJudgements {
  readonly versions: readonly (readonly [treeId: string, judged: Omit<JudgedOnce, "treeId"> | null])[];
}

const cache = "history/judgements";

/** The same for all versions of a model. They never change, so that only those are read that no earlier command has read. */
export async function judgementsOfModel(
  ports: Pick<Ports, "files" | "git">,
  repository: Repository,
  model: string,
  treeIds: readonly string[],
): Promise<ReadonlyMap<string, JudgedOnce>> {
  const before = await recallLines(ports.files, repository, cache);
  const stored = (before?.value(model) ?? null) as KeptJudgements | null;
  const known = new Map(stored?.versions);
  const unread = treeIds.filter((treeId) => !known.has(treeId));
  if (unread.length > 0) {
    const read = await storedJudgements(ports, unread);
    for (const treeId of unread) known.set(treeId, read.get(treeId) ?? null);
    const kept: KeptJudgements = { versions: treeIds.map((treeId) => [treeId, withoutId(known.get(treeId)!)]) };
    const values = new Map([[model, kept]]);
    await keepLines(ports.files, repository, cache, { commit: repository.baseCommit, before, values });
  }
  return new Map(
    treeIds.flatMap((treeId) => {
      const judged = known.get(treeId);
      return judged ? [[treeId, { ...judged, treeId }] as const] : [];
    }),
  );
}

function withoutId(judged: Omit<JudgedOnce, "treeId"> | null): Omit<JudgedOnce, "treeId"> | null {
  if (judged === null) return null;
  const { parent, on, learnedUntil, isTrainedOn, isDeclared, evaluation } = judged;
  return { parent, on, learnedUntil, isTrainedOn, isDeclared, evaluation };
}

function judgedOnce(treeId: string, lineage: Uint8Array | null, evaluation: Uint8Array | null): JudgedOnce | null {
  const { claims } = readClaims(lineage && decodeText(lineage));
  if (claims === null || claims.judgedOn === null) return null;
  const { parent, judgedOn: on, learnedUntil, isTrainedOn, isDeclared } = claims;
  return { treeId, parent, on, learnedUntil, isTrainedOn, isDeclared, evaluation: storedEvaluation(evaluation) };
}

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
