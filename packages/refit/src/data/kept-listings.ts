import { fileColumnsOf } from "@refit/core/spec";
import type { Ports } from "../ports/index.ts";
import type { SourceListing, Sources } from "../ports/sources.ts";

/** Milliseconds that a listing serves: longer than it takes to look at models that have nothing to do, shorter than a training. */
const longestServed = 10_000;

interface KeptListing {
  readonly listedAt: number;
  readonly listing: Promise<SourceListing>;
}

/**
 * Sources that list the files of a dataset once for all models that come within a few seconds. Whoever has done more with one of them
 * than look, `forget`s: the next model then sees what has changed meanwhile. A listing that failed is not kept.
 */
export function keepListings({ sources, clock }: Pick<Ports, "clock" | "sources">): {
  readonly sources: Sources;
  forget(): void;
} {
  const kept = new Map<string, KeptListing>();
  return {
    sources: {
      ...sources,
      list(repository, manifest, options) {
        const { sources: places, limits, ofTable = null } = manifest;
        const { root, baseCommit } = repository;
        const files = fileColumnsOf(manifest);
        const key = JSON.stringify([root, baseCommit, options.workTree, places, limits, files, ofTable]);
        const known = kept.get(key);
        if (known !== undefined && clock.elapsed() - known.listedAt < longestServed) return known.listing;
        const listing = sources.list(repository, manifest, options);
        kept.set(key, { listedAt: clock.elapsed(), listing });
        listing.catch(() => kept.delete(key));
        return listing;
      },
    },
    forget: () => kept.clear(),
  };
}
