import * as z from "zod";

const number = z.number().nullable();
const instant = z.string().meta({ format: "date-time" }).describe("ISO 8601, UTC.");

const measured = z.object({
  metric: z.string().describe("Name of the metric."),
  champion: number.describe("Of the version that was live then; `null`: there was none, or the metric does not exist."),
  challenger: number.describe("Of this version; `null`: the metric does not exist for these rows."),
  improvement: number.describe("Above 0: this version is better, in the metric's own unit; `null`: not computed."),
  interval: z
    .tuple([z.number(), z.number()])
    .nullable()
    .describe("90 % interval of the improvement; `null`: not computed."),
});

const slice = z.object({
  column: z.string().describe("What the rows were divided by."),
  value: z.string().nullable().describe("Its value on these rows; `null`: the column is sensitive."),
  rows: z.int().describe("Rows of the holdout with this value."),
  champion: number.describe("Primary metric of the version that was live then, on these rows."),
  challenger: number.describe("Primary metric of this version, on the same rows."),
  improvement: number.describe("Above 0: this version is better on them; `null`: not computed."),
});

const comparison = z.object({
  kind: z.string().describe("`first-model`, `refresh`, `change` or `contract-change`."),
  primary: z.string().describe("The metric that decided."),
  rows: z.int().describe("Rows of the holdout that all numbers of this comparison were measured on."),
  metrics: z.array(measured).describe("Both versions on the same rows, metric by metric."),
  slices: z.array(slice).describe("The primary metric on parts of the same rows."),
});

const origin = z.object({
  learner: z.string().describe("Name of the learner."),
  settings: z.string().describe("Settings of the learner, as JSON."),
  dataset: z.string().describe("Name of the dataset."),
  dataFiles: z.int().describe("Data files of the dataset."),
  dataRows: z.int().describe("Rows in these files."),
  learnedUntil: z.string().nullable().describe("Newest row that it has learned from; `null`: without `time`."),
  declared: z.boolean().describe("Whether it was trained elsewhere, so that people say what it has learned from."),
  seed: z.int().describe("Of its training."),
  holdout: z
    .object({
      kind: z.string().describe("`temporal` or `hash`."),
      from: z.string().nullable().describe("First instant; `null`: without time."),
      to: z.string().nullable().describe("Last instant; `null`: without time."),
      rows: z.int().describe("Rows that it was judged on."),
      digest: z.string().describe("sha256 over the rows: equal digests are equal rows."),
    })
    .describe("The rows that it was judged on."),
  owner: z.string().nullable().describe("As `card` of model.yaml says; `null`: it does not."),
  use: z.string().nullable().describe("What it is for, as `card` of model.yaml says; `null`: it does not."),
  limits: z.string().nullable().describe("What it is not for, as `card` of model.yaml says; `null`: it does not."),
});

const drifted = z.object({
  column: z.string().describe("Name of the column, or of what is predicted."),
  role: z.string().describe("`feature`, `target` or `prediction`."),
  status: z.string().describe("`ok`, `drift`, `insufficient` (too few rows to say) or `error`."),
  psi: number.describe("Population stability index, 0 or more; `null`: not computed."),
});

/** What a version's own files say, and what differs from the version that it was compared with. */
export const versionFacts = z.object({
  metrics: z.record(z.string(), z.number()).describe("On its own holdout, by name."),
  comparison: comparison.nullable().describe("How it was compared; `null`: it does not say."),
  origin: origin.nullable().describe("What it was made from; `null`: it does not say."),
  changes: z
    .array(z.string())
    .nullable()
    .describe("How what it was made from differs from its parent; `null`: no parent."),
});
export type VersionFacts = z.infer<typeof versionFacts>;
export type DriftOnSite = z.infer<typeof drifted>;

const shownEvent = z.object({
  at: instant,
  kind: z
    .enum(["promoted", "proposed", "inconclusive", "declined", "rejected", "blocked", "rollback", "broken", "retired"])
    .describe("What happened; only a promotion, a rollback and a broken version have a number."),
  version: z.int().nullable().describe("Number of the version that came; `null`: none did."),
  live: z.int().nullable().describe("Number of the version that was live afterwards; `null`: none."),
  commit: z.string().nullable().describe("Commit of the base branch; `null`: it made none."),
  words: z.string().nullable().describe("What a person said; `null`: nothing."),
});
export type SiteEvent = z.infer<typeof shownEvent>;

const versionOnSite = z.object({
  number: z.int().describe("Counts first appearances on the base branch, from 1."),
  treeId: z.string().describe("Git tree id of its folder, which names the content for ever."),
  at: instant,
  commit: z.string().describe("The commit that brought it to the base branch."),
  author: z.string().describe("Of that commit."),
  broken: z.string().nullable().describe("What is wrong with its folder; `null`: nothing."),
  newerFormat: z.int().nullable().describe("The format, where only a newer refit reads the folder; else `null`."),
  parent: z.int().nullable().describe("Number of the version that it was compared with; `null`: none that is known."),
  facts: versionFacts.describe("What its own files say."),
});
export type SiteVersion = z.infer<typeof versionOnSite>;

/** `api/models/<model>/*.json` of a site: what its pages show. */
export const siteHistory = z.object({
  format: z.literal(1).describe("Of this value."),
  schema: z.string().describe("Name of this schema, for `refit schema`."),
  model: z.string().describe("Name of the model."),
  state: z.string().describe("State of the model after these events: `none`, `live`, `broken` or `retired`."),
  live: z.int().nullable().describe("Number of the live version; `null`: none."),
  older: z.array(z.string()).describe("Files with what happened before, newest first, beside this one."),
  drift: z
    .array(
      z.object({
        version: z.int().describe("Number of the version."),
        columns: z.array(drifted).describe("Column by column."),
      }),
    )
    .describe("Training data of the newest 100 versions compared with those of their parents; only in `index.json`."),
  events: z.array(shownEvent).describe("What happened, oldest first."),
  versions: z.array(versionOnSite).describe("The versions that came in these events, by number."),
});
export type SiteHistory = z.infer<typeof siteHistory>;
