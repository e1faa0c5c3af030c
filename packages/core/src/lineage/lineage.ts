import * as z from "zod";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const treeId = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/);

export const lineageFile = z.object({
  /** Logical path with `/`, relative to the repository's root, or the address of a remote file; never absolute. */
  path: z.string(),
  /** Of its bytes. Where its rows name files: over a line with its own digest, then a line `<sha256> <path>` for each file, sorted. */
  sha256,
  bytes: z.int(),
  rows: z.int(),
  /** Git blob id of a tracked file; `null` otherwise. */
  blob: z.string().nullable(),
  /** Of a remote file only: what its place calls these bytes (`RemoteVersion`). */
  version: z.record(z.string(), z.string()).optional(),
  /** Of a data file whose rows name files: the digest of its own bytes, and how many paths they name with how many bytes. */
  named: z.object({ own: sha256, files: z.int(), bytes: z.int() }).optional(),
});
export type LineageFile = z.infer<typeof lineageFile>;

export const holdoutFacts = z.object({
  kind: z.enum(["temporal", "hash"]),
  /** Temporal: first and last instant of the holdout, ISO 8601. */
  from: z.string().nullable(),
  to: z.string().nullable(),
  /** Hash: the share asked for. */
  fraction: z.number().nullable(),
  /** Hash: equal rows are placed each for itself, since they are natural; absent: they are on one side. */
  copies: z.literal("apart").optional(),
  rows: z.int(),
  /** sha256 over the sorted row digests of the holdout. */
  digest: sha256,
  /** Temporal: last instant of any row that training or validation saw, ISO 8601. */
  trainedUntil: z.string().nullable(),
});
export type HoldoutFacts = z.infer<typeof holdoutFacts>;

const cardWords = z.object({
  owner: z.string().optional(),
  use: z.string().optional(),
  limits: z.string().optional(),
});
export type CardWords = z.infer<typeof cardWords>;

export const declared = z.object({
  /** `candidate`: in model.yaml, and the model lay in the repository; `import`: whoever imported it. */
  by: z.enum(["candidate", "import"]),
  /** Newest row that the model has learned from, ISO 8601; `null`: nobody said it. */
  trainedUntil: z.string().nullable(),
});
/** What a person says of a model that was trained elsewhere. Nobody has measured it. */
export type Declared = z.infer<typeof declared>;

/** `lineage.json`: where a version comes from, and the digests that make it checkable. */
export const lineage = z.object({
  format: z.literal(1),
  model: z.string(),
  /** Every other file of the folder, by path. */
  files: z.record(z.string(), z.object({ sha256, bytes: z.int() })),
  /** Tree id of the champion it was compared with; `null`: first model. */
  parent: treeId.nullable(),
  /** Tree id of the last version that was proved better; `null`: this one is the anchor. */
  anchor: treeId.nullable(),
  /** What it was judged on; `trainedUntil` in it is of the model that was judged. */
  holdout: holdoutFacts,
  /** sha256 over the files of the model that was judged, where what ships was trained once more; `null`: it is the same. */
  judgedArtifact: sha256.nullable().optional(),
  /** Last instant of any row that what ships has learned from, ISO 8601; absent in older versions, `null` without `time`. */
  trainedUntil: z.string().nullable().optional(),
  /** Rows that what ships has learned from; absent where it was trained elsewhere. */
  trainedRows: z.int().optional(),
  /** Tree id of the version whose model the training went on from; absent: it started anew. */
  startedFrom: treeId.optional(),
  /** What people say of the model, in model.yaml; absent: nothing. */
  card: cardWords.optional(),
  /** What a person says of a model that was trained elsewhere, `trainedUntil` above included; absent: refit trained it. */
  declared: declared.optional(),
  data: z.object({
    dataset: z.string(),
    /** Of the model's own rows. */
    files: z.array(lineageFile),
    /** Of each further table; absent: the manifest has none. */
    tables: z.record(z.string(), z.array(lineageFile)).optional(),
  }),
  /** Digests of what decided the training, so that a change can be named. */
  digests: z.object({ spec: sha256, manifest: sha256, code: sha256.nullable(), settings: sha256 }),
  /** `false`: training again gives another model, so that this one is scored where others are made again; absent: it gives the same. */
  reproducible: z.literal(false).optional(),
  learner: z.object({ name: z.string(), algorithmVersion: z.int(), settings: z.record(z.string(), z.json()) }),
  seed: z.int(),
  inputDigest: sha256,
});
export type Lineage = z.infer<typeof lineage>;

/** The fields that pages show, and not the digests of all files: a site of a long history checks ten thousand lineages. */
export const shownLineage = lineage
  .pick({
    format: true,
    holdout: true,
    trainedUntil: true,
    card: true,
    declared: true,
    digests: true,
    learner: true,
    seed: true,
  })
  .extend({
    data: z.object({ dataset: z.string(), files: z.array(z.object({ sha256: z.string(), rows: z.int() })) }),
  });
export type ShownLineage = z.infer<typeof shownLineage>;
