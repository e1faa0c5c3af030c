import { SourceRefusedError, SourceUnreachableError } from "@refit/core/errors";
import type { Ports } from "../ports/index.ts";
import type { SourceFile, SourceListing } from "../ports/sources.ts";
import { builtFiles } from "./built-files.ts";
import type { Context } from "../products/context.ts";

/** A file of the data, by content. */
export interface KnownFile {
  readonly path: string;
  readonly sha256: string;
}

/**
 * The data files of the base branch, listed and not read: what they hold is known where the champion or a cache has it.
 *
 * @returns `null`: the bytes of one are not known.
 */
export async function knownFiles(
  ports: Pick<Ports, "sources">,
  { repository, manifest, champion }: Pick<Context, "repository" | "manifest" | "champion">,
): Promise<readonly KnownFile[] | null> {
  const built = champion?.lineage.data.files ?? [];
  const listing = await listed(ports, repository, manifest);
  if (listing === null) return null;
  // Files outside of git may lie on another machine.
  const here = new Set(listing.files.map(({ path }) => path));
  const isElsewhere = listing.findings.length > 0 || built.some(({ blob, path }) => blob === null && !here.has(path));
  if (isElsewhere) return null;
  const builtFile = builtFiles(champion);
  const digestOf = async (source: SourceFile) =>
    builtFile(source)?.sha256 ?? (await ports.sources.knownDigest(repository, source));
  const files: KnownFile[] = [];
  for (const source of listing.files) {
    const sha256 = await digestOf(source);
    if (sha256 === null) return null;
    files.push({ path: source.path, sha256 });
  }
  return files;
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
