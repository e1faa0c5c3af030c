import * as z from "zod";
import { instant, nameOfModel } from "./parts.ts";
import type { SchemaValue } from "./schema-value.ts";

const metrics = z.record(z.string(), z.number().optional());

const lineFacts = {
  id: z.string().describe("By which the line is found in other parts."),
  kind: z
    .enum(["policy", "never", "schedule", "no-change"])
    .describe("A policy of refit; the first model and no other; a model every N days; or no model."),
  name: z.string().describe("As people read it."),
  everyDays: z.number().nullable().describe("Of a schedule: days between its models; else `null`."),
  metrics: metrics.describe("Mean over the nights that all lines share, by name of the metric; rows count alike."),
  retrains: z.int().describe("Nights with a training."),
  promotions: z.int().describe("Nights with a promotion."),
  refusals: z.int().describe("Models that were judged and refused."),
  refusedFor: z.array(z.string()).describe("Why, as codes, the most frequent first."),
  dataBlocks: z.int().describe("Nights on which data were refused."),
  failures: z.int().describe("Nights that ended with an error."),
};

const stretch = z
  .object({
    from: instant.describe("First night, ISO 8601, UTC."),
    until: instant.describe("Where it ends, ISO 8601, UTC."),
    nights: z.int().describe("How many nights."),
    measured: z.int().describe("Nights on which every line had a model; numbers are of these."),
    lines: z
      .array(
        z.object({
          ...lineFacts,
          against: z
            .record(
              z.string(),
              z
                .object({
                  mean: z.number().describe("Mean improvement."),
                  low: z.number().describe("Lower end of its 90 % interval."),
                  high: z.number().describe("Upper end."),
                })
                .nullable(),
            )
            .describe("Improvement of the primary metric over other lines, by their ids; `null`: too few nights."),
        }),
      )
      .describe("Each line."),
    bestSchedule: z.string().nullable().describe("Id of the schedule that did best; `null`: none was measured."),
  })
  .meta({ id: "Stretch", description: "How the lines did on some of the nights." });

const night = z.object({
  at: instant.describe("When the night is, ISO 8601, UTC."),
  until: instant.describe("The next night; rows up to it were answered. ISO 8601, UTC."),
  rows: z.int().describe("Labelled rows among them."),
  lines: z
    .record(
      z.string(),
      z.object({
        decision: z
          .enum(["skipped", "suppressed", "blocked", "proposed", "updated", "inconclusive", "rejected", "failed"])
          .nullable()
          .describe("How the run ended; `null`: the line decides nothing."),
        because: z.array(z.string()).describe("Why a retrain was due, or what held it back, as codes."),
        against: z.array(z.string()).describe("What spoke against the model, as codes."),
        retrained: z.boolean().describe("Whether a model was trained and judged."),
        promoted: z.boolean().describe("Whether it went live."),
        version: z.string().nullable().describe("What is live afterwards: of a policy a git tree id; `null`: nothing."),
        metrics: metrics.nullable().describe("On the rows until the next night; `null`: not measured."),
      }),
    )
    .describe("What each line did, by its id."),
});

/** What `refit backtest --json` prints. */
export const backtestAnswer = z.object({
  format: z.literal(1).describe("Of this value."),
  model: nameOfModel,
  primary: z.string().describe("The metric that decides."),
  from: instant.describe("First night, ISO 8601, UTC."),
  to: instant.describe("Where the replay ends, ISO 8601, UTC."),
  everyDays: z.number().describe("Days between two nights."),
  labelDelayDays: z.number().describe("Days until the label of a row is known."),
  planned: z.int().describe("Nights that were planned; fewer are done where the budget ended first."),
  search: z
    .object({
      everyDays: z.number().describe("Days between two nights of the search."),
      planned: z.int().describe("Nights that were planned."),
      nights: z.int().describe("Nights that are done."),
      lines: z.array(z.object(lineFacts)).describe("Each line."),
      best: z.string().nullable().describe("What was replayed on all nights, as YAML; `null`: not yet known."),
    })
    .nullable()
    .describe("What the search on a few nights came to; `null`: there was none."),
  chosenOn: stretch,
  keptBack: stretch.nullable().describe("The newest fifth, which the choice did not use; `null`: not yet replayed."),
  chosen: z.string().nullable().describe("Id of the policy that was chosen; `null`: none."),
  changes: z
    .array(
      z.object({
        key: z.string().describe("A key of `model.yaml`."),
        before: z.string().nullable().describe("Its value, as YAML; `null`: it is not written."),
        after: z.string().nullable().describe("The new value, likewise."),
      }),
    )
    .describe("What the chosen policy changes; empty: nothing."),
  lowers: z.array(z.string()).describe("How it lowers the checks, each a clause."),
  nights: z.array(night).describe("Every night that was replayed, oldest first."),
  proposal: z
    .discriminatedUnion("proposed", [
      z.object({
        proposed: z.literal(false).describe("Nothing was proposed."),
        why: z.enum(["unfinished", "keep", "refuted", "moved", "uncommitted", "declined", "held"]).describe("Why not."),
        url: z.string().nullable().describe("The earlier proposal that it is about; `null`: none."),
      }),
      z.object({
        proposed: z.literal(true).describe("The policy was proposed."),
        branch: z.string().describe("Name of the branch."),
        url: z.string().describe("Where the proposal is."),
        operation: z.enum(["created", "updated", "unchanged"]).describe("What was done to it."),
      }),
    ])
    .optional()
    .describe("With `--propose`: what became of it; else absent."),
});
export type BacktestAnswer = SchemaValue<typeof backtestAnswer>;
