import * as z from "zod";
import { storedReport } from "../report/report-schema.ts";
import { evaluation, verdict, verdictReason } from "./comparison-part.ts";
import {
  branchName,
  failedError,
  findingPart,
  heldBack,
  instant,
  keptReportOrNull,
  learnerName,
  nameOfModel,
  operation,
  proposalUrl,
  reason,
  treeId,
} from "./parts.ts";
import type { SchemaValue } from "./schema-value.ts";

const reasons = z.array(reason).describe("Why a retrain is worth it.");
const because = z.array(verdictReason).describe("Why it is not promoted; empty: nothing speaks against it.");
const evidence = z
  .object({ evaluation, verdict })
  .nullable()
  .describe("Everything that the verdict was made from; `null`: nothing was compared in this run.");
const report = storedReport.meta({ id: "Report", description: "See [report.json](report-json.md)." });
const failed = z.object({
  model: nameOfModel,
  decision: z.literal("failed").describe("The run of this model could not go on; the others did."),
  error: failedError,
});

/** What `refit run --json` prints. */
export const runAnswer = z.array(
  z.discriminatedUnion("decision", [
    z.object({
      model: nameOfModel,
      decision: z
        .enum(["skipped", "suppressed"])
        .describe("Nothing was trained; `suppressed`: somebody said no to the same inputs."),
      reasons,
      heldBack,
      nextEligibleAt: instant
        .nullable()
        .describe("When waiting alone would lead to a retrain, ISO 8601, UTC; `null`: never."),
      url: z.string().nullable().describe("Where the open proposal is; `null`: there is none."),
    }),
    z.object({
      model: nameOfModel,
      decision: z.literal("blocked").describe("The data, or the model, were refused."),
      findings: z.array(findingPart).describe("What was found in the data."),
      because,
      evidence,
      report: report.nullable().describe("The report; `null`: the data were refused, so nothing was compared."),
      kept: keptReportOrNull,
      alert: z.string().nullable().describe("Where the alert is; `null`: none was opened."),
    }),
    z.object({
      model: nameOfModel,
      decision: z
        .enum(["proposed", "updated", "inconclusive", "rejected"])
        .describe("What became of the model; `rejected`: by a gate, so that nothing was proposed."),
      branch: branchName.nullable().describe("Branch of the proposal; `null`: nothing was proposed."),
      url: proposalUrl,
      operation,
      version: treeId.nullable().describe("Git tree id of the version; `null`: nothing was proposed."),
      reasons,
      because,
      evidence,
      report,
      kept: keptReportOrNull,
    }),
    failed,
  ]),
);
export type RunAnswer = SchemaValue<typeof runAnswer>;

const skipped = z.object({ model: nameOfModel, result: z.literal("skipped").describe("Nothing is due."), heldBack });
const unfinished = z.object({
  model: nameOfModel,
  result: z.literal("unfinished").describe("An earlier run has trained it; the next run shows it."),
});
const refused = z.object({
  model: nameOfModel,
  result: z.literal("blocked").describe("The data were refused."),
  findings: z.array(findingPart).describe("What was found in them."),
});
const stopped = z.object({
  model: nameOfModel,
  result: z.literal("failed").describe("This model could not go on; the others did."),
  error: failedError,
});
const candidateNumber = z.int().describe("Its number in model.yaml, from 1.");
const candidateDigest = z
  .string()
  .describe("`sha256:…`, another one once data, settings, code, learner or champion change.");

/** What `refit plan --json` prints. */
export const planAnswer = z.object({
  any: z.boolean().describe("Whether the matrix has a job; GitHub refuses an empty one."),
  matrix: z
    .object({
      include: z
        .array(
          z.object({
            model: z.string().describe("Name of the model; of several, with a space between."),
            candidate: z.string().optional().describe("Numbers of candidates, likewise; absent: the whole model."),
            digest: z.string().optional().describe("Their digests, likewise; absent: the whole model."),
          }),
        )
        .describe("Each job."),
    })
    .describe("`strategy.matrix` of a GitHub workflow, for `fromJSON`."),
  models: z
    .array(
      z.discriminatedUnion("result", [
        z.object({
          model: nameOfModel,
          result: z.literal("due").describe("There is something to train."),
          reasons,
          candidates: z
            .array(z.object({ candidate: candidateNumber, learner: learnerName, digest: candidateDigest }))
            .describe("What there is to train."),
        }),
        skipped,
        unfinished,
        refused,
        stopped,
      ]),
    )
    .describe("What is to be done for each model."),
});
export type PlanAnswer = SchemaValue<typeof planAnswer>;

const folderDigest = z.string().describe("Digest of the folder, for `refit run --candidates FOLDER@DIGEST`.");

/** What `refit choose --json` prints, and `refit train --json` where it chooses. */
export const chooseAnswer = z.object({
  candidates: folderDigest,
  models: z
    .array(
      z.discriminatedUnion("result", [
        z.object({ model: nameOfModel, result: z.literal("trained").describe("It is in the folder."), reasons }),
        skipped,
        unfinished,
        refused,
        stopped,
      ]),
    )
    .describe("What became of each model."),
});
export type ChooseAnswer = SchemaValue<typeof chooseAnswer>;

