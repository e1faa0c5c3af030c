import type { LedgerRow, ModelHistory, ModelVersion } from "@refit/core/history";
import type { VersionFacts } from "@refit/core/report";
import type { VersionPage } from "./version-page.ts";

/** What the pages show of `refit status` for a model. Dates are days such as `2026-06-01`. */
export interface SiteStatus {
  readonly model: string;
  readonly state: string;
  readonly version: string | null;
  readonly since: string | null;
  readonly learnedUntil: string | null;
  /** Primary metric on rows newer than those the version was judged on; `rows: null`: their number is not known. */
  readonly newer: { readonly metric: string; readonly value: number; readonly rows: number | null } | null;
  /** What needs a person, most severe first: in one or two words, and as a sentence. */
  readonly attention: readonly { readonly label: string; readonly what: string }[];
  readonly proposal: string | null;
  readonly proposalState: string | null;
  /** When the next retrain is due and what it waits for, in sentences. */
  readonly due: readonly string[];
}

/** What the pages of a model are made of. */
export interface SiteModel {
  readonly status: SiteStatus;
  readonly history: ModelHistory;
  /** Holdout metrics by tree id. */
  readonly metrics: ReadonlyMap<string, Readonly<Record<string, number>>>;
  /** Ledger rows of the model, oldest first. */
  readonly ledger: readonly LedgerRow[];
  /** Current gates on the primary metric over the whole holdout. */
  readonly gates: readonly { readonly label: string; readonly value: number }[];
  /** Columns whose values are not shown; `null`: the data manifest cannot be read, so no values of any column are shown. */
  readonly sensitive: readonly string[] | null;
}

interface UseOf {
  /** Commands and code that use the version. */
  use(facts: VersionFacts): VersionPage["use"];
}

export interface Site {
  readonly models: readonly SiteModel[];
  /** What `refit status --json` prints. */
  readonly statusJson: unknown;
  /** Addresses on the forge, and how to use a version. Makes no request. */
  linksOf(model: string, version: ModelVersion): Pick<VersionPage, "commitPage" | "pullRequest"> & UseOf;
}
