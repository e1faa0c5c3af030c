import {
  checkTree,
  claimBook,
  lfsPointer,
  lfsPointerMaxBytes,
  readClaims,
  readHistory,
  type ContentFacts,
  type FolderState,
  type ModelHistory,
  type TreeFacts,
  type TreeFile,
} from "@refit/core";
import path from "node:path";
import { sha256 } from "./adapters/sha256.ts";
import type { Ports, Repository } from "./ports.ts";
import { championFolder } from "./model-names.ts";

/** Holdout metrics by tree id, in the order of `metrics.json`. */
export type MetricsByTree = ReadonlyMap<string, Readonly<Record<string, number>>>;

type HistoryPorts = Pick<Ports, "git" | "files">;

/**
 * What happened to a model on the base branch, with each version's metrics.
 *
 * Opens two small files per version through one git process: mixtures of versions show in the digests that other
 * versions claim for the same blobs. Only the champion is hashed as a whole, once; when it fails it is broken, and the
 * valid version before it is hashed in its place.
 */
export async function readModelHistory(
  ports: HistoryPorts,
  repository: Repository,
  model: string,
): Promise<{ readonly history: ModelHistory; readonly metrics: MetricsByTree }> {
  const folder = championFolder(model);
  const log = await ports.git.log(repository.baseCommit, [folder], ["lineage.json", "metrics.json"]);
  const commits = log.get(folder) ?? [];
  const trees = new Map(
    commits.flatMap((commit) => (commit.treeId === null ? [] : [[commit.treeId, commit] as const])),
  );
  const metrics = new Map(
    [...trees].map(([treeId, { contents }]) => [treeId, metricsOf(decode(contents.get("metrics.json")))]),
  );
  const facts = await factsOfTrees(ports, trees);
  for (;;) {
    const history = readHistory(commits, (treeId) => facts.get(treeId)!);
    if (history.champion === null) return { history, metrics };
    const { treeId } = history.champion;
    const broken = await checkWhole(ports, repository, treeId, trees.get(treeId)!.files);
    if (broken === null) return { history, metrics };
    facts.set(treeId, { ...facts.get(treeId)!, broken });
  }
}

async function factsOfTrees(
  ports: HistoryPorts,
  trees: ReadonlyMap<string, FolderState>,
): Promise<Map<string, TreeFacts>> {
  const book = claimBook();
  const facts = new Map<string, TreeFacts>();
  for (const [treeId, { files, contents }] of trees) {
    const { claims, problem } = readClaims(decode(contents.get("lineage.json")));
    if (claims === null) {
      facts.set(treeId, { broken: problem, parent: null, inputDigest: null });
      continue;
    }
    const read = await contentFacts(ports, book.unsure(files, claims));
    const broken = checkTree(files, claims, (file) => read.get(file.id) ?? book.contentOf(file));
    if (broken === null) book.vouch(files, claims);
    facts.set(treeId, { broken, parent: claims.parent, inputDigest: claims.inputDigest });
  }
  return facts;
}

/** Every file hashed and held against `lineage.json`; a tree once found whole is not hashed again. */
export async function checkWhole(
  ports: HistoryPorts,
  repository: Repository,
  treeId: string,
  files: readonly TreeFile[],
): Promise<string | null> {
  const mark = path.join(repository.commonDir, "refit", "cache", "whole", treeId);
  if ((await ports.files.read(mark)) !== null) return null;
  const own = files.find((file) => file.path === "lineage.json");
  const [bytes] = own === undefined ? [null] : await ports.git.read([own.id]);
  const text = decode(bytes);
  const { claims, problem } = readClaims(text);
  if (claims === null) return problem;
  const { parseLineage } = await import("./stored-files.ts");
  if (parseLineage(text!) === null) return "lineage.json has other fields than this refit writes.";
  const contents = await contentFacts(ports, files);
  const broken = checkTree(files, claims, (file) => contents.get(file.id) ?? null);
  if (broken === null) await ports.files.write(mark, new Uint8Array());
  return broken;
}

/** Digests of blobs; a Git LFS pointer counts as the content that it stands for. */
async function contentFacts(
  ports: HistoryPorts,
  files: readonly TreeFile[],
): Promise<ReadonlyMap<string, ContentFacts>> {
  const ids = [...new Set(files.map((file) => file.id))];
  const contents = await ports.git.read(ids);
  return new Map(
    ids.flatMap((id, i) => {
      const bytes = contents[i];
      if (!bytes) return [];
      const pointer = bytes.byteLength <= lfsPointerMaxBytes ? lfsPointer(decode(bytes)!) : null;
      return [[id, pointer ?? { sha256: sha256(bytes), bytes: bytes.byteLength }] as const];
    }),
  );
}

function metricsOf(text: string | null): Readonly<Record<string, number>> {
  if (text === null) return {};
  try {
    const { holdout } = JSON.parse(text) as { holdout?: Record<string, number> };
    return Object.fromEntries(Object.entries(holdout ?? {}).filter(([, value]) => typeof value === "number"));
  } catch {
    return {};
  }
}

const decoder = new TextDecoder();

function decode(bytes: Uint8Array | null | undefined): string | null {
  return bytes ? decoder.decode(bytes) : null;
}
