import * as z from "zod";
import {
  byteCount,
  commitId,
  findingPart,
  instant,
  measuredRows,
  metricName,
  nameOfModel,
  countedRows,
  sha256Text,
  treeId,
  versionNumber,
} from "./parts.ts";
import type { SchemaValue } from "./schema-value.ts";

const standsFor = z
  .enum(["shipped", "judged", "trained-again", "elsewhere"])
  .describe(
    "What was measured: what ships; what was judged, before training once more; its settings trained again without these rows; or a model that was trained elsewhere.",
  );
const together = {
  on: measuredRows,
  a: standsFor,
  b: standsFor,
  metrics: z
    .array(
      z.object({
        metric: metricName,
        a: z.number().describe("Of the first version."),
        b: z.number().describe("Of the second."),
        improvement: z.number().describe("Of the second over the first; above 0 is better."),
      }),
    )
    .describe("Each metric of both on these rows."),
};
const ownMetrics = z.record(z.string(), z.number());
const judgedOn = measuredRows
  .nullable()
  .describe("The rows that its own numbers were measured on; `null`: it does not say.");

const loggedVersion = z.object({
  sha: commitId.describe("The commit that brought it to the base branch."),
  committedAt: instant.describe("When that was, ISO 8601, UTC."),
  author: z.string().describe("Author of that commit."),
  subject: z.string().describe("First line of its message."),
  treeId,
  number: z.int().describe("Counts first appearances on the base branch, from 1. For display."),
  broken: z.string().nullable().describe("What is wrong with the folder, as a sentence; `null`: nothing."),
  parent: z.string().nullable().describe("Tree id of the version that it was compared with; `null`: none."),
  inputDigest: z.string().nullable().describe("sha256 of all that decided its training; `null`: not known."),
  newerFormat: z.int().nullable().describe("The format, where only a newer refit reads the folder; else `null`."),
  metrics: ownMetrics.nullable().describe("Its own numbers by name of the metric; `null`: it does not say."),
  primary: z.string().nullable().describe("The metric that decides; `null`: it does not say."),
  judgedOn,
  withParent: z
    .object({ number: z.int().describe("Number of the parent."), ...together })
    .nullable()
    .describe("Its parent (`a`) and itself (`b`) on the same rows; `null`: they were not compared."),
});

/** What `refit log --json` prints. */
export const logAnswer = z.object({
  state: z.enum(["none", "live", "broken", "retired"]).describe("Of the newest commit that changed the folder."),
  champion: z.int().nullable().describe("Number of the version that challengers are compared with; `null`: none."),
  versions: z.array(loggedVersion).describe("Every version, by first appearance."),
  events: z
    .array(
      z.object({
        commit: commitId,
        at: instant,
        kind: z
          .enum(["promotion", "rollback", "broken", "retired"])
          .describe("New content, earlier content, content that does not match its lineage, or none."),
        number: z.int().nullable().describe("Number of the version; `null`: the folder was removed."),
      }),
    )
    .describe("What each commit did, oldest first."),
  rolledBack: z
    .array(
      z.object({
        version: z.int().describe("Number of the version that gave way."),
        to: z.int().nullable().describe("Number of what replaced it; `null`: nothing."),
        at: instant,
      }),
    )
    .describe("Versions that gave way to earlier ones and have not come back, oldest first."),
  stale: z.array(z.int()).describe("Numbers of versions that were judged against another champion than the live one."),
  canary: z
    .object({
      version: treeId,
      percent: z
        .number()
        .nullable()
        .describe("Share of the requests that it answers; `null`: rollout.yaml is missing or cannot be read."),
      since: instant.describe("When the base branch has got it."),
    })
    .nullable()
    .describe("The version that answers a part of the requests; it has no number. `null`: none does."),
});
export type LogAnswer = SchemaValue<typeof logAnswer>;

const side = z
  .object({
    label: z.string().describe("Such as `v3`, or `proposal`."),
    treeId,
    judgedOn,
    metrics: ownMetrics.describe("Its own numbers by name of the metric, on these rows."),
  })
  .meta({ id: "Side", description: "One of the two versions." });

