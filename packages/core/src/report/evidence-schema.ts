import * as z from "zod";
import { byteCount, commitId, countedRows, instant, nameOfModel, sha256Text, treeId } from "../answers/parts.ts";
import type { SchemaValue } from "../answers/schema-value.ts";

const dataFile = z.object({
  table: z.string().nullable().describe("Of which further table; `null`: of the model's own rows."),
  path: z.string().describe("From the root of the repository, or an address."),
  sha256: sha256Text,
  bytes: byteCount,
  rows: countedRows,
  isNew: z.boolean().nullable().describe("Whether the parent had no file of these bytes; `null`: there is no parent."),
});

const approvals = z.object({
  pullRequest: z.string().describe("Address of the pull request."),
  commit: commitId.describe("Its head, which was reviewed."),
  by: z
    .array(z.string())
    .describe("Logins of those who have approved this commit, may write, and have made no commit of it."),
  notes: z.array(z.string()).describe("Why other reviews do not count, each a sentence."),
});

/** What `refit evidence --json` prints. */
export const evidenceAnswer = z.object({
  format: z.literal(1).describe("Of this value."),
  model: nameOfModel,
  version: z.int().describe("Its number. For display."),
  treeId,
  writtenAt: z.string().describe("When this was put together, ISO 8601, UTC."),
  promoted: z
    .object({
      commit: commitId,
      at: instant,
      author: z.string().describe("Author of the commit."),
      subject: z.string().describe("First line of its message."),
      trailers: z
        .array(
          z.object({ name: z.string().describe("Such as `Refit-Verdict`."), value: z.string().describe("Its value.") }),
        )
        .describe("Last lines of the message of the commit that proposed it, as far as history has it."),
    })
    .describe("The commit that brought it to the base branch."),
  live: z
    .array(
      z.object({
        from: instant.describe("When it went live."),
        to: instant.nullable().describe("When something else did; `null`: it is live."),
      }),
    )
    .describe("When it was live, oldest first."),
  daysLive: z.number().describe("Days that it was live, up to `writtenAt`."),
  approvals: approvals.nullable().describe("`null`: see `unknown`."),
  verdict: z.string().nullable().describe("What the gates said when it was judged; `null`: see `unknown`."),
  parent: z
    .int()
    .nullable()
    .describe("Number of the version that it was compared with; `null`: it is the first, or see `unknown`."),
  changes: z.array(z.string()).describe("How what it was made from differs from its parent's, each a clause."),
  data: z.array(dataFile).describe("Every file that it has learned from, or was judged on."),
  lineage: z
    .object({
      anchor: treeId.nullable().describe("The last version that was proved better; `null`: this one."),
      learner: z.string().describe("Name of the learner."),
      algorithmVersion: z.int().describe("Of the learner."),
      seed: z.int().describe("For everything random."),
      inputDigest: sha256Text,
      spec: sha256Text.describe("Digest of the settings."),
      manifest: sha256Text.describe("Digest of the data manifest."),
      code: sha256Text.nullable().describe("Digest of the code of a program; `null`: there is none."),
      holdoutRows: countedRows,
      holdoutFrom: instant
        .nullable()
        .describe("First instant of the rows that it was judged on; `null`: they have no time."),
      holdoutTo: instant.nullable().describe("Last instant of them."),
      trainedUntil: instant
        .nullable()
        .describe("Last instant of what it has learned from; `null`: rows have no time, or see `unknown`."),
      reproducible: z.boolean().describe("Whether training again gives the same bytes."),
    })
    .describe("What `lineage.json` says."),
  report: z
    .looseObject({})
    .nullable()
    .describe(
      "The report that people saw, with metrics, gates, slices and fairness, as `refit schema report` describes it; `null`: see `unknown`.",
    ),
  retention: z.array(z.string()).describe("What is kept where, each a sentence."),
  unknown: z.array(z.string()).describe("What could not be found out, and why, each a sentence."),
});
export type VersionEvidence = SchemaValue<typeof evidenceAnswer>;
