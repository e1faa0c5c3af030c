import type { ClassAnswer, LoadedVersion, RowAnswer, VersionName } from "@refit/runtime";
import { binaryTensor } from "./binary-tensors.ts";
import { joinedBytes } from "./exchange.ts";
import { bodyInvalid } from "./refused-request.ts";
import type { ServedModel } from "./served-model.ts";
import { isObject, type JsonFields } from "./request-rows.ts";

/** A tensor of the Open Inference Protocol v2. */
interface InferenceTensor {
  readonly name: string;
  readonly datatype: string;
  readonly shape: readonly number[];
}

type SentType = LoadedVersion["inputs"][number]["type"];
type OutputTensor = InferenceTensor & { readonly data: readonly unknown[] };

/** A tensor of an answer, and whether the client asked for its bytes. */
interface AnswerTensor {
  readonly tensor: OutputTensor;
  readonly isBinary: boolean;
}

interface ModelMetadata {
  readonly name: string;
  readonly versions: readonly string[];
  readonly platform: string;
  readonly inputs: readonly InferenceTensor[];
  readonly outputs: readonly InferenceTensor[];
  readonly parameters: JsonFields;
}

interface InferenceAnswer {
  readonly body: string | Uint8Array<ArrayBuffer>;
  /** Bytes of the JSON where others follow it; `null`: none do. */
  readonly headerLength: number | null;
}

const datatypes: Readonly<Record<SentType, string>> = {
  string: "BYTES",
  number: "FP64",
  integer: "INT64",
  boolean: "BOOL",
  date: "BYTES",
  datetime: "BYTES",
  file: "BYTES",
};

/** What a client asks for before it infers: each column is a tensor of one value per row, -1 rows. */
export function modelMetadata({
  name,
  version,
  stale,
}: ServedModel & { readonly version: LoadedVersion }): ModelMetadata {
  const { inputs, target, learner, treeId } = version;
  const none: InferenceTensor[] = [{ name: "value", datatype: "FP64", shape: [-1] }];
  const { classes } = target;
  const ofClasses = (values: NonNullable<typeof classes>): InferenceTensor[] => [
    { name: "class", datatype: classDatatype(values), shape: [-1] },
    { name: "probability", datatype: "FP64", shape: [-1] },
    { name: "probabilities", datatype: "FP64", shape: [-1, values.length] },
  ];
  return {
    name,
    versions: [versionName(version)],
    platform: `refit_${learner}`,
    inputs: inputs.map((input) => ({ name: input.name, datatype: datatypes[input.type], shape: [-1] })),
    outputs: classes === null ? none : ofClasses(classes),
    parameters: { target: target.name, task: target.task, classes, treeId, stale: stale !== null },
  };
}

/** What the protocol calls the version: its name, or its tree id. */
export function versionName({ version, treeId }: VersionName): string {
  return version ?? treeId;
}

/** The answers as tensors, of those that were asked for. @throws RefusedRequest for one that there is not */
export function answerTensors(
  answers: readonly RowAnswer[],
  { classes }: LoadedVersion["target"],
  { outputs, parameters }: JsonFields,
): readonly AnswerTensor[] {
  const all = classes === null ? valueTensors(answers) : classTensors(answers, classes);
  const isBinary = flagOf(parameters, "binary_data_output") ?? false;
  if (outputs === undefined) return all.map((tensor) => ({ tensor, isBinary }));
  if (!Array.isArray(outputs)) throw bodyInvalid('"outputs" is not a list.');
  return (outputs as readonly unknown[]).map((asked) => {
    const { name, parameters: own } = isObject(asked) ? asked : {};
    const tensor = all.find((each) => each.name === name);
    if (tensor !== undefined) return { tensor, isBinary: flagOf(own, "binary_data") ?? isBinary };
    throw bodyInvalid(`There is no output ${JSON.stringify(name)}: ${all.map((each) => each.name).join(", ")}.`);
  });
}

function flagOf(parameters: unknown, name: string): boolean | undefined {
  const value = isObject(parameters) ? parameters[name] : undefined;
  return typeof value === "boolean" ? value : undefined;
}

/** A body with these tensors, some of them as bytes after the JSON. @param rest other fields of the JSON */
export function inferenceAnswer(rest: JsonFields, tensors: readonly AnswerTensor[]): InferenceAnswer {
  if (!tensors.some(({ isBinary }) => isBinary)) {
    return { body: JSON.stringify({ ...rest, outputs: tensors.map(({ tensor }) => tensor) }), headerLength: null };
  }
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const outputs = tensors.map(({ tensor, isBinary }) => {
    if (!isBinary) return tensor;
    const { data, ...about } = tensor;
    const bytes = binaryTensor(tensor.datatype, data);
    parts.push(bytes);
    return { ...about, parameters: { binary_data_size: bytes.length } };
  });
  const header = new TextEncoder().encode(JSON.stringify({ ...rest, outputs }));
  return { body: joinedBytes([header, ...parts]), headerLength: header.length };
}

function valueTensors(answers: readonly RowAnswer[]): OutputTensor[] {
  const data = answers.map((answer) => (answer.kind === "value" ? answer.value : null));
  return [{ name: "value", datatype: "FP64", shape: [answers.length], data }];
}

function classTensors(
  answers: readonly RowAnswer[],
  classes: NonNullable<LoadedVersion["target"]["classes"]>,
): OutputTensor[] {
  const rows = answers as readonly ClassAnswer[];
  const shape = [rows.length];
  const probabilities: number[] = [];
  for (const row of rows) probabilities.push(...row.probabilities);
  return [
    { name: "class", datatype: classDatatype(classes), shape, data: rows.map((row) => row.class) },
    { name: "probability", datatype: "FP64", shape, data: rows.map((row) => row.probability) },
    { name: "probabilities", datatype: "FP64", shape: [rows.length, classes.length], data: probabilities },
  ];
}

function classDatatype(classes: NonNullable<LoadedVersion["target"]["classes"]>): string {
  if (classes.every((value) => typeof value === "boolean")) return "BOOL";
  if (classes.every((value) => Number.isSafeInteger(value))) return "INT64";
  return classes.every((value) => typeof value === "number") ? "FP64" : "BYTES";
}
