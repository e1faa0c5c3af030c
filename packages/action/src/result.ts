import type { Report } from "@refit/core/report";
import type { ToldPlan } from "refit/json";

export interface PullRequest {
  readonly model: string;
  readonly url: string;
  readonly operation: "created" | "updated" | "unchanged" | "none";
}

export interface Note {
  readonly severity: "error" | "warning";
  readonly title: string;
  readonly message: string;
  readonly file: string | null;
  readonly line: number | null;
}

/** A part of the job summary. */
export interface SummaryPiece {
  /** Markdown, above the report where there is one. */
  readonly lead: string;
  readonly report: Report | null;
  /** Where the ledger keeps the report and its charts; `null`: there is none. */
  readonly kept: { readonly commit: string; readonly path: string } | null;
}

export const piece = (markdown: string): SummaryPiece => ({ lead: markdown, report: null, kept: null });

/** A report, and where the ledger keeps it; `null`: nowhere. */
export interface ModelReport {
  readonly report: Report;
  readonly kept: SummaryPiece["kept"];
}

/** Runs that the dashboard was asked for. */
export interface AskedRun {
  /** Models to be trained anew, whatever their triggers and cool-down say. */
  readonly models: readonly string[];
  /** Whether all are run that are due. */
  readonly due: boolean;
  /** Why the models are. */
  readonly reason: string;
}

/** What one command came to, for outputs, log, annotations and summary alike. */
export interface Result {
  readonly decision: string;
  readonly models: readonly string[];
  /** Of every model that has one, the one that needs most attention first. */
  readonly pullRequests: readonly PullRequest[];
  readonly verdict: string | null;
  /** Git tree id. */
  readonly version: string | null;
  /** Digest of the candidates that were handed over; `null`: none were. */
  readonly candidates: string | null;
  /** What `plan` divided among jobs; `null`: another command. */
  readonly matrix: ToldPlan["matrix"] | null;
  /** What somebody has asked for by ticking boxes; `null`: nothing. */
  readonly asked: AskedRun | null;
  /** By model. */
  readonly reports: ReadonlyMap<string, ModelReport>;
  /** The model whose report `report-path` names. */
  readonly foremost: string | null;
  /** One sentence each, without line breaks. */
  readonly lines: readonly string[];
  readonly notes: readonly Note[];
  /** Of `run`, a piece per model, and before them a table of all where there are several. */
  readonly summary: readonly SummaryPiece[];
  /** What a person has to look into; `null`: nothing. */
  readonly failure: string | null;
}

export const nothing: Result = {
  decision: "skipped",
  models: [],
  pullRequests: [],
  verdict: null,
  version: null,
  candidates: null,
  matrix: null,
  asked: null,
  reports: new Map(),
  foremost: null,
  lines: [],
  notes: [],
  summary: [],
  failure: null,
};
