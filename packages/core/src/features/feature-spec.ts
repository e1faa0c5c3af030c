import * as z from "zod";
import { fieldTypes } from "../spec/field-types.ts";
import { dateParts } from "./date-part.ts";

export type { ClassValue, ColumnInfo, TargetSpec } from "./column-info.ts";
export type { DatePart } from "./date-part.ts";

export const columnInfo = z.object({ name: z.string(), type: z.enum(fieldTypes) });

export const feature = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("numeric"), name: z.string(), input: z.string() }),
  z.object({
    kind: z.literal("categorical"),
    name: z.string(),
    input: z.string(),
    /** Most frequent first, ties by code unit order; numbers and booleans as their canonical text. */
    levels: z.array(z.string()).max(250),
  }),
  z.object({ kind: z.literal("datetimePart"), name: z.string(), input: z.string(), part: z.enum(dateParts) }),
  /** Files, which programs read and no learner of our own does: it has no column in the matrix. */
  z.object({ kind: z.literal("file"), name: z.string(), input: z.string() }),
]);
export type Feature = z.infer<typeof feature>;
/** A feature with values of its own. */
export type ValueFeature = Exclude<Feature, { kind: "file" }>;

export const classValue = z.union([z.string(), z.number(), z.boolean()]);

export const targetSpec = z.object({
  name: z.string(),
  task: z.enum(["binary", "multiclass", "regression"]),
  /** Binary: [negative, positive]. Multiclass: sorted. Regression: `null`. */
  classes: z.array(classValue).nullable(),
});

export const ignoredReasons = [
  "target",
  "target-input",
  "key",
  "group",
  "weight",
  "excluded",
  "not-included",
  "identifier",
  "constant",
] as const;
export type IgnoredReason = (typeof ignoredReasons)[number];

/** Every version that refit wrote has each name once; a name that comes again and again would cost its square. */
const eachOnce = (named: readonly { readonly name: string }[]) =>
  new Set(named.map(({ name }) => name)).size === named.length;
const onceOnly = { error: "each name only once" };

/** `features.json`: the columns a model needs and the fitted transform, for training, evaluation and serving alike. */
export const featureSpec = z.object({
  format: z.literal(1),
  /** Types of the source columns, so that later snapshots are read alike. */
  source: z.array(columnInfo),
  /** Prepared columns that must be there. */
  inputs: z.array(columnInfo).refine(eachOnce, onceOnly),
  target: targetSpec,
  /** In the order of the matrix; features of one input stand together. */
  features: z.array(feature).min(1).refine(eachOnce, onceOnly),
  ignored: z.array(z.object({ name: z.string(), reason: z.enum(ignoredReasons) })),
  /**
   * Whether `prepare` gives the inputs of a row the same values whichever rows are beside it, as it was tried when the version was
   * made, so that a row can be prepared alone; absent: nobody has tried.
   */
  rowWise: z.boolean().optional(),
  /**
   * Binary: the probability from which an answer is the positive class, where `metrics.threshold` of model.yaml said one; absent: 0.5. Not
   * a part of `target`, since versions are compared with each other whatever it is.
   */
  threshold: z.number().min(0).max(1).optional(),
});
export type FeatureSpec = z.infer<typeof featureSpec>;
