import * as z from "zod";
import { findingPart, metricName, countedRows, settingChanges } from "./parts.ts";

/** The metric's value; absent where the metric does not exist for the rows. */
const valueOf = (whose: string) =>
  z.number().optional().describe(`Of the ${whose}; absent: the metric is not defined for these rows.`);
const improvement = z
  .number()
  .optional()
  .describe("Above 0: the challenger is better, in the metric's own unit; absent: not defined.");
const interval = z.tuple([z.number(), z.number()]).nullable();
const method = z.enum(["delong", "mcnemar", "paired-bootstrap", "none"]).describe("How it was computed.");
const standardError = z.number().nullable().describe("Of the improvement; `null`: not computed.");

const metricFacts = {
  metric: metricName,
  challenger: valueOf("challenger"),
  improvement,
  interval: interval.describe("90 % interval of the improvement; `null`: not computed."),
  pSuperior: z.number().nullable().describe('One-sided p of "not better"; `null`: not computed.'),
  standardError,
  method,
  higherIsBetter: z.boolean().optional().describe("Of a metric of the model's own; absent: refit has it built in."),
};
const metricRow = z
  .object({ champion: valueOf("champion"), ...metricFacts })
  .meta({ id: "MetricRow", description: "A metric of champion and challenger on the same rows." });
const dummyRow = z
  .object({ dummy: valueOf("model without features"), ...metricFacts })
  .meta({ id: "DummyRow", description: "The challenger beside a model that gives every row the same answer." });

const sliceRow = z.object({
  column: z.string().describe("Column of the slice."),
  value: z.string().describe("Its value, or its range."),
  rows: countedRows,
  sufficient: z.boolean().describe("Whether it has enough rows; others are shown and never judged."),
  metrics: z.array(metricRow).describe("Each metric on these rows."),
  pRegression: z.number().nullable().describe('One-sided p of "not worse" by the primary metric; `null`: not tested.'),
  pHolm: z.number().nullable().describe("The same, adjusted over all sufficient slices; `null`: not tested."),
});

const testResult = z.object({
  against: z.enum(["champion", "anchor"]).describe("What the challenger is compared with."),
  kind: z.enum(["harm", "non-inferiority", "superiority"]).describe("What is tested."),
  improvement,
  standardError,
  method,
  margin: z.number().describe("In the metric's unit: what the challenger may be worse by, or the harm that must show."),
  p: z.number().nullable().describe("One-sided; `null`: the holdout cannot tell."),
  alpha: z.number().describe("What `p` is compared with."),
  detectable: z
    .number()
    .nullable()
    .describe("Smallest true difference that the holdout shows four times in five; `null`: not known."),
  passed: z.boolean().describe("Whether the test allows a promotion."),
});

const countTable = z.array(z.array(z.number()));
const curve = z.array(z.tuple([z.number(), z.number()]));
const curves = z
  .object({
    roc: curve.describe("False positive rate and true positive rate."),
    pr: curve.describe("Recall and precision."),
  })
  .meta({ id: "Curves", description: "Points for the thresholds." });
const residualBin = z
  .object({
    rows: countedRows,
    predicted: z.number().describe("Mean prediction."),
    low: z.number().describe("True value less prediction that a tenth of the rows do not exceed."),
    median: z.number().describe("The same of half of the rows."),
    high: z.number().describe("The same of nine tenths."),
  })
  .meta({ id: "ResidualBin", description: "Rows of like predictions." });

const answerFacts = z
  .discriminatedUnion("kind", [
    z.object({
      kind: z.literal("classes").describe("The model predicts a class."),
      classes: z.array(z.string()).describe("Of the tables; the last may stand for all others."),
      champion: countTable.nullable().describe("Rows by actual and predicted class; `null`: there is no champion."),
      challenger: countTable.describe("Rows by actual and predicted class."),
      curves: z
        .object({
          champion: curves.nullable().describe("`null`: there is no champion."),
          challenger: curves.describe("Of the challenger."),
        })
        .nullable()
        .describe("`null`: there are more than two classes."),
    }),
    z.object({
      kind: z.literal("numbers").describe("The model predicts a number."),
      champion: z.array(residualBin).nullable().describe("`null`: there is no champion."),
      challenger: z.array(residualBin).describe("Of the challenger."),
    }),
  ])
  .meta({ id: "AnswerFacts", description: "How answers compare with the truth on the holdout." });

