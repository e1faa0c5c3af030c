import * as z from "zod";
import { columnInfo, targetSpec } from "../features/feature-spec.ts";
import { settingRecord } from "./setting-record.ts";

const file = z.string().describe("Absolute path of a file.");
const folder = z.string().describe("Absolute path of a folder.");

const about = {
  format: z.literal(1),
  task: targetSpec.shape.task,
  target: z
    .strictObject({ name: targetSpec.shape.name, classes: targetSpec.shape.classes })
    .describe("Column that is predicted, and its classes: of a binary task the negative one, then the positive one."),
  columns: z.array(columnInfo).describe("Columns to predict from, with their types, in the order of the files."),
  rowsFormat: z.enum(["parquet", "csv"]).describe("Format of the files with rows."),
  model: folder.describe("Folder of the model: empty for `train`, which writes it; as it was written for `predict`."),
  seed: z.int().describe("For everything random."),
  threads: z.int().describe("Threads that the program should use."),
  timeoutMinutes: z.number().describe("The call is ended after this many minutes."),
  memoryMiB: z.int().nullable().describe("The call is ended above this memory; `null`: no limit."),
  settings: settingRecord.describe("What `settings` says in model.yaml, with what `settled.json` changes."),
};

/** `job.json`: what a program of the user's is told. Its path is in `REFIT_JOB`. */
export const commandJob = z.discriminatedUnion("step", [
  z.strictObject({
    step: z.literal("train"),
    ...about,
    train: file.describe("Rows to learn from: the columns, then the target, then the weight."),
    validation: file
      .nullable()
      .describe("Rows for early stopping, with the same columns; `null`: model.yaml says `validation: false`."),
    champion: folder
      .nullable()
      .describe(
        "Folder with copies of the files that the program wrote as the model of the live version, to go on from; `null`: start from scratch.",
      ),
    weight: z.string().nullable().describe("Column that says how much a row counts; `null`: all count the same."),
  }),
  z.strictObject({
    step: z.literal("predict"),
    ...about,
    rows: file.describe("Rows to predict, without the target."),
    predictions: file.describe("CSV file to write: a header, then one line per row, in the order of the rows."),
  }),
]);
export type CommandJob = z.infer<typeof commandJob>;

/** `command.json` of an artifact: what it takes to predict with the folder beside it. */
export const storedCommand = z.object({
  format: z.literal(1),
  /** Absent: refit answers with the file `onnx` of the model folder. */
  predict: z.array(z.string()).min(1).optional(),
  onnx: z.string().min(1).optional(),
  rowsFormat: about.rowsFormat,
  environment: z.array(z.string()),
  seed: about.seed,
  threads: about.threads,
  settings: settingRecord,
  task: about.task,
  target: about.target,
  columns: about.columns,
});
export type StoredCommand = z.infer<typeof storedCommand>;
