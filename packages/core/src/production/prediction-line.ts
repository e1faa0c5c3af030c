import * as z from "zod";

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const version = z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/);
const prediction = z.union([
  z.object({
    class: z.union([z.string(), z.number(), z.boolean()]).describe("The class that was answered."),
    probabilities: z.array(z.number()).describe("Of each class, in the order of `target.classes`."),
  }),
  z.object({ value: z.number().describe("Of a regression: the value that was answered.") }),
]);
const microseconds = z.int().nonnegative();

/** A line of a prediction log: one row that was answered. Whoever answers without refit's server can write it, too. */
export const predictionLine = z.object({
  format: z.literal(1).describe("Of this line."),
  id: z
    .string()
    .min(1)
    .describe(
      "Of the answer: the id of the request, and where it had several rows, `/` and the place of the row, from 0. Labels may name it.",
    ),
  time: z.iso.datetime().describe("When it was answered, in UTC."),
  model: z.string().min(1).describe("Name of the model."),
  version: version.describe("Of the version that answered: the git tree id of its folder."),
  key: z
    .string()
    .optional()
    .describe(
      "What the row is about, by the `key` of model.yaml: HMAC-SHA256, in hexadecimal, of the JSON list of its values as texts, with the text in `REFIT_LOG_SALT`; " +
        "or, where plain keys are allowed, the value itself (of several the JSON list). Left out: the row had none.",
    ),
  input: z
    .record(z.string(), value)
    .describe(
      "Values of the columns that the version reads, after `prepare`; those of `sensitive` columns are left out.",
    ),
  prediction: prediction.describe("What was answered."),
  microseconds: microseconds.describe("That the model took; of several rows that were answered together the mean."),
  arm: z
    .enum(["champion", "canary"])
    .optional()
    .describe("Whose answer the caller got, where a second version was asked, too. Left out: none was."),
  other: z
    .object({
      version: version.describe("Of the other version: the git tree id of its folder."),
      prediction: prediction.describe("What it answered."),
      microseconds: microseconds.describe("That it took; of several rows the mean."),
    })
    .optional()
    .describe(
      "What the other version answered to the same row, which the caller did not get. Left out: none was asked, or it did not answer in time.",
    ),
});
