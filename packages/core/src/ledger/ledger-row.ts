import * as z from "zod";
import { storedReasons } from "../decide/reason.ts";

/** ISO 8601, UTC. A row whose time nobody can read says nothing of when it was, and must not be counted as if it did. */
const instant = z
  .string()
  .refine((text) => !Number.isNaN(Date.parse(text)), "expected a time such as 2026-06-01T00:00:00.000Z");

/** Of which inputs, against which champion, on which holdout. */
const head = {
  model: z.string(),
  at: instant,
  inputDigest: z.string(),
  /** Tree id of the champion then; `null`: none. */
  parent: z.string().nullable(),
  /** Holdout digest; `null` where none was made. */
  holdout: z.string().nullable(),
};

const judged = {
  /** Digest of the settings, without the data files. */
  settingsDigest: z.string(),
  /** Digests of the snapshot's files: which rows were judged already. */
  files: z.array(
    z.object({
      path: z.string(),
      sha256: z.string(),
      rows: z.int(),
      /** Where the bytes can be had again, as in a lineage; absent in ledgers from before it was recorded. */
      bytes: z.int().optional(),
      blob: z.string().nullable().optional(),
      version: z.record(z.string(), z.string()).optional(),
    }),
  ),
};

/** Digest of the gates and checks that it was compared with; absent in ledgers from before they were recorded. */
const policyDigest = z.string().optional();
/** How far the snapshot had drifted, 1 and above being drift. */
const driftLevel = z.number();
/** A person's words. */
const words = z.string();

/** A challenger was scored against the champion on a holdout. */
const look = z.object({
  ...head,
  ...judged,
  kind: z.literal("look"),
  /** Which evaluation this was on its holdout, from 1, and the alpha that it spent. */
  look: z.int(),
  alpha: z.number(),
  /** The holdout's first and last instant (temporal), and its rows. */
  window: z.object({ from: instant.nullable(), to: instant.nullable(), rows: z.int() }),
  /** `promote`, `inconclusive`, `hold`, `block`, or a word of a newer refit. */
  verdict: z.string(),
  /** What the champion that was live reached on these rows; absent: it was not measured, or its settings were trained again. */
  live: z.object({ metric: z.string(), value: z.number() }).optional(),
  policyDigest,
  driftLevel: driftLevel.optional(),
});

/** … and shown to people, with why it was retrained, so that a run that was cut short is finished with the same words. */
const proposed = z.object({ ...head, ...judged, kind: z.literal("proposed"), reasons: storedReasons });

/** A person said no (`refit reject`, a closed pull request). */
const declined = z.object({ ...head, ...judged, kind: z.literal("declined"), reason: words.optional() });

/** A gate said no. */
const rejected = z.object({
  ...head,
  ...judged,
  kind: z.literal("rejected"),
  reasons: storedReasons,
  policyDigest,
});

/** The data were refused, before anything was judged; or the verdict on what was trained from them was to block. */
const blocked = z.object({
  ...head,
  kind: z.literal("blocked"),
  settingsDigest: judged.settingsDigest.optional(),
  files: judged.files.optional(),
  reasons: storedReasons.optional(),
  /** Codes of what was found in the data; absent: something else was refused, or an earlier release has written it. */
  findings: z.array(z.string()).optional(),
  policyDigest,
});

/** The data of a run were fine, after a run that was blocked, and nothing was due. */
const unblocked = z.object({ ...head, kind: z.literal("unblocked") });

/** The version was replaced by earlier content. */
const rolledBack = z.object({ ...head, kind: z.literal("rolledBack") });

/** A person asked for the run, and why. */
const forced = z.object({ ...head, ...judged, kind: z.literal("forced"), reason: words });

/** A snapshot was compared with the champion's data and led to no training. */
const drift = z.object({ ...head, kind: z.literal("drift"), driftLevel });

/** A program gave the same model twice: what `hasRepeated` asks for. */
const repeated = z.object({ ...head, kind: z.literal("repeated"), program: z.string() });

/** What happened, as far as it changes later decisions. Rows of other kinds are kept and decide nothing: `readLedgerLines`. */
export const ledgerRow = z.discriminatedUnion("kind", [
  look,
  proposed,
  declined,
  rejected,
  blocked,
  unblocked,
  rolledBack,
  forced,
  drift,
  repeated,
]);
export type LedgerRow = z.infer<typeof ledgerRow>;
export type LedgerKind = LedgerRow["kind"];
/** A row of one kind, or of one of several. */
export type RowOf<Kind extends LedgerKind> = Extract<LedgerRow, { kind: Kind }>;

/** What all rows of a candidate that was judged have in common. */
export type JudgedFacts = Pick<RowOf<"look">, keyof typeof head | keyof typeof judged>;
