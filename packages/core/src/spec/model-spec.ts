import * as z from "zod";
import type { CandidateSettings, LearnerDescriptor } from "../learners/learner-settings.ts";
import { approvalPolicy, reviewer } from "./approval-policy.ts";
import { candidateList } from "./candidate-settings.ts";
import { canaryPolicy } from "./canary-policy.ts";
import { cardSpec } from "./card-spec.ts";
import { labelsSpec } from "./labels-spec.ts";
import { metricNames } from "./metric-names.ts";
import { namePart } from "./names.ts";
import { retrainPolicy } from "./retrain-policy.ts";
import { trainingPolicy } from "./training-policy.ts";

export type { MetricName } from "./metric-names.ts";
export type { RetrainPolicy } from "./retrain-policy.ts";

/** Model and dataset names double as folder and ref names, where `--` separates nested folders. */
export const modelName = z
  .string()
  .regex(namePart)
  .meta({ title: "name of lower-case letters, digits and single hyphens, such as `churn-eu`" });

const column = z.string().min(1).meta({ title: "column name" });
const columnPair = z.array(column).length(2).meta({ title: "pair of column names" });
const unitInterval = z.number().min(0).max(1);

/** The built-in ones are listed for editors; a rule says of others whether the model has one of its own by that name. */
const metric = z.union([z.enum(metricNames), z.string().min(1).meta({ title: "the name of one in `metrics.own`" })]);

const ownMetric = z.strictObject({
  row: z
    .string()
    .min(1)
    .describe(
      "SQL expression that gives a number for each row. It reads the columns of the prepared row, and `label` (the target), " +
        "`answer` (the class or the value that is predicted, as a value of the target) and `probability` (of the positive " +
        "class; of several classes, of the one in `answer`; a regression has none). It can read one row only: no aggregate, window or subquery.",
    ),
  higherIsBetter: z.boolean().describe("`true` for a gain such as profit, `false` for a cost."),
});
/** A metric of a model's own: the mean of a number per row. */
export type OwnMetric = z.infer<typeof ownMetric>;

const gate = z
  .strictObject({
    metric: metric.describe("The metric that is checked."),
    min: z.number().optional().describe("The challenger's value must be at least this."),
    max: z.number().optional().describe("The challenger's value must be at most this."),
    maxRegression: z
      .number()
      .min(0)
      .optional()
      .describe("Largest allowed drop: how much worse than the champion the challenger may be, in the metric's unit."),
    minImprovement: z
      .number()
      .optional()
      .describe(
        "Smallest required gain: how much better than the champion the challenger must be, in the metric's unit.",
      ),
    slice: z
      .union([z.string(), columnPair])
      .optional()
      .describe("An entry of `slices`, or `*` for all of them; absent: all rows."),
    significant: z
      .boolean()
      .optional()
      .describe(
        "With `slice`, `maxRegression` and the primary metric: a regression fails only if it is significant " +
          "(p below 0.05 after Holm's adjustment over all slices).",
      ),
    critical: z
      .boolean()
      .optional()
      .describe(
        "With `slice`, `maxRegression` and the primary metric, for slices that must not get worse. A drop beyond " +
          "`maxRegression` fails, significant or not. A smaller drop fails if it is significant by itself (p below 0.05). " +
          "If no value has enough rows to tell, a person decides.",
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
      "How much the gap between the groups' true positive rates may grow, compared with the champion; more fails if p < 0.05.",
    ),
});
export type FairnessRule = z.infer<typeof fairnessRule>;

export const budget = z.strictObject({
  maxLatencyRatio: z
    .number()
    .positive()
    .optional()
    .describe(
      "Largest allowed ratio of the challenger's prediction time to the champion's, measured side by side; fails if the whole 90 % interval is above it.",
    ),
  maxP95MsPer1000Rows: z
    .number()
    .positive()
    .optional()
    .describe(
      "Largest allowed 95th percentile of prediction time, in milliseconds per 1,000 rows, on the machine of the run.",
    ),
  maxSizeRatio: z
    .number()
    .positive()
    .optional()
    .describe("Largest allowed ratio of the artifact's size to the champion's, in bytes."),
});
export type Budget = z.infer<typeof budget>;

export const holdoutPolicy = z
  .strictObject({
    days: z.number().positive().optional().describe("How many of the newest days are held out; needs `time`."),
    fraction: z
      .number()
      .min(0.01)
      .max(0.9)
      .optional()
      .describe(
        "Share of rows held out: the newest ones with `time`, else chosen by a stable hash of the key. Default: 0.2.",
      ),
    minRows: z
      .int()
      .min(1)
      .default(200)
      .describe(
        "With fewer holdout rows than this, the verdict is `inconclusive`; so it is with fewer than 10 rows of two classes.",
      ),
    blockDays: z
      .number()
      .positive()
      .optional()
      .describe(
        "Rows within this many days of each other are not independent, so tests resample whole blocks of days. Needs `time`; cannot be combined with `group`.",
      ),
  })
  .refine((h) => h.days === undefined || h.fraction === undefined, {
    message: "use either days or fraction, not both",
  });