/** What `refit diff --json` prints. */
export const diffAnswer = z.object({
  model: nameOfModel,
  a: side,
  b: side,
  compared: z.object(together).nullable().describe("Both on the same rows; `null`: their numbers cannot be compared."),
  whyNot: z.string().nullable().describe("Why they cannot be compared, as a sentence; `null`: they are."),
  changed: z.array(z.string()).describe("How what they were made from differs, each a clause."),
});
export type DiffAnswer = SchemaValue<typeof diffAnswer>;

const binCounts = z.array(z.number());
const driftedColumn = z.object({
  column: z.string().describe("Its name; of predictions, the name of what is predicted."),
  role: z.enum(["feature", "target", "prediction"]).describe("What the model does with it."),
  status: z.enum(["ok", "drift", "insufficient", "error"]).describe("`insufficient`: too few rows to say."),
  reason: z
    .enum(["few-rows", "new", "gone", "other-type", "always-moves", "not-kept", "not-applicable"])
    .nullable()
    .describe("Why nothing was measured; `null`: it was."),
  importance: z.number().nullable().describe("How much of the answers depends on it, 0 to 1; `null`: not known."),
  psi: z.number().nullable().describe("Population stability index, 0 or more; `null`: not computed."),
  floor: z.number().nullable().describe("The index from which a significant move is drift; `null`: not computed."),
  p: z.number().nullable().describe('p of "nothing moved", adjusted over the columns; `null`: not computed.'),
  ks: z
    .number()
    .nullable()
    .describe("Of numbers: largest distance of the distribution functions, 0 to 1; `null`: not computed."),
  wasserstein: z
    .number()
    .nullable()
    .describe("Of numbers: Wasserstein distance in standard deviations; `null`: not computed."),
  jsDistanceBase2: z.number().nullable().describe("Of texts: Jensen-Shannon distance, 0 to 1; `null`: not computed."),
  counts: z
    .object({ before: binCounts.describe("Of the champion's data."), now: binCounts.describe("Of the new rows.") })
    .nullable()
    .describe("Rows in each bin that was compared; `null`: not computed."),
});

/** What `refit drift --json` prints. */
export const driftAnswer = z.object({
  model: nameOfModel,
  newFiles: z.array(z.string()).describe("Paths of files with new rows."),
  newRows: z.int().describe("Rows that are not in the champion's training data."),
  findings: z.array(findingPart).describe("What was found in the data."),
  drifted: z.boolean().describe("Whether the data as a whole have drifted: `level` is 1 or more."),
  level: z.number().describe("How far the data have drifted; drift from 1."),
  columns: z.array(driftedColumn).describe("Each column, and the predictions."),
  classifier: z
    .object({
      status: z.enum(["ok", "drift", "insufficient"]).describe("`insufficient`: too few rows to say."),
      rows: z.int().describe("Rows of each side that were compared."),
      auc: z.number().nullable().describe("Area under its ROC curve, drift from 0.6; `null`: not computed."),
      p: z.number().nullable().describe('p of "it cannot tell them apart"; `null`: not computed.'),
      features: z.array(z.string()).describe("What it told them by, the most telling first."),
    })
    .nullable()
    .describe("Whether a classifier can tell new rows from old ones; `null`: not asked for."),
});
export type DriftAnswer = SchemaValue<typeof driftAnswer>;

