import path from "node:path";
import {
  ArtifactInvalidError,
  CommandFailedError,
  NotServedError,
  quoted,
  type CalledProgram,
} from "@refit/core/errors";
import { canonicalJson, type Json } from "@refit/core/history";
import { onnxPredictor, programsOnnx } from "@refit/core/onnx";
import {
  commandDescriptor,
  inputColumns,
  inputRowsOf,
  limitsOf,
  readAnswers,
  type ArtifactFiles,
  type CommandSettings,
  type FeatureMatrix,
  type FitRequest,
  type InputRows,
  type Learner,
  type Predictor,
  type ProgramLimits,
} from "@refit/core/runtime";
import { settingRecord, storedCommand, type CommandJob, type StoredCommand } from "@refit/core/spec";
import { decodeText, encodeText } from "../../../text.ts";
import { callJob, withJobFolder, type JobFolder, type ProgramTools } from "./job.ts";
import { readModel, readPredictions, writeCopies, writeTree } from "./job-folder.ts";
import { onnxRuntime } from "../onnx/onnx-runtime.ts";
import { checkCameBack } from "./runner/ended-file.ts";
import { sharedFolder } from "./runner/carrier.ts";
import { fileShelf, type FileShelf } from "./file-shelf.ts";
import { knownRuntime } from "./known-runtime.ts";
import { labelledColumns, weightName } from "./program-columns.ts";
import { writeRows } from "./write-rows.ts";

/** Of an artifact: what it takes to predict. */
const storedFile = "command.json";
/** What a program may write into its model folder: settings that take the place of those in model.yaml when it trains again. */
const settledFile = "model/settled.json";

/** Trains and predicts with a program of the user's. */
export function commandLearner(machine: ProgramTools): Learner<CommandSettings> {
  const tools = { ...machine, shelf: fileShelf() };
  return {
    ...commandDescriptor,
    fit: (request) => fit(tools, request),
    async check({ onnx }) {
      if (onnx !== undefined) await onnxRuntime(tools.folder ?? process.cwd());
    },
    settle,
    ignoresValidation: ({ validation }) => validation === false,
    load: async (files, limits) => predictorOf({ tools, limits: limits ?? limitsOf({}) }, files),
    async serve(files) {
      const predictor = predictorOf({ tools, limits: limitsOf({}) }, files);
      const { predict: program } = storedIn(files);
      if (program !== undefined) throw new NotServedError({ program });
      await onnxRuntime(tools.folder ?? process.cwd());
      return predictor;
    },
    problemOf,
    runtime: async ({ train, environment, runner }) =>
      runner === undefined ? knownRuntime(tools.env, train, environment) : null,
    mayDiffer: ({ reproducible }) => (reproducible ? "unproven" : "yes"),
  };
}

type ShelvedTools = ProgramTools & { readonly shelf: FileShelf };

async function fit(tools: ShelvedTools, request: FitRequest<CommandSettings>): Promise<ArtifactFiles> {
  const { settings, train, validation, program, onProgress, onStarted, start, after } = request;
  if (program === undefined) throw new TypeError("the command learner needs the program's files");
  const { target, code } = program;
  const called: CalledProgram = { step: "train", argv: settings.train };
  const stored = storedOf(request, inputRowsOf(train.features).columns);
  const make = async (folder: JobFolder) => {
    const names = [...stored.columns.map(({ name }) => name), target.name];
    const weight = (train.weights ?? validation.weights) ? weightName(names) : null;
    const files = {
      train: fileOf(folder, "train", stored),
      validation: settings.validation === false ? null : fileOf(folder, "validation", stored),
    };
    for (const [file, part] of [[files.train, train] as const, [files.validation, validation] as const]) {
      if (file === null) continue;
      const columns = await tools.shelf.bring(await labelledColumns(part, target, weight), folder.root);
      await writeRows({ path: file, columns, rows: part.features.rows });
    }
    if (start !== undefined) await writeCopies(folder.champion, filesIn("model/", start));
    const about = aboutJob(stored, folder, limitsOfJob(settings));
    const champion = start === undefined ? null : folder.champion;
    const job: CommandJob = { ...about, step: "train", ...files, champion, weight };
    const { train: argv, environment } = settings;
    await after;
    const ended = await callJob(tools, folder, { job, argv, environment, onProgress, onStarted, limits: settings });
    const model = await readModel(folder.model, called);
    if (ended !== null) checkCameBack(ended, new Map(below("model", model)), called);
    const { onnx } = settings;
    if (onnx !== undefined && !model.has(onnx))
      throw new CommandFailedError("no-model", called, `wrote no ${quoted(onnx)} into the model folder`);
    return new Map([
      ...below("code", code),
      [storedFile, encodeText(`${storedText(stored)}\n`)],
      ...below("model", model),
    ]);
  };
  return withJobFolder(code, make, await sharedFolder(settings, called));
}

function storedOf(
  { settings, seed, task, program }: FitRequest<CommandSettings>,
  columns: InputRows["columns"],
): StoredCommand {
  const { name, classes } = program!.target;
  return {
    format: 1,
    ...(settings.predict && { predict: [...settings.predict] }),
    ...(settings.onnx && { onnx: settings.onnx }),
    rowsFormat: settings.rows,
    environment: [...settings.environment],
    seed,
    threads: settings.threads,
    settings: settingRecord.parse(settings.settings),
    task,
    target: { name, classes },
    columns: [...columns],
  };
}

