import {
  type Claims,
  type ContentFacts,
  checkTree,
  claimBook,
  type FolderState,
  lfsPointer,
  lfsPointerMaxBytes,
  type ModelHistory,
  readClaims,
  readHistory,
  type TreeFacts,
  type TreeFile,
} from "@refit/core";
import path from "node:path";
import { sha256 } from "./adapters/sha256.ts";
import type { Ports, Repository } from "./ports.ts";
import { version } from "./version.ts";

type HistoryPorts = Pick<Ports, "git" | "files">;

/** Headline metrics, all holdout rows, by tree id. */
export type MetricsByTree = ReadonlyMap<string, Readonly<Record<string, number>>>;

export interface ModelRecord {
  readonly history: ModelHistory;
  readonly metrics: MetricsByTree;
}

export interface HistoryOptions {
  /** `false`: metrics are not read. */
  readonly metrics?: boolean;
}

/** One model's history on the base branch; its champion is checked file by file. */
export async function readModelHistory(
  ports: HistoryPorts,
  repository: Repository,
  model: string,
  options: HistoryOptions = {},
): Promise<ModelRecord> {
  const records = await readModelHistories(ports, repository, [model], options);
  return records.get(model)!;
}

/**
 * The histories of models on the base branch, in two git processes however long they are.
 *
 * Of old versions only `lineage.json` and `metrics.json` are read: mixtures of versions show in the digests that
 * others vouched for. The version in use is hashed whole, once; when it fails it is broken, and the valid version
 * before it is checked in its place.
 */
export async function readModelHistories(
  ports: HistoryPorts,
  repository: Repository,
  models: readonly string[],
  { metrics = true }: HistoryOptions = {},
): Promise<ReadonlyMap<string, ModelRecord>> {
  const folderOf = (model: string) => `models/${model}/champion`;
  const log = await ports.git.log(repository.baseCommit, models.map(folderOf));
  const texts = await readTexts(
    ports,
    [...log.values()].flat(),
    metrics ? ["lineage.json", "metrics.json"] : ["lineage.json"],
  );

  const records = new Map<string, ModelRecord>();
  for (const model of models) {
    const states = log.get(folderOf(model)) ?? [];
    const history = await checkedHistory(ports, repository, states, texts);
    records.set(model, { history, metrics: metrics ? metricsByTree(states, texts) : new Map() });
  }
  return records;
}

function metricsByTree(states: readonly FolderState[], texts: ReadonlyMap<string, string>): MetricsByTree {
  const metrics = new Map<string, Readonly<Record<string, number>>>();
  for (const { treeId, files } of states) {
    const text = texts.get(blobOf(files, "metrics.json"));
    if (treeId !== null && text !== undefined && !metrics.has(treeId)) metrics.set(treeId, headlines(text));
  }
  return metrics;
}

/** The numbers under `holdout`; none for a file that is not what refit writes: its version is broken anyway. */
function headlines(text: string): Readonly<Record<string, number>> {
  try {
    const { holdout } = JSON.parse(text) as { holdout?: Record<string, unknown> };
    const values = Object.entries(holdout ?? {});
    return Object.fromEntries(values.filter((entry): entry is [string, number] => typeof entry[1] === "number"));
  } catch {
    return {};
  }
}

/** Text of the named files in all states, by blob id, each read once. */
async function readTexts(ports: HistoryPorts, states: readonly FolderState[], names: readonly string[]) {
  const ids = new Set<string>();
  for (const { files } of states) for (const name of names) ids.add(blobOf(files, name));
  ids.delete("");
  const blobs = [...ids];
  const contents = await ports.git.read(blobs);
  const decoder = new TextDecoder();
  return new Map(contents.flatMap((bytes, i) => (bytes === null ? [] : [[blobs[i]!, decoder.decode(bytes)] as const])));
}

/** Blob id of a file of the folder; empty when it has none. */
function blobOf(files: readonly TreeFile[], name: string): string {
  return files.find((file) => file.path === name)?.id ?? "";
}

async function checkedHistory(
  ports: HistoryPorts,
  repository: Repository,
  states: readonly FolderState[],
  texts: ReadonlyMap<string, string>,
): Promise<ModelHistory> {
  const book = claimBook();
  const facts = new Map<string, TreeFacts>();
  const checks = new Map<string, { files: readonly TreeFile[]; claims: Claims }>();
  for (const { treeId, files } of states) {
    if (treeId === null || facts.has(treeId)) continue;
    const { claims, problem } = readClaims(texts.get(blobOf(files, "lineage.json")) ?? null);
    if (claims === null) {
      facts.set(treeId, { broken: problem, parent: null, inputDigest: null });
      continue;
    }
    const read = await contentsOf(ports, book.unsure(files, claims));
    const broken = checkTree(files, claims, (file) => read.get(file.id) ?? book.contentOf(file));
    facts.set(treeId, { broken, parent: claims.parent, inputDigest: claims.inputDigest });
    checks.set(treeId, { files, claims });
    if (broken === null) book.vouch(files, claims);
  }

  for (;;) {
    const history = readHistory(states, (treeId) => facts.get(treeId)!);
    if (history.champion === null) return history;
    const { treeId } = history.champion;
    const { files, claims } = checks.get(treeId)!;
    const broken = await remembered(ports, repository, treeId, async () => {
      const contents = await contentsOf(ports, files);
      return checkTree(files, claims, (file) => contents.get(file.id) ?? null);
    });
    if (broken === null) return history;
    facts.set(treeId, { ...facts.get(treeId)!, broken });
  }
}

/** Digests of blobs, by id. A Git LFS pointer speaks for its content. */
async function contentsOf(ports: HistoryPorts, files: readonly TreeFile[]): Promise<ReadonlyMap<string, ContentFacts>> {
  const blobs = files.map((file) => file.id);
  const contents = blobs.length === 0 ? [] : await ports.git.read(blobs);
  const facts = new Map<string, ContentFacts>();
  for (const [i, bytes] of contents.entries()) {
    if (bytes === null) continue;
    const pointer = bytes.byteLength <= lfsPointerMaxBytes ? lfsPointer(new TextDecoder().decode(bytes)) : null;
    facts.set(blobs[i]!, pointer ?? { sha256: sha256(bytes), bytes: bytes.byteLength });
  }
  return facts;
}

/** A tree id is a digest: what was found once holds for ever, so that a run with nothing to do hashes no model. */
async function remembered(
  { files }: HistoryPorts,
  repository: Repository,
  treeId: string,
  check: () => Promise<string | null>,
): Promise<string | null> {
  const file = path.join(repository.commonDir, "refit", "cache", "checked", `${treeId}-${version}.json`);
  const known = await files.read(file);
  if (known !== null) return JSON.parse(new TextDecoder().decode(known)) as string | null;

  const broken = await check();
  await files.write(file, new TextEncoder().encode(JSON.stringify(broken)));
  return broken;
}
