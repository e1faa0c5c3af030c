import { fileColumnsOf } from "@refit/core/spec";
import type { NamedFacts, SourceFile, Sources } from "../../../../ports/sources.ts";
import type { Repository } from "../../../../ports/repository.ts";
import type { GitProcess } from "../../../git/git-process.ts";
import type { BesideFiles } from "../../source-kind.ts";
import { readTexts, recallTexts } from "./path-lists.ts";
import { nameResolver } from "./resolve-names.ts";

/**
 * Sources whose data files name further files, in columns of type `file`: what these hold is part of the content of the data file, so that
 * another picture under the same name is another data file, row by row.
 */
export function namingSources(inner: Sources & BesideFiles, git: GitProcess): Sources {
  const resolver = nameResolver(git, inner);

  const knownFacts = async (repository: Repository, file: SourceFile): Promise<NamedFacts | null> => {
    const own = await inner.knownDigest(repository, file);
    const texts = own === null ? null : await recallTexts(repository, own, file.names!.columns);
    return own === null || texts === null ? null : resolver.known(repository, file, own, texts);
  };

  return {
    ...inner,

    async list(repository, manifest, options) {
      const listing = await inner.list(repository, manifest, options);
      const columns = fileColumnsOf(manifest);
      if (columns.length === 0) return listing;
      resolver.forget();
      const files: SourceFile[] = [];
      for (const each of listing.files) {
        const file: SourceFile = { ...each, names: { columns, workTree: options.workTree } };
        const named = await knownFacts(repository, file);
        files.push(named === null ? file : { ...file, named });
      }
      return { ...listing, files };
    },

    async knownDigest(repository, file) {
      if (file.names === undefined) return inner.knownDigest(repository, file);
      // Whether those of then can be had shows when they are fetched.
      if (file.names.was !== undefined) return null;
      return file.named?.sha256 ?? (await knownFacts(repository, file))?.sha256 ?? null;
    },

    // A picture may lie anywhere in the repository.
    watched: async (repository, manifest) =>
      fileColumnsOf(manifest).length > 0 ? null : inner.watched(repository, manifest),

    async earlier(repository, manifest, file, options) {
      const found = await inner.earlier(repository, manifest, file, options);
      const columns = fileColumnsOf(manifest);
      return found === null || columns.length === 0 ? found : { ...found, names: { columns, workTree: false } };
    },

    async fetch(repository, file) {
      const fetched = await inner.fetch(repository, file);
      if (file.names === undefined) return fetched;
      const { columns } = file.names;
      const recalled = await recallTexts(repository, fetched.sha256, columns);
      return resolver.name(repository, fetched, recalled ?? (await readTexts(repository, fetched, columns)));
    },
  };
}
