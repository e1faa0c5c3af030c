import {
  checkTree,
  claimBook,
  lfsPointer,
  lfsPointerMaxBytes,
  readClaims,
  type ContentFacts,
  type FolderState,
  type TreeFacts,
  type TreeFile,
} from "@refit/core/history";
import { ArtifactInvalidError } from "@refit/core/errors";
import { keepValue, recallValue } from "../data/cache.ts";
import { sha256 } from "../sha256.ts";
import type { Ports } from "../ports/index.ts";
import { decodeText } from "../text.ts";
import type { Repository } from "../ports/repository.ts";

type HistoryPorts = Pick<Ports, "git" | "files">;

/**
 * What each version says of itself, and whether it may be believed, oldest first.
 *
 * Mixtures of versions show in the digests that other versions claim for the same blobs, so that few files are opened.
 */
export async function factsOfTrees(
  ports: HistoryPorts,
  trees: ReadonlyMap<string, FolderState>,
): Promise<Map<string, TreeFacts>> {
  const book = claimBook();
  const facts = new Map<string, TreeFacts>();
  for (const [treeId, { files, contents }] of trees) {
    const { claims, problem, newerFormat } = readClaims(decode(contents.get("lineage.json")));
    if (claims === null) {
      facts.set(treeId, { broken: problem, parent: null, inputDigest: null, newerFormat });
      continue;
    }
    const read = await contentFacts(ports, book.unsure(files, claims));
    const broken = checkTree(files, claims, (file) => read.get(file.id) ?? book.contentOf(file));
    if (broken === null) book.vouch(files, claims);
    facts.set(treeId, { broken, parent: claims.parent, inputDigest: claims.inputDigest, newerFormat });
  }
  return facts;
}

/**
 * Every file hashed and compared with `lineage.json`; a tree once found whole is not hashed again.
 *
 * @returns the first thing that is wrong; `null`: nothing.
 * @throws FormatNewerError
 */
export async function checkWhole(
  ports: HistoryPorts,
  repository: Repository,
  treeId: string,
  files: readonly TreeFile[],
): Promise<string | null> {
  const mark = `whole/${treeId}`;
  if ((await recallValue(ports.files, repository, mark))?.value === treeId) return null;
  const own = files.find((file) => file.path === "lineage.json");
  const [bytes] = own === undefined ? [null] : await ports.git.read([own.id]);
  const text = decode(bytes);
  const { parseLineage } = await import("./stored-files.ts");
  const { claims, problem } = readClaims(text);
  if (problem !== null) return problem;
  try {
    parseLineage(text!);
  } catch (error) {
    if (error instanceof ArtifactInvalidError) return error.message;
    throw error;
  }
  const contents = await contentFacts(ports, files);
  const broken = checkTree(files, claims!, (file) => contents.get(file.id) ?? null);
  if (broken === null) await keepValue(ports.files, repository, mark, treeId);
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

function decode(bytes: Uint8Array | null | undefined): string | null {
  return bytes ? decodeText(bytes) : null;
}
