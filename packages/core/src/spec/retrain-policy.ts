import * as z from "zod";

/** `retrain` in `model.yaml`. */
export const retrainPolicy = z.strictObject({
  maxAgeDays: z.number().positive().optional().describe("Retrain when the champion is older than this, in days."),
  minNewRows: z
    .int()
    .positive()
    .optional()
    .describe("Retrain when at least this many rows arrived that no candidate was judged on yet."),
  drift: z
    .boolean()
    .default(true)
    .describe(
      "Retrain when the new data have drifted from the champion's training data in two of the last three snapshots.",
    ),
  driftClassifier: z
    .boolean()
    .default(false)
    .describe(
      "Also report drift when a classifier can tell the new rows from the champion's rows, even if no single column drifted. Needs at least 500 rows of each. Reads the champion's files again whenever there is a new file.",
    ),
  performanceMargin: z
    .number()
    .positive()
    .optional()
    .describe(
      "Retrain, even during the cool-down, when the primary metric on rows newer than the champion's holdout is worse by more than this, with 95 % confidence. Needs `time`; scores the champion whenever there is a new file.",
    ),
  cooldownHours: z
    .number()
    .min(0)
    .default(24)
    .describe(
      "How long triggers wait after a proposal, a decline or a rollback, in hours. Before the first model is live they do not wait.",
    ),
  maxPerDay: z.int().positive().default(2).describe("Maximum number of candidates judged in any 24 hours."),
  maxPerWeek: z.int().positive().default(8).describe("Maximum number of candidates judged in any seven days."),
});
export type RetrainPolicy = z.infer<typeof retrainPolicy>;
