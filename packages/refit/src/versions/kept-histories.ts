import type { Files } from "../ports/files.ts";
import type { Repository } from "../ports/repository.ts";
import { keepLines, recallLines, type KeptLines } from "./kept-lines.ts";
import {
  openedRecord,
  storedRecord,
  type Claimed,
  type Extended,
  type HistoryRecord,
  type StoredRecord,
} from "./model-record.ts";

/** What blobs hold, on the word of a model's versions. In a file of its own: only who meets a new version needs it. */
interface StoredClaims {
  /** Number of versions that the claims are of. */
  readonly trees: number;
  readonly claims: readonly (readonly [id: string, sha256: string, bytes: number])[];
}

/** Records of models, all of one commit of the base branch: what the git common directory has, and what this process has read. */
export interface KeptHistories {
  /** The commit that the records are of; `null`: there are none. */
  commit: string | null;
  /** As they stand in the file; `null`: there is none that can be used. */
  lines: KeptLines | null;
  claimLines: Promise<KeptLines | null> | null;
  /** Commits between that of the file and the base commit. */
  gap: number;
  /** Lines that were parsed; `null`: not to be used. */
  readonly opened: Map<string, HistoryRecord | null>;
  /** Not yet in the file, or no longer as it stands there. */
  readonly changed: Map<string, Extended>;
}

const names = { records: "history/records", claims: "history/claims" } as const;

export async function openHistories(files: Files, repository: Repository): Promise<KeptHistories> {
  const lines = await recallLines(files, repository, names.records);
  return { commit: lines?.commit ?? null, lines, claimLines: null, gap: 0, opened: new Map(), changed: new Map() };
}

export function forgetHistories(kept: KeptHistories): void {
  kept.commit = null;
  kept.lines = null;
  kept.opened.clear();
}

/** @returns `null`: nothing is known of the model. */
export function recordOf({ lines, opened, changed }: KeptHistories, model: string): HistoryRecord | null {
  const known = changed.get(model)?.record ?? opened.get(model);
  if (known !== undefined) return known;
  const stored = (lines?.value(model) ?? null) as StoredRecord | null;
  const record = stored && openedRecord(stored);
  opened.set(model, record);
  return record;
}

/** @returns what the versions of a model's record vouch for; `null`: it is not known. */
export async function claimsOf(
  files: Files,
  repository: Repository,
  kept: KeptHistories,
  model: string,
): Promise<Claimed | null> {
  const lines = await (kept.claimLines ??= recallLines(files, repository, names.claims));
  const stored = (lines?.value(model) ?? null) as StoredClaims | null;
  if (stored === null || stored.trees !== recordOf(kept, model)?.trees.size) return null;
  return stored.claims.map(([id, sha256, bytes]) => [id, { sha256, bytes }]);
}

/** Bytes. To write a file of this size takes less time than to read a log. */
const smallFile = 262_144;
/** Commits after which a larger one is written again though nothing but the commit is new. */
const mostCommits = 100;

/** Writes what is new where that is possible. The claims come first: a record that they do not belong to is read anew. */
export async function saveHistories(files: Files, repository: Repository, kept: KeptHistories): Promise<void> {
  const { lines, gap, changed, opened } = kept;
  const isFar = gap > 0 && (gap > mostCommits || lines === null || lines.bytes < smallFile);
  if (changed.size === 0 && !isFar) return;
  const commit = repository.baseCommit;
  if (changed.size > 0) {
    const before = await (kept.claimLines ??= recallLines(files, repository, names.claims));
    const values = new Map([...changed].map(([model, each]) => [model, storedClaims(each)]));
    await keepLines(files, repository, names.claims, { commit, before, values });
  }
  const values = new Map<string, unknown>([...changed].map(([model, { record }]) => [model, storedRecord(record)]));
  const unusable = new Set([...opened].flatMap(([model, record]) => (record === null ? [model] : [])));
  await keepLines(files, repository, names.records, { commit, before: lines, values, without: unusable });
}

function storedClaims({ record, claims }: Extended): StoredClaims {
  return { trees: record.trees.size, claims: claims.map(([id, { sha256, bytes }]) => [id, sha256, bytes]) };
}
