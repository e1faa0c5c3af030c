import { SourceVanishedError } from "@refit/core/errors";
import { type Lineage, type LineageFile, remoteKey } from "@refit/core/history";
import { filesOf } from "../../data/files-of.ts";
import { remoteOfThen } from "../../data/remote-of-then.ts";
import type { SourceFile, Sources } from "../../ports/sources.ts";

/** What a version under test says of its data, and when the commit was made that it says it was built on. */
export interface DataClaim {
  readonly data: Lineage["data"];
  /** Epoch milliseconds. */
  readonly basedAt: number;
}

/**
 * Sources as the version under test had them: files of git as the commit has them, and remote ones in the versions that its
 * lineage names, since their places may have moved on. It cannot leave out what lay there when its base commit was made.
 */
export function claimedSources(sources: Sources, { data, basedAt }: DataClaim): Sources {
  return {
    ...sources,
    async list(repository, manifest, options) {
      const claimed = filesOf(data, manifest);
      const paths = new Set(claimed.map(({ path }) => path));
      const listing = await sources.list(repository, manifest, options);
      const remote = listing.files.filter(({ version }) => version !== undefined);
      const then = await remoteOfThen(sources, { repository, manifest }, remote, claimed);
      const isNewer = ({ modifiedAt = -Infinity }: SourceFile) => modifiedAt > basedAt;
      const unclaimed = remote.filter((file) => !paths.has(file.path) && !isNewer(file));
      const local = listing.files.filter(({ version }) => version === undefined);
      return { ...listing, files: [...local, ...then, ...unclaimed].sort((a, b) => (a.path < b.path ? -1 : 1)) };
    },
  };
}

/** Remote files that are not what the version was made from any more, and cannot be had as they were then. */
export function goneSince(files: readonly LineageFile[], { data }: DataClaim): SourceVanishedError[] {
  const claimed = [data.files, ...Object.values(data.tables ?? {})].flat();
  const now = new Map(files.map((file) => [file.path, file]));
  return claimed.flatMap(({ path, bytes, version }) => {
    if (version === undefined) return [];
    const file = now.get(path);
    const isThere =
      file?.version !== undefined &&
      remoteKey({ ...file, version: file.version }) === remoteKey({ path, bytes, version });
    const [[kind, name] = ["version", "of then"]] = Object.entries(version);
    return isThere ? [] : [new SourceVanishedError(path, { version: `the version with ${kind} ${name.slice(0, 80)}` })];
  });
}
