import * as z from "zod";
import type { CandidateSettings, LearnerDescriptor } from "../learners/learner-settings.ts";
import { candidateSettings } from "./candidate-settings.ts";
import { metricNames } from "./metric-names.ts";

export type { MetricName } from "./metric-names.ts";

/** Model and dataset names double as folder and ref names, where `--` separates nested folders. */
export const modelName = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
  .meta({ title: "name of lower-case letters, digits and single hyphens, such as `churn-eu`" });

const reviewer = z
  .string()
  .regex(/^[A-Za-z0-9](?:-?[A-Za-z0-9])*(?:\/[A-Za-z0-9][A-Za-z0-9._-]*)?$/)
  .meta({ title: "login such as `ada`, or team such as `acme/risk`" });

const column = z.string().min(1).meta({ title: "column name" });
const columnPair = z.array(column).length(2).meta({ title: "pair of column names" });
const unitInterval = z.number().min(0).max(1);

const metric = z.enum(metricNames);

export const gate = z
  .strictObject({
    metric: metric.describe("The metric it looks at."),
    min: z.number().optional().describe("The challenger's value must be at least this."),
    max: z.number().optional().describe("The challenger's value must be at most this."),
    maxRegression: z.number().min(0).optional().describe("Most that the challenger may be worse than the champion."),
    minImprovement: z.number().optional().describe("Least that the challenger must be better than the champion."),
    slice: z
      .union([z.string(), columnPair])
      .optional()
      .describe("An entry of `slices`, or `*` for all of them; absent: all rows."),
    significant: z
      .boolean()
      .optional()
      .describe(
        "With `slice`, `maxRegression` and the primary metric: a regression fails only if chance does not explain it " +
          "(p below 0.05 after Holm's adjustment over all slices).",
      ),
    critical: z
      .boolean()
      .optional()
      .describe(
        "With `slice`, `maxRegression` and the primary metric: `maxRegression` holds whatever chance explains, a smaller " +
          "regression fails too if its own p is below 0.05, and when no value has enough rows a person decides.",
      ),
  })
  .refine((g) => [g.min, g.max, g.maxRegression, g.minImprovement].filter((v) => v !== undefined).length === 1, {
    message: "a gate has exactly one of min, max, maxRegression, minImprovement",
  });
export type Gate = z.infer<typeof gate>;

export const fairnessRule = z.strictObject({
  group: column.describe("Column whose values are the groups; a group needs 100 holdout rows and 10 of each class."),
  minSelectionRatio: unitInterval
    .default(0.8)
    .describe(
      "Lowest selection rate of a group over the highest (the four-fifths rule). A challenger below it fails if it is " +
        "significantly worse than the champion, a first model if its whole 90 % interval is below.",
    ),
  maxOpportunityGapGrowth: unitInterval
    .default(0.02)
    .describe(
      "Most that the gap between the groups' true positive rates may grow over the champion's; more fails if p < 0.05.",
    ),
});
export type FairnessRule = z.infer<typeof fairnessRule>;

export const budget = z.strictObject({
  maxLatencyRatio: z
    .number()
    .positive()
    .optional()
    .describe(
      "Most that a prediction may take over the champion's, measured side by side; fails if the 90 % interval is above.",
    ),
  maxP95MsPer1000Rows: z
    .number()
    .positive()
    .optional()
    .describe(
      "Most milliseconds that 95 % of the batches of predictions may take, per 1,000 rows and on the machine of the run.",
    ),
  maxSizeRatio: z.number().positive().optional().describe("Most that the artifact's bytes may be over the champion's."),
});
export type Budget = z.infer<typeof budget>;

export const retrainPolicy = z.strictObject({
  maxAgeDays: z.number().positive().optional().describe("Retrain when the champion is older than this, in days."),
  minNewRows: z.int().positive().optional().describe("Retrain when so many rows arrived that were not judged yet."),
  drift: z
    .boolean()
    .default(true)
    .describe("Retrain when the new data have drifted from the champion's in two of the last three snapshots."),
  driftClassifier: z
    .boolean()
    .default(false)
    .describe(
      "Also count it as drift when trees, trained for that alone, can tell the new rows from the champion's (500 of each at least), whatever single columns say. Reads the champion's files again whenever a file is new.",
    ),
  performanceMargin: z
    .number()
    .positive()
    .optional()
    .describe(
      "Retrain, whatever the cool-down, when the primary metric on rows newer than the champion's holdout is surely (95 %) worse by more than this. Needs `time`; scores the champion whenever a file is new.",
    ),
  cooldownHours: z
    .number()
    .min(0)
    .default(24)
    .describe("Quiet time after a proposal, a decline or a rollback, in hours."),
  maxPerDay: z.int().positive().default(2).describe("Most candidates judged in any 24 hours."),
  maxPerWeek: z.int().positive().default(8).describe("Most candidates judged in any seven days."),
});
export type RetrainPolicy = z.infer<typeof retrainPolicy>;

export const holdoutPolicy = z
  .strictObject({
    days: z.number().positive().optional().describe("The newest so many days are held out; needs `time`."),
    fraction: z
      .number()
      .min(0.01)
      .max(0.9)
      .optional()
      .describe("Share of rows held out: the newest with `time`, else by a stable hash of the key. Default 0.2."),
    minRows: z.int().min(1).default(200).describe("Fewest holdout rows that can decide anything."),
    blockDays: z
      .number()
      .positive()
      .optional()
      .describe(
        "Rows within a stretch of so many days are not independent: tests draw whole stretches. Needs `time`, and no `group`.",
      ),
  })
  .refine((h) => h.days === undefined || h.fraction === undefined, {
    message: "use either days or fraction, not both",
  });
