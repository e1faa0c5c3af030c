import { readClaims } from "@refit/core/history";
import type { ComparisonKind, JudgedOnce, StoredEvaluation, StoredPair } from "@refit/core/judge";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { decodeText } from "../text.ts";
import { keepLines, recallLines } from "./kept-lines.ts";
import { saidOfJudgement, type SaidOfJudgement } from "./model-record.ts";

/** What lineages say, by tree id, of those that are read already. */
type ReadLineages = ReadonlyMap<string, SaidOfJudgement | null>;

/** What versions say of how they were judged, by tree id; without those that do not say it as refit does. */
export async function storedJudgements(
  { git }: Pick<Ports, "git">,
  treeIds: readonly string[],
  read: ReadLineages = new Map(),
): Promise<ReadonlyMap<string, JudgedOnce>> {
  const unread = treeIds.filter((treeId) => !read.has(treeId));
  const saying = treeIds.filter((treeId) => read.get(treeId) !== null);
  const contents = await git.read([
    ...unread.map((treeId) => `${treeId}:lineage.json`),
    ...saying.map((treeId) => `${treeId}:evaluation.json`),
  ]);
  const said = new Map([...read, ...unread.map((treeId, i) => [treeId, saidIn(contents[i] ?? null)] as const)]);
  return new Map(
    saying.flatMap((treeId, i) => {
      const judged = said.get(treeId)!;
      if (judged === null) return [];
      return [[treeId, { treeId, ...judged, evaluation: storedEvaluation(contents[unread.length + i] ?? null) }]];
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
  { treeIds, read = new Map() }: { readonly treeIds: readonly string[]; readonly read?: ReadLineages },
): Promise<ReadonlyMap<string, JudgedOnce>> {
  const before = await recallLines(ports.files, repository, cache);
  const stored = (before?.value(model) ?? null) as KeptJudgements | null;
  const known = new Map(stored?.versions);
  const unread = treeIds.filter((treeId) => !known.has(treeId));
  if (unread.length > 0) {
    const judgements = await storedJudgements(ports, unread, read);
    for (const treeId of unread) known.set(treeId, judgements.get(treeId) ?? null);
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

const saidIn = (lineage: Uint8Array | null) => saidOfJudgement(readClaims(lineage && decodeText(lineage)).claims);

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
