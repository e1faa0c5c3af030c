import * as z from "zod";
import { fieldTypes } from "./field-types.ts";
import { usualMemory } from "./usual-memory.ts";

const column = z.string().min(1).meta({ title: "column name" });

export const field = z.strictObject({
  name: column.describe("The column's name in `prepare`, in model.yaml and in reports."),
  from: column.optional().describe("The column's name in the source, if it differs."),
  type: z
    .enum(fieldTypes)
    .describe(
      "The type that its text is read as. `file`: the text is the path of a file, such as an image, whose bytes are part of the row; only candidates with `learner: command` can learn from it.",
    ),
  folder: z
    .string()
    .optional()
    .describe(
      "File: the folder in which its paths begin, from the root of the repository; `.` is the root. Default: the folder of the data file that names them.",
    ),
  format: z
    .string()
    .optional()
    .describe("Date and datetime: a strptime pattern such as `%d/%m/%Y`. Default: ISO 8601."),
  decimalChar: z
    .string()
    .length(1)
    .optional()
    .describe("Number: the character before the fraction, such as `,`. Default: `.`."),
  groupChar: z
    .string()
    .length(1)
    .optional()
    .describe("Number and integer: the character between thousands, such as `,`, `.`, a space or `'`. Default: none."),
  bareNumber: z
    .boolean()
    .optional()
    .describe(
      "Number and integer: `false` where letters, currency signs or `%` stand before or after the number; they are not read, so that `95 %` is 95. Default: `true`.",
    ),
  unit: z
    .string()
    .min(1)
    .optional()
    .describe(
      "With `bareNumber: false`: the only text that may stand before or after the number, such as `kg`. A value in another unit is then an error, and not read as if it were in this one. Default: any.",
    ),
  missingValues: z
    .array(z.string())
    .optional()
    .describe("Texts that mean that there is no value in this column. Default: those of the schema."),
  constraints: z
    .strictObject({
      required: z.boolean().optional().describe("No missing values."),
      unique: z.boolean().optional().describe("No duplicate values."),
      minimum: z.union([z.number(), z.string()]).optional().describe("Smallest value, inclusive."),
      maximum: z.union([z.number(), z.string()]).optional().describe("Largest value, inclusive."),
      enum: z
        .array(z.union([z.string(), z.number(), z.boolean()]))
        .min(1)
        .optional()
        .describe("The allowed values."),
      pattern: z.string().optional().describe("Regular expression that the whole text must match."),
    })
    .optional()
    .describe("What must hold for every value; a violation is a data error."),
});
export type Field = z.infer<typeof field>;

export const source = z.strictObject({
  path: z
    .string()
    .min(1)
    .describe(
      "File or glob, relative to the root of the repository, or an address: a file of a web server (`https:`), or objects of S3 and alike (`s3://bucket/key`, also with wildcards), a dataset of Hugging Face at a commit (`hf://datasets/owner/name@<commit>/*.parquet`), a `.dvc` file, or a name of your choice for the rows of a `query` (`postgres:orders`): CSV, Parquet or JSON Lines (`.csv`, `.tsv`, `.parquet`, `.jsonl`, `.ndjson`; text may be `.gz`).",
    ),
  delimiter: z.string().length(1).optional().describe("CSV: the separator. Default: detected from the header line."),
  token: z
    .string()
    .optional()
    .describe("Remote: the name of the environment variable that holds the token; it is sent as a bearer token."),
  allowPrivate: z
    .boolean()
    .optional()
    .describe("Remote: addresses of private networks and of this machine may be read. Default: false."),
  endpoint: z
    .string()
    .optional()
    .describe(
      "S3, and remotes of DVC there: the address of a store that speaks its protocol, such as MinIO, R2 or lakeFS. Default: AWS. Hugging Face: the address of a mirror.",
    ),
  region: z
    .string()
    .optional()
    .describe("S3, and remotes of DVC there: the bucket's region. Default: that of `AWS_REGION`, else `us-east-1`."),
  credentials: z
    .string()
    .optional()
    .describe(
      "S3, and remotes of DVC there: what the names of the environment variables with the keys begin with: `R2` for `R2_ACCESS_KEY_ID`, `R2_SECRET_ACCESS_KEY` and `R2_SESSION_TOKEN`. Default: `AWS`.",
    ),
  query: z
    .string()
    .optional()
    .describe(
      "Database: one SELECT, in the database's dialect. Its rows are read in intervals of the column `cursor`.",
    ),
  connection: z
    .string()
    .optional()
    .describe(
      "Database: the name of the environment variable that holds its address (`postgresql://user:password@host/database?sslmode=verify-full`).",
    ),
  cursor: z
    .string()
    .min(1)
    .optional()
    .describe(
      "Database: the column of the query that says when a row arrived, a date or a timestamp; without a time zone it is UTC.",
    ),
  interval: z
    .enum(["day", "month"])
    .optional()
    .describe("Database: the interval whose rows make up one file, in UTC. Default: `day`."),
  lookbackDays: z
    .number()
    .min(0)
    .max(366)
    .optional()
    .describe(
      "Database: how late rows may arrive: an interval is read once this many days have passed since its end. Default: 1.",
    ),
  querySeconds: z
    .number()
    .positive()
    .max(86_400)
    .optional()
    .describe("Database: longest time that one statement may take, in seconds. Default: 600."),
});
export type Source = z.infer<typeof source>;

