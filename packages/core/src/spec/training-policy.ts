import * as z from "zod";

/** Which rows are learned from, counted back from the newest of them. */
export const trainingPolicy = z
  .strictObject({
    days: z.number().positive().optional().describe("Number of days: learn only from the rows of the newest days."),
    rows: z.int().positive().optional().describe("Number of rows: learn only from the newest ones."),
    halfLifeDays: z
      .number()
      .positive()
      .optional()
      .describe("A row counts half as much as one that is newer by this many days."),
  })
  .refine((training) => training.days === undefined || training.rows === undefined, {
    message: "use either days or rows, not both",
  });
export type TrainingPolicy = z.infer<typeof trainingPolicy>;