const calibrationBin = z
  .object({
    rows: countedRows,
    predicted: z.number().describe("Mean probability of the positive class."),
    observed: z.number().describe("Share of positives, 0 to 1."),
  })
  .meta({ id: "CalibrationBin", description: "Rows of like probabilities." });

const rates = z
  .object({
    selectionRate: z.number().optional().describe("Share of its rows that are called positive; absent: not defined."),
    truePositiveRate: z.number().optional().describe("The same of the true positives."),
    falsePositiveRate: z.number().optional().describe("The same of the true negatives."),
  })
  .meta({ id: "Rates", description: "What a model says of a group, from the threshold on." });
const contrast = z
  .object({
    champion: z.number().optional().describe("Of the champion; absent: not defined."),
    challenger: z.number().optional().describe("Of the challenger; absent: not defined."),
    interval: interval.describe("90 % interval of the challenger's; `null`: not computed."),
    pWorse: z.number().nullable().describe('One-sided p of "not worse than the champion"; `null`: not tested.'),
  })
  .meta({ id: "GroupContrast", description: "A number that compares groups, for both models on the same rows." });
const fairness = z.object({
  column: z.string().describe("Column of the groups."),
  groups: z
    .array(
      z.object({
        value: z.string().describe("Value of the column."),
        rows: countedRows,
        sufficient: z.boolean().describe("Whether it has enough rows; others are shown and never judged."),
        champion: rates.nullable().describe("`null`: there is no champion."),
        challenger: rates.describe("Of the challenger."),
      }),
    )
    .describe("Each group."),
  selectionRatio: contrast.describe("Lowest selection rate over the highest; 1: all are equal."),
  opportunityGap: contrast.describe("Highest true positive rate less the lowest; 0: all are equal."),
});

const cost = z.object({
  latency: z
    .object({
      challengerMs: z.number().describe("Median milliseconds of a batch of the challenger."),
      challengerP95Ms: z.number().describe("Milliseconds that 95 % of its batches do not exceed."),
      champion: z
        .object({
          ms: z.number().describe("Median milliseconds of a batch of the champion."),
          ratio: z.number().describe("The challenger's median over the champion's; above 1 is slower."),
          interval: z.tuple([z.number(), z.number()]).describe("90 % interval of the ratio."),
        })
        .nullable()
        .describe("`null`: there is no champion."),
      batches: z.int().describe("Timed batches of each."),
      batchRows: z.int().describe("Rows of a batch."),
    })
    .nullable()
    .describe("`null`: `budget` does not ask for it."),
  size: z
    .object({
      champion: z.number().describe("Bytes of the champion's artifact."),
      challenger: z.number().describe("Bytes of the challenger's."),
    })
    .nullable()
    .describe("`null`: there is no champion."),
});

const declaredModel = z
  .object({
    trainedUntil: z
      .string()
      .nullable()
      .describe("Newest row that it has learned from, ISO 8601; `null`: not declared."),
    maySeen: z.int().describe("Rows of this comparison that it may have seen."),
    unanswered: z.int().optional().describe("Rows that it has no prediction for; absent: it answers every row."),
  })
  .meta({ id: "DeclaredModel", description: "What is declared of a model that was trained elsewhere." });

const holdout = z.object({
  kind: z.enum(["temporal", "hash"]).describe("Whether the newest rows are held out, or a share by hash."),
  from: z.string().nullable().describe("First instant of the holdout, ISO 8601; `null`: no time places it."),
  to: z.string().nullable().describe("Last instant, likewise."),
  fraction: z.number().nullable().describe("The share that was asked for; `null`: the holdout is temporal."),
  copies: z.literal("apart").optional().describe("Equal rows may be on both sides; absent: they are on one."),
  rows: countedRows,
  digest: z.string().describe("sha256 over the digests of its rows."),
  trainedUntil: z
    .string()
    .nullable()
    .describe("Last instant of any row that the judged model has learned from, ISO 8601; `null`: no time places it."),
});

