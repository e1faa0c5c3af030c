import { schemeOf } from "@refit/core/spec";
import type { Sources } from "../../ports/sources.ts";
import type { GitProcess } from "../git/git-process.ts";
import { gitSources } from "./git/index.ts";
import type { SourceKind } from "./source-kind.ts";

const kinds: readonly SourceKind[] = [{ scheme: "", open: gitSources }];

/** Every kind of source; the scheme of a path says which one reads it. */
export function sourcesAdapter(git: GitProcess, all: readonly SourceKind[] = kinds): Sources {
  const readers = new Map(all.map(({ scheme, open }) => [scheme, open(git)]));
  // A path of another scheme does not pass the check of the manifest.
  const readerOf = (path: string) => readers.get(schemeOf(path))!;

  return {
    schemes: [...readers.keys()],

    async list(repository, manifest, options) {
      const listings = [];
      for (const [scheme, reader] of readers) {
        const sources = manifest.sources.filter(({ path }) => schemeOf(path) === scheme);
        if (sources.length > 0) listings.push(await reader.list(repository, { ...manifest, sources }, options));
      }
      return {
        files: listings.flatMap(({ files }) => files).sort((a, b) => (a.path < b.path ? -1 : 1)),
        findings: listings.flatMap(({ findings }) => findings),
        notices: listings.flatMap(({ notices }) => notices),
      };
    },

    knownDigest: (repository, file) => readerOf(file.path).knownDigest(repository, file),

    async watched(repository, manifest) {
      const paths = [];
      for (const [scheme, reader] of readers) {
        const sources = manifest.sources.filter(({ path }) => schemeOf(path) === scheme);
        if (sources.length > 0) paths.push(...(await reader.watched(repository, { ...manifest, sources })));
      }
      return paths;
    },

    fetch: (repository, file) => readerOf(file.path).fetch(repository, file),
  };
}
