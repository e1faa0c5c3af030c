import * as z from "zod";

// What several answers have in common. A part with an id is written down once in each schema.

export const nameOfModel = z.string().describe("Name of the model.");
export const versionNumber = z.int().describe("Number of the version. For display.");
export const treeId = z.string().describe("Git tree id of the version's folder, which names its content.");
export const commitId = z.string().describe("Git commit id.");
export const sha256Text = z.string().describe("sha256, in hexadecimal.");
export const byteCount = z.int().describe("Size in bytes.");
export const countedRows = z.int().describe("How many rows.");
export const metricName = z.string().describe("Name of a metric.");
export const learnerName = z.string().describe("Name of the learner.");
export const branchName = z.string().describe("Name of the branch.");

/** Epoch milliseconds in the code (`answerOf`), or ISO 8601 there, too. */
export const instant = z.string().meta({ format: "date-time" }).describe("ISO 8601, UTC.");

/** Of what `--dry-run` would do nothing is there yet. */
export const proposalUrl = z
  .string()
  .nullable()
  .describe("Where the proposal is: its address, or a path in this clone; `null`: nothing was proposed.");
export const operation = z
  .enum(["created", "updated", "unchanged"])
  .nullable()
  .describe("What was done to the proposal; `null`: nothing was proposed.");

export const failedError = z
  .object({
    code: z.string().describe("Stable; `refit explain CODE` is about it."),
    message: z.string().describe("What is wrong."),
    hint: z.string().describe("What to do."),
  })
  .meta({ id: "Failure", description: "Why it could not go on." });

export const findingPart = z
  .object({
    code: z.string().describe("Stable; see the [list of findings](findings.md)."),
    severity: z
      .enum(["error", "suspect", "warning"])
      .describe("`error` and `suspect` block; a person can accept a `suspect`, which makes it a `warning`."),
    file: z.string().nullable().describe("The data file; `null`: it is not about one."),
    column: z.string().nullable().describe("The column; `null`: it is not about one."),
    line: z.int().optional().describe("Line in the file, from 1; absent: not known."),
    count: z.int().optional().describe("Values, or rows, that it is about; absent: they were not counted."),
    examples: z
      .array(z.string())
      .optional()
      .describe("The first of the values, at most three; never of a sensitive column."),
    message: z.string().describe("What was found, as a sentence."),
    hint: z.string().describe("What to do, as a sentence."),
    accepted: z
      .object({
        reason: z.string().describe("Why, in the words of the manifest."),
        by: z
          .object({
            commit: commitId,
            author: z.string().describe("Author of the commit."),
            at: instant,
          })
          .nullable()
          .describe("The commit that brought these words; `null`: they are not committed, or history was not read."),
      })
      .optional()
      .describe("Why the manifest accepts it; absent: it does not."),
  })
  .meta({ id: "Finding", description: "What a check has found." });

const settingChange = z
  .object({
    setting: z.string().describe("Its path, such as `holdout.days`."),
    from: z.string().nullable().describe("Its value before, as YAML; `null`: it was not set."),
    to: z.string().nullable().describe("Its value now, likewise."),
  })
  .meta({ id: "SettingChange", description: "A setting that differs." });
export const settingChanges = z.array(settingChange);

const refusedBy = z
  .enum(["declined", "rejected", "rolledBack", "stopped"])
  .describe(
    "Who said no: a person who declined the model, a gate, or whoever rolled it back or stopped it as a canary.",
  );

