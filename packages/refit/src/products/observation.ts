import type { ClassifierDrift, ColumnDrift, Finding } from "@refit/core/data";
import type { Decline } from "@refit/core/statistics";

/** What the new rows say of the champion. Without a champion, or with no new file, there is nothing to say. */
export interface Observation {
  /** By column, and of the champion's answers. */
  readonly drift: readonly ColumnDrift[];
  /** `null`: not asked for, or nothing new. */
  readonly classifier: ClassifierDrift | null;
  /** The champion on rows newer than its holdout; `null`: not asked for, or too few such rows. */
  readonly decline: Decline | null;
  /** What is wrong with the champion on the new rows; none of it blocks. */
  readonly findings: readonly Finding[];
}