/** Champion and challenger on the same holdout, in one run. */
export const evaluation = z
  .object({
    kind: z
      .enum(["first-model", "refresh", "change", "contract-change"])
      .describe("No champion; the same settings; other settings; or a champion that cannot answer today's question."),
    procedures: z
      .boolean()
      .describe("Whether a model of the champion's settings stood for a champion that has learned from these rows."),
    holdout: holdout.describe("The rows."),
    minRows: z.int().describe("Rows that a comparison needs."),
    classRows: z
      .array(z.int())
      .nullable()
      .describe("Rows of each class that the model knows; `null`: it predicts a number."),
    learnerChange: settingChanges.describe("How learner and settings differ from the champion's; empty: not at all."),
    primary: z.string().describe("The metric that decides."),
    metrics: z.array(metricRow).describe("Each metric on the holdout."),
    bootstrap: z
      .object({
        seed: z.number().describe("Seed of the resamples."),
        replicates: z.int().describe("How many resamples."),
        groups: z.int().nullable().describe("Groups that were drawn as a whole; `null`: each row by itself."),
      })
      .describe("What is needed to draw the same resamples."),
    dummy: dummyRow,
    answers: answerFacts.nullish().describe("How answers compare with the truth; absent or `null`: not looked at."),
    calibration: z
      .object({
        champion: z.array(calibrationBin).nullable().describe("`null`: there is no champion."),
        challenger: z.array(calibrationBin).describe("Of the challenger."),
      })
      .nullable()
      .describe("What the probabilities are worth; `null`: the task is not binary."),
    withoutDuplicates: z
      .object({ rows: countedRows, metric: metricRow })
      .nullable()
      .describe("The primary metric on rows whose values no training row has; `null`: that is all of them."),
    slices: z.array(sliceRow).describe("Each declared slice."),
    missingSlices: z.array(z.string()).describe("Declared columns that no row has."),
    tests: z.array(testResult).describe("Tests of the primary metric."),
    anchor: z
      .object({
        overChampion: z.number().describe("By how much it is better than the champion, by the primary metric."),
        p: z.number().describe('One-sided p of "not better than the champion".'),
        overChallenger: z.number().describe("By how much it is better than the challenger."),
      })
      .nullable()
      .describe("The version that was last proved better, where it scores best; else `null`."),
    fairness: z.array(fairness).describe("Each entry of `fairness`."),
    cost: cost.describe("What a prediction and a version cost."),
    errorScale: z
      .number()
      .optional()
      .describe("Of a regression with `canary`: `scale` of its rollout.yaml; absent: nothing starts as a canary."),
    elsewhere: z
      .object({
        challenger: declaredModel.nullable().describe("`null`: refit trained it."),
        champion: declaredModel.nullable().describe("`null`: refit trained it."),
        isChampion: z.boolean().describe("Whether the challenger is the model that is live, byte by byte."),
      })
      .optional()
      .describe("Of models that were trained elsewhere; absent: there is none."),
    findings: z.array(findingPart).describe("What is wrong with the split or the predictions."),
    look: z.int().describe("Which comparison on this holdout it is, from 1."),
    alpha: z.number().describe('What a claim of "better" may spend.'),
  })
  .meta({ id: "Evaluation", description: "Champion and challenger on the same holdout, in one run." });

const gate = z
  .object({
    metric: metricName,
    min: z.number().optional().describe("Smallest allowed value."),
    max: z.number().optional().describe("Largest allowed value."),
    maxRegression: z.number().optional().describe("Largest allowed drop, in the metric's unit."),
    minImprovement: z.number().optional().describe("Smallest required gain, in the metric's unit."),
    slice: z
      .union([z.string(), z.array(z.string())])
      .optional()
      .describe("An entry of `slices`, or `*`; absent: all rows."),
    significant: z.boolean().optional().describe("Whether only a significant regression fails."),
    critical: z.boolean().optional().describe("Whether a regression of the slice blocks by itself."),
  })
  .describe("As `model.yaml` has it.");

