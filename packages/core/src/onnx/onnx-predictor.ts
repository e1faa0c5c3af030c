import { CommandFailedError, type CalledProgram, type CommandOutcome } from "../errors/command-errors.ts";
import type { ColumnInfo, TargetSpec } from "../features/column-info.ts";
import type { Column } from "../features/column.ts";
import { inputColumns } from "../learners/input-columns.ts";
import type { FeatureMatrix, Predictor } from "../learners/learner.ts";
import { checkAnswers } from "../learners/read-answers.ts";
import { tensorsOf, UnfitModel, withoutRows } from "./onnx-inputs.ts";
import type { OnnxRuntime, OnnxSession, OnnxTensor } from "./onnx-runtime.ts";
import { toldInputs, type ToldInput } from "./told-inputs.ts";

/** Rows that a model answers at once: what it needs of memory does not grow with the rows. */
const batchRows = 20_000;

/** A model that refit itself answers with. */
export interface OnnxModel {
  readonly stored: { readonly task: TargetSpec["task"]; readonly target: Pick<TargetSpec, "classes"> };
  /** As errors name it. */
  readonly called: CalledProgram;
  readonly bytes: Uint8Array;
}

type Running = () => Promise<OnnxRuntime>;

/**
 * Answers of a model, which is opened by the first row, or by none: then its inputs are compared with the columns.
 *
 * @param running brings what runs it.
 */
export function onnxPredictor({ stored, called, bytes }: OnnxModel, running: Running): Predictor {
  let opened: Promise<Opened> | null = null;

  async function answersOf(features: FeatureMatrix): Promise<Float64Array> {
    const { task, target } = stored;
    const model = await (opened ??= open(bytes, running));
    const width = task === "multiclass" ? target.classes!.length : 1;
    const columns = await inputColumns(features);
    if (features.rows === 0) takes(model, columns);
    const values = new Float64Array(features.rows * width);
    for (let first = 0; first < features.rows; first += batchRows) {
      const rows = { first, count: Math.min(batchRows, features.rows - first) };
      values.set(await answerBatch(model, stored, columns, rows), first * width);
    }
    const checked = checkAnswers(values, task === "regression" ? null : width);
    if ("outcome" in checked) throw failed(checked.outcome, checked.what);
    return checked.values;
  }

  const failed = (outcome: CommandOutcome, what: string) => new CommandFailedError(outcome, called, what);

  return {
    async predict(features) {
      try {
        return await answersOf(features);
      } catch (error) {
        throw failureOf(error, called);
      }
    },
  };
}

/**
 * Opens a model and looks at what it gives and takes, without rows.
 *
 * @param columns that it will be given; left out: not known.
 * @throws CommandFailedError, OnnxRuntimeMissingError
 */
export async function tryOnnxModel(
  { called, bytes }: Omit<OnnxModel, "stored">,
  running: Running,
  columns?: readonly ColumnInfo[],
): Promise<void> {
  try {
    const model = await open(bytes, running);
    outputOf(model.session);
    if (columns !== undefined) takes(model, columns);
  } catch (error) {
    throw failureOf(error, called);
  }
}

async function open(bytes: Uint8Array, running: Running): Promise<Opened> {
  const runtime = await running();
  const options = { logSeverityLevel: 3, intraOpNumThreads: 1, interOpNumThreads: 1 };
  return { runtime, session: await runtime.InferenceSession.create(bytes, options), told: toldInputs(bytes) };
}

/** @throws UnfitModel where it cannot be fed from these columns. */
function takes({ runtime, session, told }: Opened, columns: readonly ColumnInfo[]): void {
  const inputs = { inputs: session.inputMetadata, told };
  tensorsOf(runtime, inputs, columns.map(withoutRows), { first: 0, count: 0 });
}

/** The runtime throws errors and, from WebAssembly, plain numbers. */
function failureOf(error: unknown, called: CalledProgram): unknown {
  if (error instanceof UnfitModel) return new CommandFailedError("onnx-unfit", called, error.message);
  if (!isFromRuntime(error)) return error;
  const words = String(error instanceof Error ? error.message : error).slice(0, 300);
  return new CommandFailedError("onnx-unfit", called, `cannot be run: ${words}`);
}

interface Opened {
  readonly runtime: OnnxRuntime;
  readonly session: OnnxSession;
  readonly told: readonly ToldInput[];
}

const isFromRuntime = (error: unknown) => !(error instanceof Error) || error.constructor === Error;

/** Answers for some rows: [rows], or [rows × classes] of a multiclass task. */
async function answerBatch(
  { runtime, session, told }: Opened,
  { task, target }: OnnxModel["stored"],
  columns: readonly Column[],
  rows: { readonly first: number; readonly count: number },
): Promise<Float64Array> {
  const output = outputOf(session);
  const inputs = tensorsOf(runtime, { inputs: session.inputMetadata, told }, columns, rows);
  const { data, dims } = (await session.run(inputs, [output]))[output] as OnnxTensor;
  const classes = target.classes?.length ?? 1;
  const numbers = Float64Array.from(data);
  const exact = task === "regression" ? numbers : numbers.map(withoutRounding);
  if (task === "binary" && exact.length === rows.count * 2) return exact.filter((_, i) => i % 2 === 1);
  if (exact.length === rows.count * (task === "multiclass" ? classes : 1)) return exact;
  throw new UnfitModel(`answers ${rows.count} rows with numbers of the shape [${dims.join(", ")}]`);
}

/** A probability that 32 bits have carried past 0 or 1. */
function withoutRounding(value: number): number {
  const bounded = Math.min(1, Math.max(0, value));
  return Math.abs(bounded - value) < 1e-6 ? bounded : value;
}

/** The probabilities among what a model gives, or the one output of floats. */
function outputOf({ outputMetadata }: OnnxSession): string {
  const floats = outputMetadata.filter(({ isTensor, type }) => isTensor && (type === "float32" || type === "float64"));
  const named =
    floats.find(({ name }) => /^(?:output_)?prob/i.test(name)) ?? (floats.length === 1 ? floats[0] : undefined);
  if (named !== undefined) return named.name;
  const names = outputMetadata.map(({ name }) => name).join(", ");
  throw new UnfitModel(
    `has the outputs ${names}, and none of them is a tensor of probabilities or values: with skl2onnx, convert with \`options={"zipmap": False}\``,
  );
}
