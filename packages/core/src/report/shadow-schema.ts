import * as z from "zod";
import { nameOfModel, treeId } from "../answers/parts.ts";
import type { SchemaValue } from "../answers/schema-value.ts";

const version = z
  .object({ label: z.string().describe("Such as `v3`, or `proposal`."), treeId })
  .meta({ id: "ShadowVersion", description: "A version that was replayed." });

const score = z.number().nullable();
const share = "0 to 1";

const scores = z.object({
  of: z
    .string()
    .nullable()
    .describe(
      "The class whose probability the two means are of; `null`: they are of values, or of more than two classes and missing.",
    ),
  champion: score.describe("Mean score of the champion; `null`: more than two classes."),
  challenger: score.describe("Likewise of the other version."),
  meanMove: z
    .number()
    .describe("Mean distance of the two answers to a row; of more than two classes half the sum over the classes."),
  ks: score.describe(`Largest distance of the distribution functions, ${share}; \`null\`: more than two classes.`),
  jsDistanceBase2: score.describe(
    `Jensen-Shannon distance of the shares of the classes that were decided for, ${share}; \`null\`: a regression.`,
  ),
});

const slice = z.object({
  column: z.string().describe("As `slices` of model.yaml names it."),
  value: z.string().describe("Its value; of a `sensitive` column a number that stands for it."),
  rows: z.int().describe("Rows with this value."),
  flipped: z.int().nullable().describe("Rows that are decided otherwise; `null`: a regression."),
  meanMove: z.number().describe("As for all rows."),
  moreThanElsewhere: z.boolean().describe("Whether answers change more here than in all other rows."),
  p: score.describe('p of "they change as in all other rows"; `null`: fewer than 100 rows here, or elsewhere.'),
  pHolm: score.describe("The same, adjusted over all slices."),
});

const compared = z.object({
  rows: z.int().describe("Rows that both versions were asked."),
  exactly: z.boolean().describe("Whether each of these rows has all inputs of both; else some were asked as missing."),
  decisions: z
    .object({
      agreed: z.int().describe("Rows that both decide alike."),
      flips: z
        .array(
          z.object({
            from: z.string().describe("The champion's class."),
            to: z.string().describe("The class of the other version."),
            rows: z.int().describe("How many."),
          }),
        )
        .describe("The most frequent first, at most 20."),
    })
    .nullable()
    .describe("`null`: a regression."),
  scores: scores.describe("How far the answers move."),
  slices: z.array(slice).describe("The largest of each column first."),
});

/** What `refit shadow --json` prints. */
export const shadowAnswer = z.object({
  model: nameOfModel,
  champion: version.nullable().describe("`null`: there is none."),
  challenger: version.nullable().describe("What was replayed beside it; `null`: there is no open proposal."),
  log: z
    .object({
      rows: z.int().describe("Logged rows that were read, the newest."),
      from: z.string().nullable().describe("When the first of them was answered; `null`: there is none."),
      to: z.string().nullable().describe("When the last of them was answered."),
      files: z.int().describe("Files that were opened."),
      damaged: z.int().describe("Lines that are not a prediction of this model, such as half a line."),
      repeated: z.int().describe("Lines whose id another line has, too."),
      unreadable: z.int().describe("Rows with a value that their column cannot have, which are left out."),
    })
    .describe("What was read of the log."),
  exact: z.int().describe("Rows that have all inputs of both versions."),
  missing: z
    .array(
      z.object({
        column: z.string().describe("An input of one of the two."),
        rows: z.int().describe("Rows without it."),
        sensitive: z.boolean().describe("Whether it is `sensitive`, so that no log has it."),
      }),
    )
    .describe("Inputs that the log lacks."),
  skew: z
    .object({
      rows: z.int().describe("Rows that the champion has answered, and whose inputs are all there."),
      differing: z.int().describe("Those to which it gives another answer now."),
      largest: z.number().describe("Largest difference of an answer."),
    })
    .nullable()
    .describe("Whether the replay is true to what was served; `null`: the champion has answered none of the rows."),
  compared: compared.nullable().describe("`null`: they cannot be compared."),
  whyNot: z.string().nullable().describe("Why they cannot be compared, as a sentence; `null`: they are."),
  missingSlices: z.array(z.string()).describe("Slices of model.yaml of which the log has no value."),
  latency: z
    .object({
      rows: z.int().describe("Rows of a batch."),
      championMs: z.number().describe("Median time for a batch, in milliseconds."),
      challengerMs: z.number().describe("Likewise."),
      ratio: z.number().describe("The other version's over the champion's."),
      interval: z.tuple([z.number(), z.number()]).describe("90 % interval of it."),
    })
    .nullable()
    .describe("On this machine; `null`: not measured, as where a program answers."),
  shown: z
    .enum(["created", "updated", "unchanged", "none"])
    .nullable()
    .describe(
      "What became of the section below the report of the proposal; `none`: there is no such report. `null`: nobody asked for it.",
    ),
});
export type ShadowAnswer = SchemaValue<typeof shadowAnswer>;
