import * as z from "zod";

const day = "as `2026-06-01`";
const utc = "ISO 8601, UTC";
const instant = z.string().meta({ format: "date-time" });
const metric = z.string().describe("Name of a metric.");

const measuredRows = z.object({
  rows: z.int().describe("How many."),
  from: z.string().nullable().describe("First instant, ISO 8601; `null`: no time places them."),
  to: z.string().nullable().describe("Last instant, likewise."),
});

const live = z.object({
  metric,
  value: z.number().describe("What the live version reached."),
  rows: z.int().nullable().describe("On how many rows; `null`: an earlier release did not write it down."),
  at: instant.describe(`When it was measured, ${utc}.`),
});

const trigger = z.object({
  kind: z
    .enum(["no-champion", "imported", "settings", "policy", "unfinished", "new-rows", "age", "performance", "drift"])
    .describe("What starts a retrain."),
  fired: z.boolean().nullable().describe("Whether it has; `null`: only a run can tell, which reads the data."),
  newRows: z.int().nullable().optional().describe("Of `new-rows`: how many there are; `null`: not counted yet."),
  minNewRows: z.int().optional().describe("Of `new-rows`: how many are needed."),
  at: instant.optional().describe(`Of \`age\`: when it is due, ${utc}.`),
  metric: z.string().optional().describe("Of `performance`: what must not get worse."),
  performanceMargin: z.number().optional().describe("Of `performance`: by how much."),
  seen: z.int().optional().describe("Of `drift`: in how many of the last two snapshots."),
});

const wait = z.object({
  kind: z
    .enum(["unchanged", "canary-runs", "refused", "cooldown", "backoff", "budget", "few-rows"])
    .describe("What a retrain waits for, though a trigger has fired."),
  by: z
    .enum(["declined", "rejected", "rolledBack", "stopped"])
    .optional()
    .describe("Of `refused`: who said no to the same inputs."),
  at: instant.optional().describe(`Of \`refused\`: when, ${utc}.`),
  until: instant.optional().describe(`Of \`cooldown\`, \`backoff\` and \`budget\`: when that is over, ${utc}.`),
  percent: z
    .number()
    .nullable()
    .optional()
    .describe("Of `canary-runs`: the share of requests that it answers; `null`: rollout.yaml cannot be read."),
  since: instant.optional().describe(`Of \`canary-runs\`: since when it runs, ${utc}.`),
  championMoved: z
    .boolean()
    .optional()
    .describe("Of `canary-runs`: whether another champion is live than it was compared with."),
  fruitless: z.int().optional().describe("Of `backoff`: candidates in a row that led to nothing."),
  per: z.enum(["day", "week"]).optional().describe("Of `budget`: what was used up."),
  rows: z.int().nullable().optional().describe("Of `few-rows`: how many there are; `null`: not counted yet."),
  minRows: z.int().optional().describe("Of `few-rows`: how many are needed."),
  perClass: z.int().nullable().optional().describe("Of `few-rows`: of two classes each; `null`: there are no classes."),
});

const attention = z.object({
  kind: z
    .enum([
      "broken",
      "blocked",
      "rejected",
      "unreadable",
      "learner-missing",
      "unmatched-files",
      "canary",
      "inconclusive",
      "proposal",
      "stale-clone",
    ])
    .describe("What it is."),
  since: instant.nullable().optional().describe(`Since when, ${utc}; \`null\`: the ledger does not say.`),
  runs: z.int().optional().describe("Of `blocked`, `rejected` and `inconclusive`: how many in a row."),
  findings: z.array(z.string()).optional().describe("Of `blocked`: codes of what was found in the data."),
  isFirst: z.boolean().optional().describe("Of `blocked` and `rejected`: nothing is live meanwhile."),
  message: z.string().optional().describe("Of `unreadable` and `learner-missing`: what is wrong."),
  hint: z.string().optional().describe("Of the same: what to do."),
  learner: z.string().optional().describe("Of `learner-missing`: its name."),
  manifest: z.string().optional().describe("Of `unmatched-files`: the manifest that looks in their folder."),
  files: z.array(z.string()).optional().describe("Of `unmatched-files`: their paths."),
  why: z
    .enum(["old", "champion-moved", "broken"])
    .optional()
    .describe("Of `canary`: it runs for longer than `maxDays`, was compared with another champion, or cannot be used."),
  problem: z.string().nullable().optional().describe("Of `canary`: why it cannot be used; `null`: it can."),
  state: z.enum(["open", "under-review", "unfinished"]).optional().describe("Of `proposal`: as `proposalState`."),
});

/** One model of `refit status --json`: `ModelStatus`, with times as ISO 8601. */
export const statusOfModel = z.object({
  model: z.string().describe("Name of the model."),
  group: z.string().nullable().describe("The proposal group whose proposal it shares; `null`: it has its own."),
  state: z
    .enum(["none", "live", "broken", "retired"])
    .describe("Of the newest commit that changed the champion's folder."),
  version: z.string().nullable().describe("The live version, as `v3`; `null`: none is."),
  since: z.string().nullable().describe(`Day on which it went live, ${day}.`),
  learnedUntil: z
    .string()
    .nullable()
    .describe(`Day of the newest row that it has learned from, ${day}; \`null\`: rows have no time.`),
  learnedDaysAgo: z.int().nullable().describe("Age of that row in days."),
  declared: z.boolean().describe("Whether it was trained elsewhere, so that a person has said `learnedUntil`."),
  metric: z
    .object({
      name: metric,
      judged: z.number().nullable().describe("When the version was judged, on rows that it had not learned from."),
      judgedOn: measuredRows.nullable().describe("These rows."),
      since: live
        .nullable()
        .describe(
          "On rows that came since, as a run has measured it; `null`: none has. Rows of its own, so no decline follows from the two numbers alone.",
        ),
    })
    .nullable()
    .describe("The primary metric; `null`: nothing is live, or the settings cannot be read."),
  canary: z
    .object({
      version: z.string().describe("Its git tree id."),
      percent: z
        .number()
        .nullable()
        .describe("Share of the requests that it answers; `null`: rollout.yaml is missing or cannot be read."),
      since: instant.describe(`When the base branch has got it, ${utc}.`),
      maxDays: z.number().nullable().describe("Days after which it needs a person; `null`: likewise."),
      championMoved: z.boolean().describe("Whether another champion is live than the one that it was compared with."),
      problem: z.string().nullable().describe("What is wrong with its folder or rollout.yaml; `null`: nothing."),
    })
    .nullish()
    .describe("The version that answers a part of the requests; absent or `null`: none does."),
  newestRow: z
    .string()
    .nullable()
    .describe(`Day of the newest row that the live version or a comparison has seen, ${day}.`),
  newestRowDaysAgo: z.int().nullable().describe("Age of that row in days."),
  next: z
    .object({
      triggers: z.array(trigger).describe("Any one of them is enough."),
      waits: z.array(wait).describe("All of them have to be over."),
    })
    .nullable()
    .describe("What starts the next retrain; `null`: settings or data cannot be read."),
  proposal: z.string().nullable().describe("Where the newest proposal is that was not merged."),
  proposalState: z
    .enum(["open", "under-review", "unfinished", "declined"])
    .nullable()
    .describe("Whether it waits for people, was approved or changed by one, was cut short, or closed."),
  asked: z.string().nullable().describe("The forge that was asked, as `github`; `null`: only this clone was."),
  attention: z.array(attention).describe("What needs a person, worst first."),
});
