/** One thing that will bite later. */
export interface Diagnosis {
  readonly severity: "error" | "warning";
  readonly what: string;
  readonly fix: string;
}
