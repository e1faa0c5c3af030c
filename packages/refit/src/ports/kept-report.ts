/** Where the ledger has the report, with its charts beside it. */
export interface KeptReport {
  readonly commit: string;
  readonly path: string;
}
