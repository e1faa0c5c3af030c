/** What the graph needs to know of a `model.yaml`. */
export interface SpecFacts {
  /** Why it cannot be read, as `line:column: sentence`; `null`: it can. */
  readonly problem: string | null;
  /** Name of its data manifest; `null`: it names none. */
  readonly data: string | null;
  /** Files of its programs and models from elsewhere, from the root of the repository. */
  readonly code: readonly string[];
}

/** What the graph needs to know of a data manifest. */
export interface ManifestFacts {
  /** As of a spec. */
  readonly problem: string | null;
  /** Files of the repository that it reads, as globs in Nx's words. */
  readonly files: readonly string[];
  /** Whether these are all that it reads: no data elsewhere, behind a pointer, or in files that rows name. */
  readonly isClosed: boolean;
}

/** What the graph needs to know of `refit.yaml`. */
export interface LayoutFacts {
  /** Globs of folders that may hold a model; none: the usual ones. */
  readonly models: readonly string[];
}

export interface FactsReader {
  spec(text: string): SpecFacts;
  manifest(text: string): ManifestFacts;
  layout(text: string): LayoutFacts;
}
