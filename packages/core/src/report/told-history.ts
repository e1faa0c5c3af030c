import * as z from "zod";

const model = z.string().describe("Name of the model.");
const instant = z.string().meta({ format: "date-time" }).describe("ISO 8601, UTC.");
const sentence = z.string().describe("As people read it, without markup.");

const event = z.object({
  model,
  at: instant.describe("When the run was, or the commit where there was no run; ISO 8601, UTC."),
  kind: z
    .enum([
      "promoted",
      "proposed",
      "inconclusive",
      "declined",
      "rejected",
      "blocked",
      "drift",
      "unblocked",
      "rollback",
      "broken",
      "retired",
    ])
    .describe(
      "What a run came to, and what people made of it: `promoted` (merged), `proposed` and `inconclusive` (shown to people, not merged), " +
        "`declined` (by a person), `rejected` (by a gate), `blocked` (data or model refused), `drift` and `unblocked` (nothing was trained); " +
        "and what happened on the base branch: `rollback`, `broken`, `retired`.",
    ),
  what: sentence.describe("The same as a sentence, without markup."),
  why: z
    .array(z.string())
    .describe(
      "Why it ended in that way, each a sentence as in the report; empty: nothing spoke against it, or no report is kept.",
    ),
  number: z
    .string()
    .nullable()
    .describe(
      "The number that mattered, with its interval, as in the report; `null`: nothing was measured, or no report is kept.",
    ),
  version: z
    .int()
    .nullable()
    .describe("Number of the version that became live, is broken, or was restored; `null`: it is about none."),
  against: z
    .int()
    .nullable()
    .describe("Number of the champion that it was compared with, or that it replaced; `null`: there was none."),
  run: z.string().nullable().describe("Name of the run for `refit report MODEL@RUN`; `null`: it left no report here."),
  inputDigest: z.string().nullable().describe("sha256 of all that decided its training; `null`: there was no run."),
  trainedBecause: z
    .array(z.string())
    .describe("Why a new model was trained, each a clause; empty: none was, or the ledger does not say."),
  words: z.string().nullable().describe("What a person wrote; `null`: nothing."),
  driftLevel: z
    .number()
    .nullable()
    .describe("How far the data had drifted, 1 and above being drift; `null`: nobody measured it."),
  settledAt: instant.nullable().describe("When a person merged or declined it, ISO 8601, UTC; `null`: nobody did."),
  commit: z.string().nullable().describe("The commit that changed the base branch; `null`: none did."),
  report: z
    .object({ commit: z.string().describe("Git commit id."), path: z.string().describe("At that commit.") })
    .nullable()
    .describe("The report on the branch `refit-ledger`; `null`: none is kept in this clone."),
});

/** What `refit history --json` prints. */
export const toldHistory = z.object({
  format: z.literal(1).describe("Of this value."),
  schema: z.string().describe("Name of this schema, for `refit schema`."),
  models: z.array(model).describe("Models that were looked at, sorted."),
  ledger: z
    .enum(["here", "missing"])
    .describe("`missing`: this clone has no branch `refit-ledger`, so only what the base branch says is known."),
  events: z.array(event).describe("Newest first."),
  more: z.int().describe("Older events that `--limit` leaves out."),
});
export type ToldHistory = z.infer<typeof toldHistory>;