export type HoldoutPolicy = z.infer<typeof holdoutPolicy>;

/** Every key is described once, here: the JSON Schema and the docs are made from it. */
const keys = {
  task: z.enum(["binary", "multiclass", "regression"]).describe("What kind of answer the model gives."),
  data: modelName.describe("The data manifest: `data-manifests/<data>.yaml`."),
  target: column.describe("Column of the prepared data that the model predicts."),
  positive: z
    .union([z.string(), z.number(), z.boolean()])
    .optional()
    .describe("Binary task: the target's value that counts as positive. Default: `true`, else the larger value."),
  time: column.optional().describe("Date or datetime column; makes the holdout temporal."),
  key: z
    .union([column, z.array(column).min(1)])
    .optional()
    .describe("Column or columns that identify a row; decides the side of a holdout without `time`."),
  group: column
    .optional()
    .describe(
      "Column whose rows belong together, such as a customer: a group on both sides of the split is overlap, tests " +
        "draw whole groups, and a holdout without `time` is chosen by it. No feature unless `features.include` names it.",
    ),
  weight: column
    .optional()
    .describe(
      "Column of numbers above 0 that says how much a row counts: in training, metrics and tests. No feature unless " +
        "`features.include` names it.",
    ),
  features: z
    .strictObject({
      include: z
        .array(column)
        .optional()
        .describe("Only these columns are features. Default: all but target, key, time."),
      exclude: z
        .array(column)
        .default([])
        .describe("Columns that are no features, for example because they leak the answer."),
      categorical: z.array(column).default([]).describe("Numeric columns to be read as categories."),
      maxCategories: z
        .int()
        .min(2)
        .max(250)
        .default(100)
        .describe("Most categories kept per column; the rest is `other`."),
    })
    .prefault({})
    .describe("Which columns the model sees, and how."),
  /** `modelSpec` puts the keys of the installed learners in place of this. */
  candidates: z.array(z.custom<CandidateSettings>()).min(1),
  holdout: holdoutPolicy.prefault({}).describe("Rows that no training sees and every comparison uses."),
  validation: z
    .strictObject({
      fraction: z
        .number()
        .min(0.01)
        .max(0.5)
        .default(0.2)
        .describe("Share of the training rows that chooses among candidates."),
    })
    .prefault({})
    .describe("Rows for early stopping and for the choice among candidates."),
  metrics: z
    .strictObject({
      primary: metric.describe("The metric that the test and the choice among candidates use."),
      also: z.array(metric).default([]).describe("Further metrics to show and to gate on."),
      threshold: unitInterval
        .optional()
        .describe("Binary task: probability from which a row counts as positive, also for `fairness`. Default: 0.5."),
      quantile: z
        .number()
        .min(0)
        .max(1)
        .optional()
        .describe("Quantile that the predictions stand for, for `pinball`. Default: 0.5."),
    })
    .describe("What is measured."),
  slices: z
    .array(z.union([column, columnPair]))
    .default([])
    .describe(
      "Columns by whose values the metrics are broken down; a pair such as `[size, phase]` by the values of both. A value " +
        "is tested from 100 holdout rows on, with 10 of each class.",
    ),
  gates: z
    .array(gate)
    .min(1)
    .describe("The bar; every gate must pass. At least one, so that nothing is promoted unjudged."),
  fairness: z.array(fairnessRule).default([]).describe("Guardrails for groups of people; binary tasks only."),
  budget: budget.prefault({}).describe("What a new version may cost, against the champion."),
  margin: z
    .number()
    .positive()
    .optional()
    .describe(
      "Non-inferiority margin of the primary metric. Default: 0.01 or what this holdout can detect, if larger.",
    ),
  retrain: retrainPolicy.prefault({}).describe("When a retrain is worth it."),
  merge: z
    .enum(["review", "auto"])
    .default("review")
    .describe("`auto` arms the forge's auto-merge behind a required check."),
  reviewers: z
    .array(reviewer)
    .max(15)
    .default([])
    .describe(
      "Who is asked, once, to review a proposal: logins, and teams as `acme/risk`. CODEOWNERS decide who must.",
    ),
  tags: z
    .enum(["plain", "gto"])
    .default("plain")
    .describe(
      "Which tags `refit promote` makes: `plain` is `<model>@v3`; `gto` adds those that GTO reads, `<model>@v3.0.0` and `<model>#prod#4`.",
    ),
  publish: z
    .array(z.enum(["release", "deployment"]))
    .default([])
    .describe(
      "What `refit promote` makes on the forge besides the tag: a release with the files, a deployment record.",
    ),
  maxModelMiB: z
    .number()
    .positive()
    .default(50)
    .describe("Largest version that may be committed, in MiB; what is kept in Git LFS does not count."),
  seed: z.int().min(0).max(4_294_967_295).default(7).describe("Seed of everything random."),
};

/**
 * `models/<model>/model.yaml`.
 *
 * @param learners those that are installed, at least one: a candidate names one of them and has its settings.
 */
export function modelSpec(learners: readonly LearnerDescriptor[]) {
  const candidates = z
    .array(candidateSettings(learners))
    .min(1)
    .describe("What is trained; the best on validation rows becomes the challenger.");
  return z.strictObject({ ...keys, candidates });
}
export type ModelSpec = z.infer<ReturnType<typeof modelSpec>>;
export type Task = ModelSpec["task"];
