import { schemeOf } from "@refit/core/spec";
import type { SourceFile, Sources } from "../../ports/sources.ts";
import { gitSources } from "./git/index.ts";
import type { BesideFiles, SourceKind, SourceReader, SourceWorld } from "./source-kind.ts";

/** Every kind of source; what needs the network is loaded when a manifest names it. */
const kinds: readonly SourceKind[] = [
  { scheme: "", open: ({ git }) => gitSources(git) },
  lazyKind("dvc", async () => (await import("./dvc/index.ts")).dvcSources),
  lazyKind("s3", async () => (await import("./s3/index.ts")).s3Sources),
  lazyKind("hf", async () => (await import("./hf/index.ts")).hubSources),
  lazyKind("postgres", async () => (await import("./postgres/index.ts")).postgresSources),
  lazyKind("https", async () => (await import("./https/index.ts")).httpsSources),
];

/** The scheme of a path says which kind of source reads it. */
export function sourcesAdapter(world: SourceWorld, all: readonly SourceKind[] = kinds): Sources & BesideFiles {
  const readers = new Map(all.map(({ scheme, open }) => [scheme, open(world)]));
  // A path of another scheme does not pass the check of the manifest.
  const readerOf = ({ scheme, path }: SourceFile) => readers.get(scheme ?? schemeOf(path))!;

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

    knownDigest: (repository, file) => readerOf(file).knownDigest(repository, file),

    async watched(repository, manifest) {
      const paths = [];
      for (const [scheme, reader] of readers) {
        const sources = manifest.sources.filter(({ path }) => schemeOf(path) === scheme);
        const found = sources.length > 0 ? await reader.watched(repository, { ...manifest, sources }) : [];
        if (found === null) return null;
        paths.push(...found);
      }
      return paths;
    },

    async earlier(repository, manifest, file, options) {
      // A file behind a pointer of DVC has a path of the repository.
      for (const scheme of new Set([schemeOf(file.path), "dvc"])) {
        const sources = manifest.sources.filter(({ path }) => schemeOf(path) === scheme);
        if (sources.length === 0) continue;
        const found = await readers.get(scheme)?.earlier(repository, { ...manifest, sources }, file, options);
        if (found) return found;
      }
      return null;
    },

    fetch: (repository, file) => readerOf(file).fetch(repository, file),

    rowFiles: async (repository, file, options) =>
      (await readerOf(file).rowFiles?.(repository, file, options)) ?? new Map(),
  };
}

function lazyKind(scheme: string, load: () => Promise<(world: SourceWorld) => SourceReader>): SourceKind {
  return {
    scheme,
    open(world) {
      let opened: Promise<SourceReader> | null = null;
      const reader = (): Promise<SourceReader> => (opened ??= load().then((open) => open(world)));
      return {
        list: async (...args) => (await reader()).list(...args),
        knownDigest: async (...args) => (await reader()).knownDigest(...args),
        watched: async (...args) => (await reader()).watched(...args),
        earlier: async (...args) => (await reader()).earlier(...args),
        fetch: async (...args) => (await reader()).fetch(...args),
        rowFiles: async (...args) => (await (await reader()).rowFiles?.(...args)) ?? new Map(),
      };
    },
  };
}
