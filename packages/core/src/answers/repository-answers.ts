import * as z from "zod";
import { failedError, findingPart, nameOfModel } from "./parts.ts";
import type { SchemaValue } from "./schema-value.ts";

const checkedModel = z.object({
  model: nameOfModel,
  findings: z.array(findingPart).describe("What was found in the data, and in the prepared rows."),
  prepared: z
    .object({
      rows: z.int().describe("Prepared rows."),
      features: z.array(z.string()).describe("Columns that become features."),
      hasTime: z.boolean().describe("Whether the model has a `time`."),
      compared: z
        .int()
        .describe("Rows that were compared while the future was altered, over all tries; 0: nothing could be tried."),
    })
    .nullable()
    .describe("`null`: the data were refused, so nothing was prepared."),
});
const uncheckedModel = z.object({ model: nameOfModel, error: failedError });
const check = z
  .union([checkedModel, uncheckedModel])
  .meta({ id: "Check", description: "What was found of a model, or why it could not be checked." });

/** What `refit check --json` prints. */
export const checkAnswer = z.union([check, z.array(check)]).describe("Of one named model a check, else a list.");
export type CheckAnswer = SchemaValue<typeof checkAnswer>;

/** What `refit doctor --json` prints. */
export const doctorAnswer = z.array(
  z.object({
    severity: z.enum(["error", "warning"]).describe("An `error` ends the command with 2."),
    what: z.string().describe("What is wrong."),
    fix: z.string().describe("What to do."),
  }),
);
export type Diagnosis = SchemaValue<typeof doctorAnswer>[number];

/** What `refit explain --json` prints. */
export const explainAnswer = z.array(
  z.object({
    word: z.string().describe("What is explained."),
    kind: z.enum(["error", "finding", "term", "word of reports"]).describe("What it is."),
    text: z.array(z.string()).describe("Paragraphs, headings and list items, without markup."),
    page: z.string().describe("Address of the page that says the same."),
  }),
);
export type Explanation = SchemaValue<typeof explainAnswer>[number];

/** What `refit init --json` prints. */
export const initAnswer = z
  .record(z.string(), z.string())
  .describe("The text of each file, by its path from the root of the repository.");

/** What `refit schema --json` prints. */
export const schemaAnswer = z.array(z.string()).describe("Names of the schemas.");

/** What `refit demo --json` prints. */
export const demoAnswer = z.object({
  folder: z.string().describe("Absolute path of the repository that it leaves."),
  story: z
    .array(
      z.object({
        kind: z
          .enum(["told", "command", "output"])
          .describe("What the text is: narration, a command that was typed, or what it printed."),
        text: z.string().describe("Without the mark of a prompt; output may have several lines."),
      }),
    )
    .describe("What happened, in order."),
  versions: z
    .array(z.object({ number: z.int().describe("The version is called `v` and this number.") }))
    .describe("Versions that were live, oldest first."),
  next: z.array(z.string()).describe("Commands to try in the folder."),
});
export type ToldDemo = SchemaValue<typeof demoAnswer>;

/** What `refit site --json` prints. */
export const siteAnswer = z.object({
  folder: z.string().describe("Absolute path of the folder."),
  models: z.int().describe("Models that the pages are about."),
  files: z.int().describe("Files of the site."),
  written: z.int().describe("Files that were written anew."),
  removed: z.int().describe("Files that were removed."),
});
export type WrittenSite = SchemaValue<typeof siteAnswer>;

// The keys of both kinds in one list, for a reader of the page.
const askedFor = z.object({
  asked: z.boolean().describe("Whether somebody who may start runs has ticked boxes."),
  models: z.array(nameOfModel).optional().describe("If `asked`: models whose box was ticked."),
  due: z.boolean().optional().describe("If `asked`: whether the box for every model that is due was ticked."),
  by: z.string().optional().describe("If `asked`: login of whoever ticked."),
  because: z.string().optional().describe("If not `asked`: why nothing is started. A sentence."),
});

/** What `refit dashboard --json` prints. */
export const dashboardAnswer = z
  .union([
    z.object({
      url: z.string().nullable().describe("Where the page is; `null`: there is none, or it was not looked at."),
      operation: z.enum(["created", "updated", "unchanged", "closed", "none"]).describe("What was done with the page."),
      boxes: askedFor
        .nullable()
        .describe("What was asked for, where a ticked box started the run; `null`: something else did."),
    }),
    z.object({ text: z.string().describe("With `--dry-run`: the page, Markdown.") }),
  ])
  .meta({ id: "Dashboard", description: "What was done and asked for, or with `--dry-run` what the page would say." });

const prunedFiles = {
  removed: z.int().describe("Files that were removed, or would be with `--dry-run`."),
  removedBytes: z.int().describe("Their size in bytes."),
  kept: z.int().describe("Files that stay."),
  keptBytes: z.int().describe("Their size in bytes."),
};

/** What `refit cache prune --json` prints. */
export const cacheAnswer = z.object({
  ...prunedFiles,
  caches: z.object(prunedFiles).describe("What was found out of files and rows, and copies of files."),
  backtests: z.object(prunedFiles).describe("What backtests keep to be continued."),
});
export type PrunedContent = SchemaValue<typeof cacheAnswer>;
export type PrunedFiles = PrunedContent["caches"];

/** What `refit log forget --json` prints. */
export const forgetAnswer = z.object({
  lines: z.int().describe("Lines with the key that were removed, or with `--dry-run` would be."),
  oldFiles: z.int().describe("Files that were removed as a whole for their age, or would be."),
  open: z
    .array(z.string())
    .describe("Files that a server may still write to, and so were left as they are: from the folder, with `/`."),
  unreadable: z.int().describe("Lines with a hashed key, which cannot be told apart without `REFIT_LOG_SALT`."),
});
export type Forgotten = SchemaValue<typeof forgetAnswer>;

/** What every command prints with `--json` where it cannot go on. */
export const errorAnswer = z.object({ error: failedError });
export type ErrorAnswer = SchemaValue<typeof errorAnswer>;
