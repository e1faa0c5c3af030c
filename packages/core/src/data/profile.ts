import * as z from "zod";
import { fieldTypes } from "../spec/field-types.ts";

/**
 * Profile of one column: counts that merge exactly, so that a snapshot's profile is the sum of its files' profiles.
 *
 * Numbers are counted in logarithmic buckets (relative width `bucketRatio`), text by value, files by their sizes in bytes.
 * Sensitive columns have no `min`, `max`, `buckets` or `top`.
 */
export const columnProfile = z.object({
  name: z.string(),
  type: z.enum(fieldTypes),
  rows: z.int(),
  nulls: z.int(),
  /** Numbers, dates (epoch milliseconds) and booleans (0, 1). */
  min: z.number().optional(),
  max: z.number().optional(),
  /** Sum and sum of squares of the values, added in file order. */
  sum: z.number().optional(),
  sumOfSquares: z.number().optional(),
  /** Bucket key -> count, sorted by key. See `bucketOf`. */
  buckets: z.array(z.tuple([z.int(), z.int()])).optional(),
  /** The most frequent texts with their counts, most frequent first, ties by code unit order; at most 200. */
  top: z.array(z.tuple([z.string(), z.int()])).optional(),
  /** Rows whose text is not in `top`. */
  otherCount: z.int().optional(),
  /** Distinct texts; after a merge an upper bound. */
  distinct: z.int().optional(),
  /** How far single files were from all others, see `profileSnapshot`; only in a version's own profile. */
  usualPsi: z.number().optional(),
  /** How much of the model's answers hangs on it, 0 to 1 over all columns; only in a version's own profile. */
  importance: z.number().optional(),
});
export type ColumnProfile = z.infer<typeof columnProfile>;

/** Profile of the source columns, after renaming and casting, before `prepare`. */
export const profile = z.object({
  format: z.literal(1),
  rows: z.int(),
  columns: z.array(columnProfile),
  /** The model's answers for rows that it was not trained on, its holdout; only in a version's own profile. */
  prediction: columnProfile.optional(),
});
export type Profile = z.infer<typeof profile>;

/** A source file of the snapshot and the profile of its rows. */
export interface ProfiledFile {
  /** Relative to the repository, with `/`. */
  readonly path: string;
  readonly profile: Profile;
}
