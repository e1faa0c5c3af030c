import type { InputColumns, LoadedVersion, RowAnswer } from "@refit/runtime";
import type { ServedModel } from "./served-model.ts";
import { bodyInvalid, isObject, type JsonFields } from "./request-rows.ts";

/** A tensor of the Open Inference Protocol v2. */
interface InferenceTensor {
  readonly name: string;
  readonly datatype: string;
  readonly shape: readonly number[];
}

type SentType = LoadedVersion["inputs"][number]["type"];
type OutputTensor = InferenceTensor & { readonly data: readonly unknown[] };

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
export function modelMetadata({ name, version, stale }: ServedModel & { readonly version: LoadedVersion }): object {
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
export function versionName({ version, treeId }: LoadedVersion): string {
  return version ?? treeId;
}

/** Columns out of the tensors of a request; a missing value is `null` in `data`. @throws RefusedRequest */
export function tensorColumns({ inputs }: JsonFields): InputColumns {
  if (!Array.isArray(inputs)) throw bodyInvalid('"inputs" is not a list of tensors.');
  const columns = (inputs as readonly unknown[]).map((tensor, place): [string, readonly unknown[]] => {
    const { name, shape, data } = isObject(tensor) ? tensor : {};
    if (typeof name !== "string") throw bodyInvalid(`Tensor ${place} has no "name".`);
    const about = `Tensor ${JSON.stringify(name)}`;
    if (!Array.isArray(data)) throw bodyInvalid(`${about} has no "data" in JSON. Send binary_data=False.`);
    const values = data.flat(1) as readonly unknown[];
    const isShape = Array.isArray(shape) && (shape.length === 1 || (shape.length === 2 && shape[1] === 1));
    if (!isShape || shape[0] !== values.length) {
      throw bodyInvalid(
        `${about} has ${values.length} values: its shape is not [${values.length}] or with a 1 after it.`,
      );
    }
    return [name, values];
  });
  const twice = columns.find(([name], i) => columns.findIndex(([other]) => other === name) !== i);
  if (twice !== undefined) throw bodyInvalid(`Two tensors are called ${JSON.stringify(twice[0])}.`);
  const uneven = columns.find(([, values]) => values.length !== columns[0]![1].length);
  if (uneven !== undefined) throw bodyInvalid(`Tensor ${JSON.stringify(uneven[0])} has another number of rows.`);
  return Object.fromEntries(columns);
}

/** The answers as tensors, of those that were asked for. @throws RefusedRequest for one that there is not */
export function answerTensors(
  answers: readonly RowAnswer[],
  { classes }: LoadedVersion["target"],
  { outputs }: JsonFields,
): readonly OutputTensor[] {
  const all = classes === null ? valueTensors(answers) : classTensors(answers, classes);
  if (outputs === undefined) return all;
  if (!Array.isArray(outputs)) throw bodyInvalid('"outputs" is not a list.');
  return (outputs as readonly unknown[]).map((asked) => {
    const name = isObject(asked) ? asked["name"] : undefined;
    const found = all.find((each) => each.name === name);
    if (found !== undefined) return found;
    throw bodyInvalid(`There is no output ${JSON.stringify(name)}: ${all.map((each) => each.name).join(", ")}.`);
  });
}

function valueTensors(answers: readonly RowAnswer[]): OutputTensor[] {
  const data = answers.map((answer) => (answer.kind === "value" ? answer.value : null));
  return [{ name: "value", datatype: "FP64", shape: [answers.length], data }];
}

function classTensors(
  answers: readonly RowAnswer[],
  classes: NonNullable<LoadedVersion["target"]["classes"]>,
): OutputTensor[] {
  const rows = answers.flatMap((answer) => (answer.kind === "class" ? [answer] : []));
  const shape = [rows.length];
  return [
    { name: "class", datatype: classDatatype(classes), shape, data: rows.map((row) => row.class) },
    { name: "probability", datatype: "FP64", shape, data: rows.map((row) => row.probability) },
    {
      name: "probabilities",
      datatype: "FP64",
      shape: [rows.length, classes.length],
      data: rows.flatMap((row) => row.probabilities),
    },
  ];
}

function classDatatype(classes: NonNullable<LoadedVersion["target"]["classes"]>): string {
  if (classes.every((value) => typeof value === "boolean")) return "BOOL";
  if (classes.every((value) => Number.isSafeInteger(value))) return "INT64";
  return classes.every((value) => typeof value === "number") ? "FP64" : "BYTES";
}
