import {
  checkTree,
  lfsPointer,
  lfsPointerMaxBytes,
  readClaims,
  type ClaimBook,
  type ContentFacts,
  type FolderState,
  type TreeFile,
} from "@refit/core/history";
import { ArtifactInvalidError } from "@refit/core/errors";
import { saidOfJudgement, type TreeRecord } from "./model-record.ts";
import { storedMetrics } from "./stored-metrics.ts";
import { keepValue, recallValue } from "../data/cache.ts";
import { sha256 } from "../sha256.ts";
import type { Ports } from "../ports/index.ts";
import { decodeText } from "../text.ts";
import type { Repository } from "../ports/repository.ts";

type TreePorts = Pick<Ports, "git" | "files">;

/** Whatever has the contents of files by their ids. */
interface ObjectPorts {
  readonly git: Pick<Ports["git"], "read">;
}

/**
 * What each version says of itself, and whether it may be believed, oldest first.
 *
 * Mixtures of versions show in the digests that other versions claim for the same blobs, so that few files are opened.
 *
 * @param book what earlier versions vouch for; these are added to it.
 */
export async function factsOfTrees(
  ports: TreePorts,
  trees: ReadonlyMap<string, FolderState>,
  book: ClaimBook,
): Promise<Map<string, TreeRecord>> {
  const facts = new Map<string, TreeRecord>();
  for (const [treeId, { files, contents }] of trees) {
    const metrics = storedMetrics(contents.get("metrics.json") ?? null);
    const { claims, problem, newerFormat } = readClaims(decode(contents.get("lineage.json")));
    if (claims === null) {
      facts.set(treeId, { ...nothingSaid, metrics, broken: problem, newerFormat, judged: null });
      continue;
    }
    const read = await contentFacts(ports, book.unsure(files, claims));
    const broken = checkTree(files, claims, (file) => read.get(file.id) ?? book.contentOf(file));
    if (broken === null) book.vouch(files, claims);
    const { parent, inputDigest, learnedUntil: until, isDeclared } = claims;
    const learned = { until, isDeclared };
    const judged = saidOfJudgement(claims);
    facts.set(treeId, { broken, parent, inputDigest, newerFormat, metrics, learned, judged });
  }
  return facts;
}

const nothingSaid = { parent: null, inputDigest: null, learned: { until: null, isDeclared: false } };

/**
 * As `wrongIn`, of any version; one that was once found whole is not hashed again.
 *
 * @throws FormatNewerError
 */
export async function checkWhole(
  ports: TreePorts,
  repository: Repository,
  treeId: string,
  files: readonly TreeFile[],
): Promise<string | null> {
  const mark = `whole/${treeId}`;
  if ((await recallValue(ports.files, repository, mark))?.value === treeId) return null;
  const broken = await wrongIn(ports, files);
  if (broken === null) await keepValue(ports.files, repository, mark, treeId);
  return broken;
}

/**
 * Every file hashed and compared with `lineage.json`.
 *
 * @returns the first thing that is wrong; `null`: nothing.
 * @throws FormatNewerError
 */
export async function wrongIn(ports: ObjectPorts, files: readonly TreeFile[]): Promise<string | null> {
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
  return checkTree(files, claims!, (file) => contents.get(file.id) ?? null);
}

/** Digests of blobs; a Git LFS pointer counts as the content that it stands for. */
async function contentFacts(
  ports: ObjectPorts,
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
