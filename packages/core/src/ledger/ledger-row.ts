import * as z from "zod";
import { reason } from "../decide/reason.ts";

/**
 * What happened, as far as it changes later decisions.
 *
 * - `look`: a challenger was scored against the champion on a holdout
 * - `proposed`: … and shown to people
 * - `declined`: a person said no (`refit reject`, a closed pull request)
 * - `rejected`: a gate said no
 * - `blocked`: the data were refused
 * - `rolledBack`: the version was replaced by earlier content
 * - `forced`: a person asked for the run, with the reason
 * - `drift`: a snapshot was held against the champion's data and led to no training
 */
export const ledgerKinds = [
  "look",
  "proposed",
  "declined",
  "rejected",
  "blocked",
  "rolledBack",
  "forced",
  "drift",
] as const;

export const ledgerRow = z.strictObject({
  kind: z.enum(ledgerKinds),
  model: z.string(),
  /** ISO 8601, UTC. */
  at: z.string(),
  inputDigest: z.string(),
  /** Tree id of the champion then; `null`: none. */
  parent: z.string().nullable(),
  /** Holdout digest; `null` where none was made. */
  holdout: z.string().nullable(),
  /** Rows of the snapshot, so that later runs can count new ones. */
  rows: z.int().optional(),
  /** Digests of the snapshot's files: which rows were judged already. */
  files: z.array(z.strictObject({ path: z.string(), sha256: z.string(), rows: z.int() })).optional(),
  /** `look`: which evaluation this was on its holdout, from 1, and the alpha it spent. */
  look: z.int().optional(),
  alpha: z.number().optional(),
  /** The holdout's first and last instant (temporal) and its rows. */
  window: z.strictObject({ from: z.string().nullable(), to: z.string().nullable(), rows: z.int() }).optional(),
  /** `look`, `drift`: how far the snapshot had drifted, 1 and above being drift. */
  driftLevel: z.number().optional(),
  /** Digest of the settings, without the data files. */
  settingsDigest: z.string().optional(),
  /** `look`, `rejected`, `blocked`: digest of the bar that it was held against. */
  policyDigest: z.string().optional(),
  verdict: z.string().optional(),
  /** `proposed`: why it was retrained, so that a run that was cut short is finished with the same words. */
  reasons: z.array(reason).optional(),
  /** A person's words, for `declined` and `forced`. */
  reason: z.string().optional(),
});
export type LedgerRow = z.infer<typeof ledgerRow>;