export const acceptedFinding = z.strictObject({
  column: column.describe("The column."),
  finding: z.string().describe("The finding's code, such as `unit-change`."),
  reason: z.string().min(1).describe("Why it is not an error. Git history says who accepted it."),
});
export type AcceptedFinding = z.infer<typeof acceptedFinding>;

export const checksPolicy = z.strictObject({
  maxNullRate: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe(
      "Largest allowed share of missing values per column, in the new rows of each file and in all rows together.",
    ),
  minRows: z.int().min(0).default(1).describe("Minimum number of rows in all files together."),
  maxAgeDays: z
    .number()
    .positive()
    .optional()
    .describe(
      "Maximum age of the newest value of the model's `time`, in days. Older data are an error: the feed has stopped.",
    ),
  escalateAfter: z
    .int()
    .min(1)
    .default(3)
    .describe(
      "From this many blocked runs in a row the alert also says how long the live model has learned nothing, and how many rows wait.",
    ),
  accept: z.array(acceptedFinding).default([]).describe("Suspicious findings that a person has looked at and accepts."),
});
export type ChecksPolicy = z.infer<typeof checksPolicy>;

export const dataLimits = z.strictObject({
  prepareSeconds: z.number().positive().default(600).describe("Longest time that `prepare` may take, in seconds."),
  memoryMiB: z
    .int()
    .min(64)
    .optional()
    .describe(
      `Memory for reading and preparing the rows, in MiB; beyond it rows spill to disk. Default: ${usualMemory}.`,
    ),
  spillMiB: z
    .int()
    .min(0)
    .default(20_480)
    .describe("Largest size of the temporary files that rows spill to, in MiB. They lie below `.git` and are removed."),
  downloadMiB: z.int().min(1).optional().describe("Largest size of a remote file, in MiB. Default: 10240."),
});
export type DataLimits = z.infer<typeof dataLimits>;

/** Names that SQL takes as they are; `source` is the table of the model's own rows. */
const tableName = z
  .string()
  .regex(/^(?!source$|refit_)[a-z][a-z0-9_]{0,62}$/, {
    error: "expected lower-case letters, digits and `_`, not `source` and not beginning with `refit_`",
  })
  .meta({ title: "table name" });

export const furtherTable = z.strictObject({
  name: tableName.describe("Its name in `prepare`: lower-case letters, digits and `_`."),
  sources: z.array(source).min(1).describe("Where its rows are."),
  schema: z
    .strictObject({
      fields: z.array(field).min(1).describe("Its columns; what is not listed cannot be read."),
      missingValues: z
        .array(z.string())
        .default([""])
        .describe("Texts that mean that there is no value, in columns that do not say it for themselves."),
      primaryKey: z
        .union([column, z.array(column).min(1)])
        .optional()
        .describe("Columns whose values, taken together, are unique over all files of the table."),
    })
    .describe("Frictionless Table Schema words."),
  availableAt: column
    .optional()
    .describe(
      "The date or datetime column that says since when a row is known. For a row of the model, features may use only rows that were known at its `time`: every run tests that, and a violation blocks. Leave it out for rows that were always known, such as a calendar.",
    ),
  checks: z
    .strictObject({
      maxNullRate: z
        .number()
        .min(0)
        .max(1)
        .optional()
        .describe("Largest allowed share of missing values per column, in each new file."),
      minRows: z.int().min(0).default(1).describe("Minimum number of rows in all files of the table together."),
    })
    .prefault({})
    .describe("What every new file of the table must pass."),
});
export type FurtherTable = z.infer<typeof furtherTable>;

/** `data-manifests/<dataset>.yaml`, in the words of Frictionless Table Schema where it has them. */
export const dataManifest = z.strictObject({
  sources: z.array(source).min(1).describe("Where the rows are."),
  schema: z
    .strictObject({
      fields: z
        .array(field)
        .default([])
        .describe("Columns with a declared name, type and constraints; others are inferred."),
      missingValues: z
        .array(z.string())
        .default([""])
        .describe("Texts that mean that there is no value, in columns that do not say it for themselves."),
      primaryKey: z
        .union([column, z.array(column).min(1)])
        .optional()
        .describe("Columns whose values, taken together, are unique."),
    })
    .prefault({})
    .describe("Frictionless Table Schema words."),
  tables: z
    .array(furtherTable)
    .min(1)
    .optional()
    .describe("Further tables, which `prepare` joins by their names. Their rows are not rows of the model."),
  views: z
    .array(tableName)
    .min(1)
    .optional()
    .describe(
      "Feature views that `prepare` reads by name: `feature-views/<name>.sql` is one SELECT over the source, the further tables and the views before it. Several manifests can name one view.",
    ),
  prepare: z
    .string()
    .optional()
    .describe(
      "One SQL SELECT over the view `source`, the further tables and the feature views, in DuckDB's dialect. Default: the source as it is.",
    ),
  checks: checksPolicy.prefault({}).describe("What new rows must pass: all rows that the champion was not built from."),
  limits: dataLimits.prefault({}).describe("What reading and preparing may take before the run ends."),
  sensitive: z.array(column).default([]).describe("Columns whose values never appear in a profile, a report or a log."),
});
export type DataManifest = z.infer<typeof dataManifest> & {
  /** The SQL of `views`, by name, once their files are read. */
  readonly viewTexts?: Readonly<Record<string, string>>;
  /** Of a further table that is read as rows of its own: its name. */
  readonly ofTable?: string;
};