/** Whoever brings a model brings no other program: what is around it must be what a training writes. */
function problemOf(request: FitRequest<CommandSettings>, files: ArtifactFiles): string | null {
  const expected = storedOf(request, inputRowsOf(request.train.features).columns);
  const stored = storedCommand.safeParse(jsonOf(files.get(storedFile) ?? new Uint8Array()));
  // What a program settled is part of its model, and only that program reads it.
  const isExpected = stored.success && withoutSettings(stored.data) === withoutSettings(expected);
  if (!isExpected) return `${storedFile} is another one`;
  const code = new Map<string, Uint8Array>(below("code", request.program!.code));
  const foreign = [...files].find(([file, bytes]) => {
    if (file === storedFile || file.startsWith("model/")) return false;
    const own = code.get(file);
    return own === undefined || Buffer.compare(own, bytes) !== 0;
  });
  if (foreign !== undefined) return `${quoted(foreign[0])} is not that of the base branch`;
  const missing = [...code.keys()].find((file) => !files.has(file));
  return missing === undefined ? null : `${quoted(missing)} is missing`;
}

const withoutSettings = (stored: StoredCommand) => storedText({ ...stored, settings: {} });

const storedText = (stored: StoredCommand) => canonicalJson(JSON.parse(JSON.stringify(stored)) as Json, 2);

type Limits = Pick<CommandJob, "timeoutMinutes" | "memoryMiB">;

function limitsOfJob({ timeoutMinutes, memoryMiB }: ProgramLimits): Limits {
  return { timeoutMinutes, memoryMiB: memoryMiB ?? null };
}

function aboutJob(stored: StoredCommand, folder: JobFolder, limits: Limits) {
  const { format, task, target, columns, rowsFormat, seed, threads, settings } = stored;
  return { format, task, target, columns, rowsFormat, model: folder.model, seed, threads, ...limits, settings };
}

const fileOf = ({ root }: JobFolder, name: string, { rowsFormat }: StoredCommand) =>
  path.join(root, `${name}.${rowsFormat}`);

const below = (folder: string, files: ArtifactFiles) =>
  [...files].map(([file, bytes]) => [`${folder}/${file}`, bytes] as const);

function settle(settings: CommandSettings, files: ArtifactFiles): CommandSettings {
  const bytes = files.get(settledFile);
  // Without validation rows nothing was settled: the same settings train whether or not the program was compared with others first.
  if (bytes === undefined || settings.validation === false) return settings;
  return { ...settings, settings: { ...settings.settings, ...settledOf(settings, bytes) } };
}

/** @throws CommandFailedError */
function settledOf({ train }: CommandSettings, bytes: Uint8Array): StoredCommand["settings"] {
  const known = settingRecord.safeParse(jsonOf(bytes));
  if (known.success) return known.data;
  const what = "wrote a settled.json that is not a map of texts, numbers, booleans and lists of them";
  throw new CommandFailedError("model-not-plain", { step: "train", argv: train }, what);
}

/** @throws ArtifactInvalidError */
function storedIn(files: ArtifactFiles): StoredCommand {
  const known = storedCommand.safeParse(jsonOf(files.get(storedFile) ?? new Uint8Array()));
  if (known.success) return known.data;
  const [issue] = known.error.issues;
  throw new ArtifactInvalidError(`artifact/${storedFile}`, issue!.path.join("."), "what a training writes");
}

/** @throws ArtifactInvalidError */
function predictorOf(caller: Caller, files: ArtifactFiles): Predictor {
  const stored = storedIn(files);
  const parts = { code: filesIn("code/", files), model: filesIn("model/", files) };
  if (parts.model.size === 0) throw new ArtifactInvalidError("artifact/model", "", "the files of a model");
  const { predict: argv } = stored;
  if (argv !== undefined)
    return { starts: true, predict: (features) => predict(caller, { ...stored, predict: argv }, parts, features) };
  return onnxPredictor(programsOnnx(files), () => onnxRuntime(caller.tools.folder ?? process.cwd()));
}

interface ArtifactParts {
  readonly code: ArtifactFiles;
  readonly model: ArtifactFiles;
}

/** Who calls the program, and how much of the machine it may take. */
interface Caller {
  readonly tools: ShelvedTools;
  readonly limits: ProgramLimits;
}

async function predict(
  { tools, limits }: Caller,
  stored: StoredCommand & { readonly predict: readonly string[] },
  { code, model }: ArtifactParts,
  features: FeatureMatrix,
): Promise<Float64Array> {
  if (features.rows === 0) return new Float64Array();
  const { target, task, environment } = stored;
  const called: CalledProgram = { step: "predict", argv: stored.predict };
  const answer = async (folder: JobFolder) => {
    await writeTree(folder.model, model);
    const rows = fileOf(folder, "rows", stored);
    const columns = await tools.shelf.bring(await inputColumns(features), folder.root);
    await writeRows({ path: rows, columns, rows: features.rows });
    const predictions = path.join(folder.root, "predictions.csv");
    const about = aboutJob(stored, folder, limitsOfJob(limits));
    const job: CommandJob = { ...about, step: "predict", rows, predictions };
    const ended = await callJob(tools, folder, { job, argv: stored.predict, environment, limits });
    const count = features.rows * (task === "multiclass" ? target.classes!.length : 1);
    const text = await readPredictions(predictions, count, called);
    if (ended !== null) checkCameBack(ended, new Map([["predictions.csv", encodeText(text)]]), called);
    const answers = readAnswers(text, { ...target, task }, features.rows);
    if ("outcome" in answers) throw new CommandFailedError(answers.outcome, called, answers.what);
    return answers.values;
  };
  return withJobFolder(code, answer, await sharedFolder(limits, called));
}

function filesIn(folder: string, files: ArtifactFiles): ArtifactFiles {
  return new Map(
    [...files].flatMap(([file, bytes]) => (file.startsWith(folder) ? [[file.slice(folder.length), bytes]] : [])),
  );
}

/** `null`: it is not JSON. */
function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(decodeText(bytes));
  } catch {
    return null;
  }
}
