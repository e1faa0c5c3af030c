import * as z from "zod";

/** Which rows are learned from, counted back from the newest of them. */
export const trainingPolicy = z
  .strictObject({
    days: z.number().positive().optional().describe("Only rows of the newest days, this many."),
    rows: z.int().positive().optional().describe("Only the newest rows, this many."),
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
