import type { LedgerRow, ModelHistory, ModelVersion } from "@refit/core/history";
import type { VersionFacts } from "@refit/core/report";
import type { VersionPlace } from "./version-page.ts";

/** What `refit status` says of a model. */
export interface SiteStatus {
  readonly model: string;
  readonly state: string;
  readonly version: string | null;
  readonly since: string | null;
  readonly learnedUntil: string | null;
  /** On rows since the version was judged; `rows: null`: nobody knows how many. */
  readonly newer: { readonly metric: string; readonly value: number; readonly rows: number | null } | null;
  /** What needs a person, worst first: in a word or two, and as a sentence. */
  readonly attention: readonly { readonly label: string; readonly what: string }[];
  readonly proposal: string | null;
  readonly proposalState: string | null;
  /** What starts the next retrain, and what it waits for, as sentences. */
  readonly due: readonly string[];
}

/** A model, as its history and the ledger tell it. */
export interface SiteModel {
  readonly status: SiteStatus;
  readonly history: ModelHistory;
  /** Holdout metrics by tree id. */
  readonly metrics: ReadonlyMap<string, Readonly<Record<string, number>>>;
  /** Rows of the model, oldest first. */
  readonly ledger: readonly LedgerRow[];
  /** What the primary metric must reach today. */
  readonly gates: readonly { readonly label: string; readonly value: number }[];
  /** Columns whose values are not shown; `null`: that is not known, so none of any column is. */
  readonly sensitive: readonly string[] | null;
}

interface UseOf {
  /** Commands and calls that use the version. */
  use(facts: VersionFacts): VersionPlace["use"];
}

export interface Site {
  readonly models: readonly SiteModel[];
  /** What `refit status --json` prints. */
  readonly statusJson: unknown;
  /** Addresses on a forge, and how to use a version; made of names, nothing is asked for them. */
  placeOf(model: string, version: ModelVersion): Pick<VersionPlace, "commitPage" | "pullRequest"> & UseOf;
}
