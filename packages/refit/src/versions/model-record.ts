import type { Claims, ContentFacts, FolderCommit, TreeFacts, TreeFile } from "@refit/core/history";
import type { JudgedOnce } from "@refit/core/judge";
import type { Learned } from "@refit/core/report";

/** What a version says of itself, as far as a history tells it. */
export interface TreeRecord extends TreeFacts {
  /** Holdout metrics, in the order of `metrics.json`. */
  readonly metrics: Readonly<Record<string, number>>;
  readonly learned: Learned;
  /** What its lineage says of how it was judged; `null`: nothing. In no file: absent where an earlier process has read the lineage. */
  readonly judged?: SaidOfJudgement | null;
}

/** The part that a `lineage.json` has of it. */
export type SaidOfJudgement = Omit<JudgedOnce, "treeId" | "evaluation">;

export function saidOfJudgement(claims: Claims | null): SaidOfJudgement | null {
  if (claims === null || claims.judgedOn === null) return null;
  const { parent, judgedOn: on, learnedUntil, isTrainedOn, isDeclared } = claims;
  return { parent, on, learnedUntil, isTrainedOn, isDeclared };
}

/** All that `readHistory` needs of one model, as far as one commit of the base branch, and what it takes to go on from there. */
export interface HistoryRecord {
  readonly commits: readonly FolderCommit[];
  /** By tree id, in the order of first appearance. */
  readonly trees: ReadonlyMap<string, TreeRecord>;
  /** Files of the folder after the last commit. */
  readonly files: readonly TreeFile[];
  /** Trees of which every file was hashed, and what is wrong with each; `null`: nothing. */
  readonly hashed: ReadonlyMap<string, string | null>;
}

/** Digests of blobs, on the word of versions that were found valid, by blob id. */
export type Claimed = readonly (readonly [id: string, facts: ContentFacts])[];

/** A record, and what it takes to go on from there besides. */
export interface Extended {
  readonly record: HistoryRecord;
  readonly claims: Claimed;
}

export const emptyRecord: HistoryRecord = { commits: [], trees: new Map(), files: [], hashed: new Map() };

type StoredCommit = readonly [sha: string, at: number, author: number, subject: string, tree: number];
type StoredTree = readonly [
  id: string,
  parent: string | number | null,
  inputDigest: string | null,
  metrics: Readonly<Record<string, number>>,
  until: string | null,
  isDeclared: boolean,
  broken: string | null,
  newerFormat: number | null,
];

/** A record as JSON: a long history names the same authors and trees again and again, so they are numbered. */
export interface StoredRecord {
  readonly authors: readonly string[];
  readonly commits: readonly StoredCommit[];
  readonly trees: readonly StoredTree[];
  readonly files: readonly (readonly [path: string, mode: string, id: string])[];
  readonly hashed: readonly (readonly [tree: number, broken: string | null])[];
}

export function storedRecord({ commits, trees, files, hashed }: HistoryRecord): StoredRecord {
  const authors = numbering<string>();
  const ids = new Map([...trees.keys()].map((id, i) => [id, i]));
  return {
    commits: commits.map(({ sha, committedAt, author, subject, treeId }) => [
      sha,
      committedAt,
      authors.numberOf(author),
      subject,
      treeId === null ? -1 : ids.get(treeId)!,
    ]),
    trees: [...trees].map(([id, { parent, inputDigest, metrics, learned, broken, newerFormat }]) => [
      id,
      parent === null ? null : (ids.get(parent) ?? parent),
      inputDigest,
      metrics,
      learned.until,
      learned.isDeclared,
      broken,
      newerFormat,
    ]),
    files: files.map(({ path, mode, id }) => [path, mode, id]),
    hashed: [...hashed].map(([id, broken]) => [ids.get(id)!, broken]),
    authors: authors.values,
  };
}

export function openedRecord({ authors, commits, trees, files, hashed }: StoredRecord): HistoryRecord {
  return {
    commits: commits.map(([sha, committedAt, author, subject, tree]) => ({
      sha,
      committedAt,
      author: authors[author]!,
      subject,
      treeId: tree === -1 ? null : trees[tree]![0],
    })),
    trees: new Map(
      trees.map(([id, parent, inputDigest, metrics, until, isDeclared, broken, newerFormat]) => [
        id,
        {
          broken,
          parent: typeof parent === "number" ? trees[parent]![0] : parent,
          inputDigest,
          newerFormat,
          metrics,
          learned: { until, isDeclared },
        },
      ]),
    ),
    files: files.map(([path, mode, id]) => ({ path, mode, id })),
    hashed: new Map(hashed.map(([tree, broken]) => [trees[tree]![0], broken])),
  };
}

function numbering<T>() {
  const numbers = new Map<T, number>();
  return {
    numberOf(value: T): number {
      const known = numbers.get(value) ?? numbers.size;
      numbers.set(value, known);
      return known;
    },
    get values(): readonly T[] {
      return [...numbers.keys()];
    },
  };
}
