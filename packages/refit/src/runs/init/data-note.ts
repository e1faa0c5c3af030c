import type { ColumnText } from "../../ports/surveys.ts";

/** Something that was decided, or that a person should decide. */
export interface DataNote {
  /** Without its full stop, which a place may follow. */
  readonly what: string;
  /** Where that shows first; `null`: not in one row. */
  readonly at: ColumnText | null;
  /** Sentences that follow. */
  readonly advice: string;
}
