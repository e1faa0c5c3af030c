import { type LineageFile, remoteKey } from "@refit/core/history";
import type { DataManifest } from "@refit/core/spec";
import type { Repository } from "../ports/repository.ts";
import type { SourceFile, Sources } from "../ports/sources.ts";
import { namingThen } from "./earlier-file.ts";

/**
 * The remote files that a version was made from, to be fetched as they were then: as they are listed where they are still the
 * same, else as an earlier version. Where their place keeps no versions, what it has now; where it has nothing, none.
 *
 * @param listed files of today.
 */
export async function remoteOfThen(
  sources: Sources,
  { repository, manifest }: { readonly repository: Repository; readonly manifest: DataManifest },
  listed: readonly SourceFile[],
  builtFrom: readonly LineageFile[],
): Promise<SourceFile[]> {
  const now = new Map(listed.map((file) => [file.path, file]));
  const found: SourceFile[] = [];
  for (const { path, sha256, bytes, version } of builtFrom) {
    if (version === undefined) continue;
    const today = now.get(path);
    const then = { path, bytes, version };
    if (today?.version !== undefined && remoteKey({ ...today, version: today.version }) === remoteKey(then)) {
      found.push(namingThen({ ...today, bytes, version }, sha256));
      continue;
    }
    const earlier = await sources.earlier(repository, manifest, then);
    const file = earlier ?? today;
    if (file !== undefined) found.push(namingThen(file, sha256));
  }
  return found;
}
