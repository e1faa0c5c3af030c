import { SourceRefusedError, SourceUnreachableError } from "@refit/core/errors";
import type { LineageFile } from "@refit/core/history";
import { asOwnRows, type DataManifest } from "@refit/core/spec";
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
  return knownAmong(ports, repository, manifest, champion?.lineage.data.files ?? []);
}

async function knownAmong(
  ports: Pick<Ports, "sources">,
  repository: Context["repository"],
  manifest: DataManifest,
  built: readonly LineageFile[],
): Promise<readonly KnownFile[] | null> {
  const listing = await listed(ports, repository, manifest);
  if (listing === null) return null;
  // Files outside of git may lie on another machine.
  const here = new Set(listing.files.map(({ path }) => path));
  const isElsewhere = listing.findings.length > 0 || built.some(({ blob, path }) => blob === null && !here.has(path));
  if (isElsewhere) return null;
  const builtFile = builtFiles(built);
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

/**
 * The files of the further tables, by the table's name.
 *
 * @returns `null`: the bytes of one are not known.
 */
export async function knownTables(
  ports: Pick<Ports, "sources">,
  { repository, manifest, champion }: Pick<Context, "repository" | "manifest" | "champion">,
): Promise<ReadonlyMap<string, readonly KnownFile[]> | null> {
  const tables = new Map<string, readonly KnownFile[]>();
  for (const table of manifest.tables ?? []) {
    const built = champion?.lineage.data.tables?.[table.name] ?? [];
    const files = await knownAmong(ports, repository, asOwnRows(table, manifest), built);
    if (files === null) return null;
    tables.set(table.name, files);
  }
  return tables;
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