const gateRow = z
  .object({
    gate,
    slice: z
      .object({ column: z.string().describe("Its column."), value: z.string().describe("Its value.") })
      .nullable()
      .describe("The slice that it was applied to; `null`: all rows."),
    value: z.number().optional().describe("A metric's value, or the improvement; absent: not defined."),
    limit: z.number().describe("What it was compared with."),
    p: z.number().nullable().describe('p of "not worse" where the gate asks for it; else `null`.'),
    result: z
      .enum(["passed", "failed", "skipped", "undefined", "insufficient"])
      .describe("`skipped`: there is no champion. `insufficient`: too few rows."),
  })
  .meta({ id: "GateRow", description: "A gate and what it said." });

const guardRow = z
  .object({
    guard: z
      .enum(["minSelectionRatio", "maxOpportunityGapGrowth", "maxLatencyRatio", "maxP95MsPer1000Rows", "maxSizeRatio"])
      .describe("Its key in `model.yaml`."),
    column: z.string().nullable().describe("The column of `fairness`; `null`: it is about cost."),
    value: z.number().optional().describe("What was measured; absent: not defined."),
    interval: interval.describe("90 % interval; `null`: not computed."),
    p: z.number().nullable().describe('One-sided p of "not worse than the champion"; `null`: not tested.'),
    limit: z.number().describe("What it was compared with."),
    result: z
      .enum(["passed", "failed", "skipped", "insufficient"])
      .describe("`skipped`: there is no champion. `insufficient`: too few groups."),
  })
  .meta({ id: "GuardRow", description: "A limit of `fairness` or `budget` and what it said." });

const enoughRows = { rows: z.int().describe("How many there are."), minRows: z.int().describe("How many are needed.") };

export const verdictReason = z
  .discriminatedUnion("kind", [
    z.object({ kind: z.enum(["no-gate", "same-model"]).describe("There is no gate; or the model is live already.") }),
    z.object({
      kind: z.literal("finding").describe("A finding that blocks."),
      ...findingPart.pick({ code: true, severity: true, column: true, message: true, hint: true }).shape,
    }),
    z.object({ kind: z.literal("undefined-metric").describe("A metric is not defined."), metric: metricName }),
    z.object({
      kind: z
        .enum(["missing-slice", "small-groups", "small-slices"])
        .describe("No row, or too few, of what is to be judged by slice or group."),
      column: z.string().describe("Its column."),
    }),
    z.object({ kind: z.literal("gate-failed").describe("A gate failed."), row: gateRow }),
    z.object({ kind: z.literal("guard-failed").describe("A limit of fairness or cost was exceeded."), row: guardRow }),
    z.object({ kind: z.enum(["few-rows", "few-of-class"]).describe("The holdout is too small."), ...enoughRows }),
    z.object({
      kind: z.literal("dummy-undecided").describe("Not shown to be better than a model without features."),
      row: dummyRow,
    }),
    z.object({ kind: z.literal("worse").describe("Worse than the champion beyond chance."), row: metricRow }),
    z.object({
      kind: z.literal("anchor-best").describe("The version that was last proved better scores best."),
      overChampion: z.number().describe("By how much it is better than the champion, by the primary metric."),
      p: z.number().describe('One-sided p of "not better than the champion".'),
      overChallenger: z.number().describe("By how much it is better than the challenger."),
    }),
    z.object({
      kind: z.literal("nothing-newer").describe("The champion has learned from all of the rows."),
      minRows: z.int().describe("Newer rows that are needed."),
    }),
    z.object({
      kind: z.literal("test-failed").describe("A test does not allow a promotion."),
      against: z.enum(["champion", "anchor"]).describe("What the challenger was compared with."),
      test: z.enum(["harm", "non-inferiority", "superiority"]).describe("What was tested."),
      detectable: z
        .number()
        .optional()
        .describe("Smallest difference that the holdout can show, where that is more than the margin."),
    }),
  ])
  .meta({ id: "VerdictReason", description: "Why a model is not promoted." });

export const verdict = z
  .object({
    kind: z.enum(["promote", "inconclusive", "hold", "block"]).describe("As `refit explain` says of each."),
    gates: z.array(gateRow).describe("Each gate."),
    guards: z.array(guardRow).describe("Each limit of fairness and budget."),
    because: z.array(verdictReason).describe("Why it is not `promote`; empty: it is."),
  })
  .meta({ id: "Verdict", description: "What the gates and tests of the base branch say." });