export const reason = z
  .discriminatedUnion("kind", [
    z.object({
      kind: z
        .enum(["no-champion", "imported", "policy", "champion-moved"])
        .describe("There is no champion; it was imported; the gates changed; or the champion changed meanwhile."),
    }),
    z.object({
      kind: z.literal("settings").describe("Settings of the training changed."),
      changed: settingChanges.optional().describe("Which; absent: not known."),
    }),
    z.object({
      kind: z.literal("new-rows").describe("Enough new rows came."),
      newRows: z.int().describe("How many."),
      minNewRows: z.int().describe("How many are needed."),
      assumed: z
        .boolean()
        .optional()
        .describe("Whether rows could not be compared with earlier ones; absent: they were."),
    }),
    z.object({
      kind: z.literal("age").describe("The last judged model is old."),
      ageDays: z.number().describe("Its age in days."),
      maxAgeDays: z.number().describe("The age in days that starts a retrain."),
    }),
    z.object({
      kind: z.literal("drift").describe("A feature has drifted."),
      feature: z.string().describe("Its name."),
      psi: z.number().describe("Population stability index, 0 or more."),
    }),
    z.object({
      kind: z.literal("drift-classifier").describe("A classifier can tell new rows from old ones."),
      auc: z.number().describe("Area under its ROC curve, 0 to 1."),
      features: z.array(z.string()).describe("What it told them by, the most telling first."),
    }),
    z.object({
      kind: z.literal("performance").describe("The champion does worse on newer rows."),
      metric: metricName,
      before: z.number().describe("On the champion's holdout."),
      now: z.number().describe("On newer rows."),
      performanceMargin: z.number().describe("By how much it may be worse."),
    }),
    z.object({
      kind: z.literal("group").describe("Another model of its proposal group is due."),
      group: z.string().describe("Name of the group."),
      due: z.string().describe("Name of that model."),
    }),
    z.object({
      kind: z.literal("forced").describe("A person asked for it."),
      words: z.string().describe("Why, in their words."),
      despite: z
        .object({ by: refusedBy, at: instant })
        .optional()
        .describe("Somebody had said no to a model of the same inputs, and when; absent: nobody."),
    }),
  ])
  .meta({ id: "Reason", description: "Why a retrain is worth it." });

const waitsUntil = instant.describe("When that is over.");

export const heldBack = z
  .discriminatedUnion("kind", [
    z.object({
      kind: z
        .enum(["unchanged", "nothing-due", "proposal-open", "held-by-person", "drift-unconfirmed", "drift-known"])
        .describe("As `refit explain` says of each."),
    }),
    z.object({
      kind: z.literal("canary-runs").describe("A canary runs, so that no other version is proposed."),
      percent: z
        .number()
        .nullable()
        .describe("Share of the requests that it answers; `null`: rollout.yaml is missing or cannot be read."),
      since: instant.describe("Since when it is on the base branch."),
      championMoved: z.boolean().describe("Whether another champion is live than the one that it was compared with."),
    }),
    z.object({
      kind: z.literal("branch-held").describe("The branch has a commit that refit did not make."),
      branch: branchName,
    }),
    z.object({
      kind: z.literal("refused").describe("Somebody said no to a model of the same inputs."),
      by: refusedBy,
      at: instant.describe("When that was."),
    }),
    z.object({
      kind: z
        .enum(["few-rows", "few-of-class"])
        .describe("Too few newer rows to judge a model; or too few of the second most frequent class."),
      rows: z.int().describe("How many there are."),
      minRows: z.int().describe("How many are needed."),
    }),
    z.object({ kind: z.literal("cooldown").describe("The cool-down."), until: waitsUntil }),
    z.object({
      kind: z.literal("backoff").describe("Candidates in a row led to nothing."),
      until: waitsUntil,
      fruitless: z.int().describe("How many."),
    }),
    z.object({
      kind: z.literal("budget").describe("`maxPerDay` or `maxPerWeek` is used up."),
      until: waitsUntil,
      per: z.enum(["day", "week"]).describe("Which of the two."),
    }),
    z.object({
      kind: z.literal("handed-over").describe("What another job handed over cannot be used."),
      why: z
        .enum(["none", "other-inputs", "other-champion", "no-folder", "other-plan"])
        .describe(
          "`none`, `no-folder`: there is no candidate; else what has changed since, or that others were planned.",
        ),
    }),
    z.object({
      kind: z.literal("group-held").describe("Another model of its proposal group is in the way."),
      group: z.string().describe("Name of the group."),
      by: z.string().describe("Name of that model."),
      why: z.enum(["blocked", "failed", "held-back", "rejected"]).describe("What became of it."),
    }),
  ])
  .meta({ id: "HeldBack", description: "Why there is no retrain now." });

export const measuredRows = z
  .object({
    rows: z.int().describe("How many."),
    from: instant.nullable().describe("First instant, ISO 8601; `null`: no time places them."),
    to: instant.nullable().describe("Last instant, likewise."),
  })
  .meta({ id: "MeasuredRows", description: "Rows on which numbers were measured." });

const keptReport = z
  .object({ commit: commitId, path: z.string().describe("At that commit.") })
  .meta({ id: "KeptReport", description: "Where the branch `refit-ledger` has a report, with its charts beside it." });
export const keptReportOrNull = keptReport.nullable().describe("Where the ledger has the report; `null`: it has none.");
