import { SourceRefusedError, SourceUnreachableError } from "@refit/core/errors";
import type { Ports } from "../ports/index.ts";
import type { SourceFile, SourceListing } from "../ports/sources.ts";
import { builtFiles } from "./built-files.ts";
import type { Context } from "../products/context.ts";
import { loadProfile } from "./profile-store.ts";

/** A file of the data, by content, with its rows. */
interface CountedFile {
  readonly path: string;
  readonly sha256: string;
  readonly rows: number;
}

export interface KnownFiles {
  /** sha256 of each; `null`: the bytes of one are not known. */
  readonly digests: readonly string[] | null;
  /** `null`: the rows of one are not known. */
  readonly files: readonly CountedFile[] | null;
}

const unknown: KnownFiles = { digests: null, files: null };

/**
 * The data files of the base branch, listed and not read: what they hold is known where the champion, the ledger or a cache
 * has it.
 *
 * @param counted files whose rows the ledger knows.
 */
export async function knownFiles(
  ports: Pick<Ports, "files" | "git" | "sources">,
  context: Pick<Context, "repository" | "manifest" | "champion" | "ledgerCommit">,
  counted: readonly CountedFile[],
): Promise<KnownFiles> {
  const { repository, manifest, champion } = context;
  const built = champion?.lineage.data.files ?? [];
  const listing = await listed(ports, repository, manifest);
  if (listing === null) return unknown;
  // Files outside of git may lie on another machine.
  const here = new Set(listing.files.map(({ path }) => path));
  const isElsewhere = listing.findings.length > 0 || built.some(({ blob, path }) => blob === null && !here.has(path));
  if (isElsewhere) return unknown;

  const builtFile = builtFiles(champion);
  const digestOf = async (source: SourceFile) =>
    builtFile(source)?.sha256 ?? (await ports.sources.knownDigest(repository, source));
  const rows = new Map([...counted, ...built].map((file) => [file.sha256, file.rows]));
  const digests: string[] = [];
  const files: CountedFile[] = [];
  for (const source of listing.files) {
    const sha256 = await digestOf(source);
    if (sha256 === null) return unknown;
    digests.push(sha256);
    const count = rows.get(sha256) ?? (await loadProfile(ports, context, sha256))?.rows;
    if (count !== undefined) files.push({ path: source.path, sha256, rows: count });
  }
  return { digests, files: files.length === digests.length ? files : null };
}

/** `null`: a remote place does not answer, or not to us. Whoever only asks what is known goes on without it. */
async function listed(
  { sources }: Pick<Ports, "sources">,
  repository: Context["repository"],
  manifest: Context["manifest"],
): Promise<SourceListing | null> {
  try {
    return await sources.list(repository, manifest, { workTree: false });
  } catch (error) {
    if (error instanceof SourceUnreachableError || error instanceof SourceRefusedError) return null;
    throw error;
  }
}
