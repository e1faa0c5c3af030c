import * as z from "zod";
import { failedError, findingPart, metricName, nameOfModel, treeId } from "./parts.ts";
import type { SchemaValue } from "./schema-value.ts";

const dayText = z.iso.date();

const monitoredVersion = z.object({
  version: treeId,
  number: z.int().nullable().describe("Number of the version; `null`: it was never on the base branch. For display."),
  arm: z
    .enum(["champion", "canary"])
    .nullable()
    .describe("Whose answers the callers got; `null`: no other version was asked."),
  answers: z.int().describe("Answers, each id once."),
  labelled: z.int().describe("Of these, how many have a label."),
  metrics: z
    .array(
      z.object({
        metric: metricName,
        value: z.number().describe("On the answers that have a label."),
        standardError: z.number().describe("Of the value."),
      }),
    )
    .describe("Those of model.yaml that can be measured."),
});

const liveWindow = z.object({
  from: dayText.describe("First day, UTC."),
  to: dayText.describe("Last day, UTC."),
  rows: z.int().describe("Answers whose label is known."),
  value: z.number().nullable().describe("The primary metric; `null`: not defined on these answers."),
  interval: z
    .tuple([z.number(), z.number()])
    .nullable()
    .describe("95 % interval of the value; `null`: not defined. Each is read by itself."),
  isMature: z.boolean().describe("Whether it counts: nearly all of its labels are here, whatever was answered."),
});

const liveVersion = z.object({
  version: treeId,
  windows: z.array(liveWindow).describe("Days that follow one another, with about as many labels each."),
  immature: z
    .array(
      z.object({
        because: z
          .enum(["delays-unknown", "early", "selective"])
          .describe(
            "`delays-unknown`: nobody knows yet how long labels take. `early`: fewer than 95 % of the labels should be here. `selective`: whether an answer has a label depends on what was answered.",
          ),
        days: z.int().describe("How many days."),
      }),
    )
    .describe("Days that do not count, by why."),
});

const monitoredModel = z.object({
  model: nameOfModel,
  days: z
    .object({ first: dayText.describe("The first day, UTC."), last: dayText.describe("The last day, UTC.") })
    .nullable()
    .describe("Days with answers that the ledger has; `null`: none."),
  versions: z.array(monitoredVersion).describe("Each version that has answered."),
  live: z
    .object({
      metric: metricName,
      matureAfter: z
        .number()
        .nullable()
        .describe("Days after which 95 % of the labels are here; `null`: not known yet."),
      versions: z.array(liveVersion).describe("Each version over time."),
    })
    .describe("Performance over time, by the primary metric."),
  findings: z.array(findingPart).describe("What was found in the log and among the labels."),
  changed: z
    .array(dayText)
    .describe("Days of which this run has found something new, UTC; with `--dry-run` nothing of it is written."),
  openFiles: z
    .int()
    .describe("Files of the log that a server may still write to. They are read when their hour is over."),
});

/** What `refit monitor --json` prints. */
export const monitorAnswer = z.array(z.union([monitoredModel, z.object({ model: nameOfModel, error: failedError })]));
export type MonitorAnswer = SchemaValue<typeof monitorAnswer>;