export type HoldoutPolicy = z.infer<typeof holdoutPolicy>;

export const validationPolicy = z
  .strictObject({
    days: z
      .number()
      .positive()
      .optional()
      .describe(
        "Number of days before the holdout whose rows are used; needs `time`. Default: twice the days of the holdout, and at most half of the rows before it.",
      ),
    fraction: z
      .number()
      .min(0.01)
      .max(0.5)
      .optional()
      .describe("Share of the rows outside the holdout: the newest of them with `time`. Default without `time`: 0.2."),
  })
  .refine((v) => v.days === undefined || v.fraction === undefined, {
    message: "use either days or fraction, not both",
  });
export type ValidationPolicy = z.infer<typeof validationPolicy>;

/** Every key is described once, here: the JSON Schema and the docs are made from it. */
const keys = {
  task: z.enum(["binary", "multiclass", "regression"]).describe("What kind of prediction the model makes."),
  data: modelName.describe("The data manifest: `data-manifests/<data>.yaml`."),
  target: column.describe("Column of the prepared data that the model predicts."),
  positive: z
    .union([z.string(), z.number(), z.boolean()])
    .optional()
    .describe("Binary task: the target's value that counts as positive. Default: `true`, else the larger value."),
  time: column
    .optional()
    .describe(
      "Date or datetime column; the holdout is then the newest rows. Its month, day of the week and hour are features unless `features.exclude` names it.",
    ),
  key: z
    .union([column, z.array(column).min(1)])
    .optional()
    .describe(
      "Column or columns that identify a row: a later row with the same key and other values is a correction, and an exact copy is not a new row. Without `time` their hash decides whether the row is in the holdout.",
    ),
  labels: labelsSpec
    .optional()
    .describe(
      "Where it shows later what was right, so that `refit monitor` can measure the model on what it answers. Changing it retrains nothing.",
    ),
  group: column
    .optional()
    .describe(
      "Column whose rows belong together, such as a customer: a group on both sides of the split is an overlap, tests " +
        "resample whole groups, and a holdout without `time` is chosen by it. Not a feature unless `features.include` names it.",
    ),
  weight: column
    .optional()
    .describe(
      "Column of numbers above 0 that says how much a row counts: in training, metrics and tests. Not a feature unless " +
        "`features.include` names it.",
    ),
  features: z
    .strictObject({
      include: z
        .array(column)
        .optional()
        .describe(
          "Only these columns are features. Default: all but target, key, group and weight. Of `time`, as of every date, month, day of the week and hour are features.",
        ),
      exclude: z
        .array(column)
        .default([])
        .describe("Columns that are not features, for example because they reveal the target."),
      categorical: z.array(column).default([]).describe("Numeric columns that are read as categories."),
      maxCategories: z
        .int()
        .min(2)
        .max(250)
        .default(100)
        .describe("Maximum number of categories kept per column; the rest become `other`."),
    })
    .prefault({})
    .describe("Which columns the model sees, and how."),
  /** `modelSpec` puts the keys of the installed learners in place of this. */
  candidates: z.array(z.custom<CandidateSettings>()).min(1),
  holdout: holdoutPolicy
    .prefault({})
    .describe("Rows that both models are judged on, and that neither has learned from; every comparison uses them."),
  validation: validationPolicy.prefault({}).describe("Rows for early stopping and for the choice among candidates."),
  training: trainingPolicy
    .optional()
    .describe(
      "Which rows are learned from, and with what weight; needs `time`. Use it if old rows mislead: `days` or `rows` leave them out, `halfLifeDays` gives them less weight. Each candidate can have its own, so that validation rows decide. Default: all rows, with equal weight.",
    ),
  ship: z
    .enum(["all", "judged"])
    .optional()
    .describe(
      "`all`: after the verdict, the settings that were judged are trained once more on all rows, including the holdout, and that model ships; needs `time`. " +
        "`judged`: the model that was judged ships; it has not learned from the holdout. Default: `all` with `time`, else `judged`.",
    ),
  metrics: z
    .strictObject({
      primary: metric.describe("The metric that the test and the choice among candidates use."),
      also: z.array(metric).default([]).describe("More metrics to report and to use in gates."),
      own: z
        .record(z.string(), ownMetric)
        .optional()
        .describe(
          "Metrics of your own, by name: each is the mean of a number per row, weighted where the model has `weight`. They are " +
            "measured with the others, and `primary` and gates may name them. Their margins and limits are in their own unit.",
        ),
      threshold: unitInterval
        .optional()
        .describe(
          "Binary task: probability from which a row counts as positive, also for `fairness` and as `answer` in `own`. Default: 0.5.",
        ),
      quantile: z
        .number()
        .min(0)
        .max(1)
        .optional()
        .describe("For `pinball`: the quantile that the model predicts. Default: 0.5."),
    })
    .describe("What is measured."),
  slices: z
    .array(z.union([column, columnPair]))
    .default([])
    .describe(
      "Columns by whose values the metrics are broken down; a pair such as `[size, phase]` by the values of both. A value " +
        "is tested if it has at least 100 holdout rows, and at least 10 of each class.",
    ),
  gates: z
    .array(gate)
    .min(1)
    .describe("What a challenger must pass to be promoted: every gate. At least one gate is required."),
  fairness: z
    .array(fairnessRule)
    .default([])
    .describe("Limits on differences between groups of people; binary tasks only."),
  budget: budget.prefault({}).describe("What a new version may cost, compared with the champion."),
  refresh: z
    .enum(["guarded", "proven"])
    .default("guarded")
    .describe(
      "What newer data with the same settings must show. `guarded`: promoted unless it is worse than the champion beyond chance (p ≤ 0.05), or the holdout is too small to show a harm of 0.10 (of your own metrics, of a fifth of the standard deviation of the champion's rows). " +
        "`proven`: promoted only if it is shown not to be worse by more than `margin`; with a holdout of usual size this often keeps an old champion live.",
    ),
  margin: z
    .number()
    .positive()
    .optional()
    .describe(
      "With `refresh: proven`: how much worse than the champion the primary metric may truly be (the non-inferiority margin). Default: 0.01, 2 % of the champion's value for metrics that are not between 0 and 1, or for your own metrics 2 % of the standard deviation of the champion's rows.",
    ),
  retrain: retrainPolicy.prefault({}).describe("When to retrain."),
  merge: z
    .enum(["review", "auto"])
    .default("review")
    .describe(
      "`review`: a person merges. `auto`: turns on GitHub's auto-merge, if the base branch requires the check `refit`.",
    ),
  canary: canaryPolicy
    .optional()
    .describe(
      "New versions start as a canary: a proposal adds `canary/` and `rollout.yaml` beside `champion/`, and later proposals raise the share of requests that it answers. Left out: the merge makes a new version the champion at once. The first version of a model is never a canary.",
    ),
  approvals: approvalPolicy
    .optional()
    .describe(
      "For models of high risk: how many people must have approved exactly the commit that is merged. Until then `refit verify`, whose check `refit` the base branch must require, fails. Who made a commit of it does not count. Cannot be combined with `merge: auto`.",
    ),
  proposalGroup: modelName
    .optional()
    .describe(
      "Models with the same name here share one proposal, on the branch `refit-group--<name>`: if one of them is due, all are judged, and either all are proposed or none.",
    ),
  reviewers: z
    .array(reviewer)
    .max(15)
    .default([])
    .describe(
      "Who is asked (once) to review a proposal: logins, and teams such as `acme/risk`. CODEOWNERS decides who has to.",
    ),
  tags: z
    .enum(["plain", "gto"])
    .default("plain")
    .describe(
      "Which tags `refit promote` creates: `plain` is `<model>@v3`; `gto` adds those that GTO reads, `<model>@v3.0.0` and `<model>#prod#4`.",
    ),
  publish: z
    .array(z.enum(["release", "deployment"]))
    .default([])
    .describe("What `refit promote` creates on GitHub besides the tag: a release with the files, a deployment record."),
  card: cardSpec
    .optional()
    .describe(
      "What people say about the model. It is shown in the model card (`README.md`) of the next version; changing it retrains nothing.",
    ),
  maxModelMiB: z
    .number()
    .positive()
    .default(50)
    .describe("Largest version that may be committed, in MiB; files in Git LFS do not count."),
  seed: z.int().min(0).max(4_294_967_295).default(7).describe("Seed for everything random."),
};

/**
 * `models/<model>/model.yaml`.
 *
 * @param learners those that are installed, at least one: a candidate names one of them and has its settings.
 */
export function modelSpec(learners: readonly LearnerDescriptor[]) {
  return z.strictObject({ ...keys, candidates: candidateList(learners) });
}

export type ModelSpec = z.infer<ReturnType<typeof modelSpec>> & {
  /** sha256 of the files that candidates name under `code`, by path: put there by whoever has read them; absent: there are none. */
  readonly codeDigests?: Readonly<Record<string, string>>;
};
export type Task = ModelSpec["task"];

/** Is what ships trained once more on all rows, after it was judged without the newest? */
export function shipsAll({ ship, time }: Pick<ModelSpec, "ship" | "time">): boolean {
  return ship === undefined ? time !== undefined : ship === "all";
}
