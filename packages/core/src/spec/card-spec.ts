import * as z from "zod";

const words = z.string().trim().min(1);

/** What people say of a model. */
export const cardSpec = z.strictObject({
  owner: words.max(300).optional().describe("Who is responsible for the model: a person, a team, where to ask."),
  use: words
    .max(10_000)
    .optional()
    .describe("What the model is meant for, and who uses its answers. An empty line starts a new paragraph."),
  limits: words
    .max(10_000)
    .optional()
    .describe(
      "What the model must not be used for, where it is known to be weak, and what to monitor. An empty line starts a new paragraph.",
    ),
});
