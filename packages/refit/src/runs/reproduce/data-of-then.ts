import { quoted, RefitError } from "@refit/core/errors";
import type { Lineage, LineageFile } from "@refit/core/history";
import { asOwnRows, type DataManifest } from "@refit/core/spec";
import { filesOf } from "../../data/files-of.ts";
import { digestFiles } from "../../data/snapshot-files.ts";
import { remoteOfThen } from "../../data/remote-of-then.ts";
import type { Ports } from "../../ports/index.ts";
import type { Repository } from "../../ports/repository.ts";
import type { SourceFile, Sources } from "../../ports/sources.ts";
import type { Hindrance } from "./reproduction.ts";

/**
 * The sources as a version knew them: files of git as the commit has them, and of all others only those that it was made
 * from, wherever git counts them by now, remote ones in the versions of then. What came later is left out.
 */
export function sourcesOfThen(sources: Sources, { data }: Lineage): Sources {
  return {
    ...sources,
    async list(repository, manifest) {
      const built = filesOf(data, manifest);
      const outside = new Set(built.flatMap(({ path, blob }) => (blob === null ? [path] : [])));
      const committed = await sources.list(repository, manifest, { workTree: false });
      const files = committed.files.filter(({ blob }) => blob !== null);
      if (outside.size === 0) return { ...committed, files };
      const here = await sources.list(repository, manifest, { workTree: true });
      const named = here.files.filter(({ blob, path }) => blob === null && outside.has(path));
      const local = named.filter(({ version }) => version === undefined);
      const remote = await remoteOfThen(sources, { repository, manifest }, here.files, built);
      const all = [...files, ...local, ...remote].sort((a, b) => (a.path < b.path ? -1 : 1));
      return { files: all, findings: [], notices: [] };
    },
  };
}

/** Whether git tracked exactly the files at this commit that the version was made from. Reads none of them. */
export async function hasTrackedFiles(
  sources: Sources,
  repository: Repository,
  manifest: DataManifest,
  { data }: Lineage,
): Promise<boolean> {
  const tracked = (all: readonly Pick<SourceFile, "path" | "blob">[]) =>
    all.flatMap(({ path, blob }) => (blob === null ? [] : [`${blob} ${path}`])).sort();
  for (const { own, files } of parts(manifest, data)) {
    const here = await sources.list(repository, own, { workTree: false });
    if (tracked(here.files).join("\n") !== tracked(files).join("\n")) return false;
  }
  return true;
}

/** The model's own rows and each further table, with the manifest that lists it and the files that it had. */
function parts(manifest: DataManifest, data: Lineage["data"]) {
  const all = [manifest, ...(manifest.tables ?? []).map((table) => asOwnRows(table, manifest))];
  return all.map((own) => ({ own, files: filesOf(data, own) }));
}

/** What keeps the data of a version from being read once more, a sentence for each file. */
export async function missingData(
  ports: Pick<Ports, "out" | "sources">,
  repository: Repository,
  manifest: DataManifest,
  { data }: Lineage,
): Promise<readonly Hindrance[]> {
  const problems: Hindrance[] = [];
  for (const { own, files } of parts(manifest, data)) {
    const listing = await ports.sources.list(repository, own, { workTree: false });
    const here = new Map(listing.files.map((file) => [file.path, file]));
    for (const wanted of files) {
      const problem = await problemOf(ports, repository, wanted, here.get(wanted.path));
      if (problem !== null) problems.push({ ...problem, path: wanted.path, sha256: wanted.sha256 });
    }
  }
  return problems;
}

async function problemOf(
  ports: Pick<Ports, "out" | "sources">,
  repository: Repository,
  wanted: LineageFile,
  source: SourceFile | undefined,
): Promise<Pick<Hindrance, "kind" | "message"> | null> {
  const file = `The data file ${quoted(wanted.path)}`;
  const object = `sha256 ${wanted.sha256}, ${wanted.bytes} bytes`;
  if (source === undefined) {
    const where =
      wanted.version === undefined
        ? "git does not track it, so it has to come from where it was."
        : "its place no longer has it.";
    return { kind: "data-missing", message: `${file} is not here any more (${object}): ${where}` };
  }
  try {
    const [found] = await digestFiles(ports, repository, [source]);
    if (found!.sha256 === wanted.sha256) return null;
    const message = `${file} has other bytes than the version was made from: sha256 ${found!.sha256}, not ${wanted.sha256}.`;
    return { kind: "data-changed", message };
  } catch (error) {
    if (!(error instanceof RefitError)) throw error;
    const blob = wanted.blob === null ? "" : `, git blob ${wanted.blob}`;
    return {
      kind: "data-missing",
      message: `${file} cannot be had (${object}${blob}): ${error.message} ${error.hint}`,
    };
  }
}