/** What `refit verify --json` prints. */
export const verifyAnswer = z.array(
  z.object({
    model: nameOfModel,
    result: z
      .enum(["valid", "rollback", "unchanged", "failed"])
      .describe(
        "`valid`: made again with the same bytes, and the gates of the base branch pass. `rollback`: content that was there before. `unchanged`: the version of the base branch. `failed`: see `problems`.",
      ),
    title: z.string().describe("What was done and found, in one line."),
    problems: z.array(z.string()).describe("What is wrong, each a sentence."),
    weakened: z.array(z.string()).describe("How merging would lower the checks of the base branch, each a clause."),
    verdict: z
      .enum(["promote", "inconclusive", "hold", "block"])
      .nullable()
      .describe("What the gates say; `null`: they were not asked."),
    inputDigest: z.string().nullable().describe("sha256 of all that decided its training; `null`: nothing changes."),
    madeFrom: z
      .string()
      .nullable()
      .describe("Commit of the base branch from which it was made again; `null`: it was not."),
    approvals: z
      .object({
        needed: z.int().describe("How many people must have approved this commit."),
        by: z.array(z.string()).describe("Logins of those whose approval counts."),
        notes: z.array(z.string()).describe("Why others do not count, each a sentence."),
      })
      .optional()
      .describe("Where `approvals` of model.yaml asks for them; absent: it does not, or they were not looked at."),
  }),
);
export type Verification = SchemaValue<typeof verifyAnswer>[number];

const hindrance = z.object({
  kind: z
    .enum([
      "data-missing",
      "data-changed",
      "data-unreadable",
      "inputs-unknown",
      "algorithm",
      "lineage",
      "edited",
      "unexplained",
      "failed",
    ])
    .describe(
      "A data file is not here, has other bytes, or is read in another way; no commit has the settings and data; a learner makes other bytes by now; " +
        "`lineage.json` cannot be read; the folder does not match it; the bytes differ though all inputs are the same; or making it ended in an error.",
    ),
  message: z.string().describe("One or two sentences."),
  path: z.string().nullable().describe("The data file; `null`: it is not about one."),
  sha256: z.string().nullable().describe("sha256 of the bytes that are needed; `null`: it is not about a file."),
});
const valueDifference = z.object({
  key: z.string().describe("Keys from the top, joined by dots."),
  remade: z.string().optional().describe("As JSON; absent: the key is not there."),
  found: z.string().optional().describe("As JSON; absent: the key is not there."),
});

/** What `refit reproduce --json` prints. */
export const reproduceAnswer = z.object({
  model: nameOfModel,
  version: versionNumber,
  treeId,
  result: z
    .enum(["same", "rescored", "differs", "impossible"])
    .describe(
      "`same`: every byte is. `rescored`: its model cannot be made again; its answers and every other file were, and are the same. `impossible`: nothing was compared.",
    ),
  title: z.string().describe("What was done and found, in one line."),
  madeFrom: z.string().nullable().describe("The commit whose data and settings were used; `null`: none was found."),
  because: z.array(hindrance).describe("Why it does not come out the same, or cannot be made; empty: it does."),
  differences: z
    .array(
      z.discriminatedUnion("kind", [
        z.object({
          path: z.string().describe("Path in the version."),
          kind: z.enum(["extra", "missing"]).describe("Only the version has it, or only what was made again."),
        }),
        z.object({
          path: z.string().describe("Path in the version."),
          kind: z.literal("changed").describe("The bytes differ."),
          values: z.array(valueDifference).describe("The first keys that differ; empty: the file is not JSON."),
        }),
      ]),
    )
    .describe("Files that differ."),
});
export type Reproduction = SchemaValue<typeof reproduceAnswer>;
export type Hindrance = SchemaValue<typeof hindrance>;

/** What `refit probes --json` prints. */
export const probesAnswer = z.array(
  z.object({
    model: nameOfModel,
    result: z
      .enum(["same", "other", "none"])
      .describe("Whether it answers as it did at the training; `none`: there is nothing to ask."),
    rows: z.int().describe("Rows that were asked."),
    why: z.string().nullable().describe("Why there is nothing to ask, or what is wrong; `null`: nothing is."),
  }),
);
export type ProbedVersion = SchemaValue<typeof probesAnswer>[number];

const digestsByPath = z.record(z.string(), z.string());