const trainedCandidate = z.object({
  candidate: candidateNumber,
  learner: learnerName,
  digest: candidateDigest,
  folder: z.string().describe("Name of its folder: the digest of what is in it."),
  failure: z.string().nullable().describe("Why it was not trained; `null`: it was."),
});

/** What `refit train --json` prints. */
export const trainAnswer = z.object({
  candidates: folderDigest.optional().describe("As for `refit choose`; absent with `--candidate`."),
  models: z
    .array(
      z.discriminatedUnion("result", [
        z.object({
          model: nameOfModel,
          result: z.literal("trained").describe("It is in the folder."),
          reasons: reasons.optional().describe("Why a retrain is worth it; absent with `--candidate`."),
          candidates: z
            .array(trainedCandidate)
            .optional()
            .describe("With `--candidate`: each that was asked for; else absent."),
        }),
        skipped,
        unfinished,
        refused,
        stopped,
      ]),
    )
    .describe("What became of each model."),
});
export type TrainAnswer = SchemaValue<typeof trainAnswer>;

/** What `refit rollback --json` prints. */
export const rollbackAnswer = z.object({
  model: nameOfModel,
  to: z.int().describe("Number of the version that is restored."),
  branch: branchName,
  url: proposalUrl,
  operation,
});
export type RollbackProposal = SchemaValue<typeof rollbackAnswer>;

/** What `refit canary --json` prints. */
export const canaryAnswer = z.object({
  canaries: z
    .array(
      z.object({
        model: nameOfModel,
        version: treeId,
        percent: z
          .number()
          .nullable()
          .describe("Share of the requests that it answers; `null`: rollout.yaml is missing or cannot be read."),
        steps: z.array(z.number()).nullable().describe("Its shares, one after the other; `null`: likewise."),
        next: z
          .number()
          .nullable()
          .describe("The next share; `null`: the promotion is next, or rollout.yaml cannot be read."),
        since: instant.describe("When the base branch has got it, ISO 8601, UTC."),
        days: z.int().describe("Whole days since then."),
        maxDays: z
          .number()
          .nullable()
          .describe("Days after which it needs a person; `null`: rollout.yaml cannot be read."),
        championMoved: z.boolean().describe("Whether another champion is live than the one that it was compared with."),
        problem: z.string().nullable().describe("What is wrong with its folder or rollout.yaml; `null`: nothing."),
      }),
    )
    .describe("The canaries on the base branch; with a move, the one that is moved, as it is now."),
  proposed: z
    .object({
      model: nameOfModel,
      move: z.enum(["step", "promote", "stop"]).describe("What was asked for."),
      percent: z.number().nullable().describe("Of `step`: the share that it gets; else `null`."),
      branch: branchName,
      url: proposalUrl,
      operation,
    })
    .nullable()
    .describe("The move that is proposed; `null`: none was asked for."),
});
export type CanaryAnswer = SchemaValue<typeof canaryAnswer>;

/** What `refit import --json` prints. */
export const importAnswer = z.object({
  model: nameOfModel,
  branch: branchName,
  trainedUntil: instant
    .nullable()
    .describe("Newest row that it has learned from, as declared, ISO 8601, UTC; `null`: not declared."),
  evaluation,
  report,
  version: treeId.nullable().describe("Git tree id of the version; `null`: a dry run."),
  url: proposalUrl,
  operation,
});
export type ImportAnswer = SchemaValue<typeof importAnswer>;

/** What `refit reject --json` prints. */
export const rejectAnswer = z.object({
  model: nameOfModel,
  declined: z.string().describe("Digest of the inputs that are not proposed again."),
  together: z
    .array(z.string())
    .optional()
    .describe("Models of its proposal group, which were declined with it; absent: it is alone."),
});
export type RejectAnswer = SchemaValue<typeof rejectAnswer>;

/** What `refit accept --json` prints. */
export const acceptAnswer = z.object({
  file: z.string().describe("The data manifest, from the root of the repository."),
  column: z.string().describe("The column that the finding names."),
  entry: z.string().describe("The entry of `checks.accept`, as YAML."),
  change: z.enum(["written", "replaced", "unchanged"]).describe("What was done to the file, or would be."),
  declared: z.boolean().describe("Whether the manifest declares the column; `false` may be a typing error."),
});
export type Accepted = SchemaValue<typeof acceptAnswer>;

/** What `refit promote --json` prints. */
export const promoteAnswer = z.array(
  z.object({
    model: nameOfModel,
    tag: z.string().describe("Name of the tag, such as `churn@v1`."),
    version: treeId,
    result: z
      .enum(["created", "exists", "missing", "history-rewritten", "broken", "format-newer", "restored"])
      .describe(
        "`missing`: a dry run would create it. `history-rewritten`: it names another commit and was left alone. `broken`, `format-newer`: it has no tag. `restored`: a rollback brought the version back.",
      ),
  }),
);
export type TagResult = SchemaValue<typeof promoteAnswer>[number];