/** What `refit sign --json` prints. */
export const signAnswer = z.object({
  model: nameOfModel,
  version: versionNumber,
  treeId,
  signature: z.string().describe("Absolute path of the signature."),
  keyId: z.string().describe("sha256 of the public key in PEM."),
  outcome: z
    .enum(["written", "unchanged"])
    .describe("`unchanged`: this key has signed these files there already. With `--dry-run`, what would be done."),
  files: digestsByPath.describe("sha256 of each file, by its path in the version."),
});
export type Signed = SchemaValue<typeof signAnswer>;

const verifiedCertificate = z.object({
  path: z.array(z.string()).describe("Subjects from the certificate of the key to the root."),
  validAt: instant.describe("When all of them are valid, ISO 8601, UTC."),
});

/** What `refit verify-signature --json` prints. */
export const verifySignatureAnswer = z.object({
  model: nameOfModel,
  version: versionNumber,
  treeId,
  signature: z.string().describe("Absolute path of the signature."),
  keyId: z.string().describe("sha256 of the public key in PEM."),
  subject: z.string().describe("What was signed, in the words of whoever signed."),
  files: z.int().describe("How many files are signed: all of the version."),
  certificate: verifiedCertificate
    .nullable()
    .describe("Whose key it is, by a root that is trusted; `null`: no root was given."),
});
export type Verified = SchemaValue<typeof verifySignatureAnswer>;

/** What `refit predict --json` prints. */
export const predictAnswer = z.object({
  model: nameOfModel,
  version: z.string().describe("Such as `v3`. For display."),
  treeId,
  input: z.enum(["raw", "prepared"]).describe("What the rows are."),
  rows: z.int().describe("Rows of the input, which are the rows of the output."),
  unanswered: z.int().describe("Rows that `prepare` leaves out: they have no prediction."),
  ignored: z.array(z.string()).describe("Columns of the input that were not read, besides the target."),
  columns: z.array(z.string()).describe("Columns of the output."),
  output: z.string().describe("The file with the predictions, as it was given."),
});
export type Predicted = Omit<SchemaValue<typeof predictAnswer>, "output">;

/** What `refit export --json` prints. */
export const exportAnswer = z.object({
  model: nameOfModel,
  version: versionNumber,
  treeId,
  to: z.enum(["onnx", "mlflow"]).describe("The format."),
  folder: z.string().describe("Absolute path of the folder."),
  files: z
    .record(z.string(), z.object({ sha256: sha256Text, bytes: byteCount }))
    .describe("Each file, by its path in the folder."),
});
export type Exported = SchemaValue<typeof exportAnswer>;

/** What `refit serve --json` prints, once requests are answered. */
export const serveAnswer = z.object({
  address: z.string().describe("Where it answers, such as `http://127.0.0.1:8080`."),
  models: z
    .array(
      z.object({
        model: nameOfModel,
        version: z.string().nullable().describe("Such as `v3`. For display; `null`: not known."),
        treeId,
      }),
    )
    .describe("The versions that answer."),
});
export type ServeAnswer = SchemaValue<typeof serveAnswer>;

/** What `refit features materialize --json` prints. */
export const featuresAnswer = z.object({
  view: z.string().describe("Name of the view."),
  model: z.string().describe("The model whose rows, key and time were used."),
  dataset: z.string().describe("Its data manifest."),
  key: z.array(z.string()).describe("Columns of the key."),
  time: z.string().describe("Column of the time."),
  at: instant.nullable().describe("Only what was known then, ISO 8601, UTC; `null`: everything."),
  findings: z.array(findingPart).describe("What was found in the data."),
  written: z
    .object({
      file: z.string().describe("Its path in the folder."),
      sha256: sha256Text,
      bytes: byteCount,
      rows: countedRows,
      columns: z
        .array(z.object({ name: z.string().describe("Its name."), type: z.string().describe("Its type in DuckDB.") }))
        .describe("Each column."),
      newest: z.string().nullable().describe("Time of the newest row, ISO 8601; `null`: there are no rows."),
      existed: z.boolean().describe("Whether the file was there already."),
    })
    .nullable()
    .describe("The file; `null`: the data were refused, so nothing was written."),
});
export type FeaturesAnswer = SchemaValue<typeof featuresAnswer>;
