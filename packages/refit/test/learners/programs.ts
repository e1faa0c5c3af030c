import { commandLearner } from "../../src/adapters/learners/command/command-learner.ts";
import { fillSettings, commandDescriptor } from "@refit/core/runtime";
import type {
  ArtifactFiles,
  Column,
  CommandSettings,
  FeatureMatrix,
  FitRequest,
  LabelledRows,
  ProgramInputs,
} from "@refit/core/runtime";
import { encodeText } from "../../src/text.ts";

/** Files of a program, by path. */
export function filesOf(texts: Readonly<Record<string, string>>): ArtifactFiles {
  return new Map(Object.entries(texts).map(([file, text]) => [file, encodeText(text)]));
}

export const binary: ProgramInputs["target"] = { name: "churned", task: "binary", classes: ["no", "yes"] };

/** Rows with a number, a text with gaps and everything that CSV has to quote, a truth value and a time. */
export function rowsOf(count: number): LabelledRows {
  const numbers = Float64Array.from({ length: count }, (_, i) => (i % 7 === 3 ? Number.NaN : i / 3));
  const words = ["a", 'say "b", twice', "", "line\nbreak"];
  const columns: Column[] = [
    { kind: "number", name: "x", type: "number", values: numbers },
    {
      kind: "text",
      name: "word, of the day",
      type: "string",
      dictionary: words,
      codes: Int32Array.from(numbers.keys(), (i) => (i % 5) - 1),
    },
    { kind: "number", name: "ok", type: "boolean", values: numbers.map((_, i) => i % 2) },
    { kind: "number", name: "at", type: "datetime", values: numbers.map((_, i) => i * 86_400_000) },
    { kind: "number", name: "n", type: "integer", values: numbers.map((_, i) => i) },
  ];
  const features: FeatureMatrix = {
    rows: count,
    columns: [],
    inputs: {
      columns: columns.map(({ name, type }) => ({ name, type })),
      read: async (name) => columns.find((column) => column.name === name)!,
    },
  };
  return { features, target: numbers.map((_, i) => Number(i % 3 === 0)) };
}

type OptionalSetting =
  | "validation"
  | "start"
  | "memoryMiB"
  | "predict"
  | "onnx"
  | "runner"
  | "runnerStop"
  | "runnerStore";

export interface Setting extends Partial<Omit<CommandSettings, "learner" | OptionalSetting>> {
  readonly predict?: readonly string[];
  readonly onnx?: string;
  readonly validation?: boolean;
  readonly start?: "cold" | "warm";
  readonly memoryMiB?: number;
  readonly runner?: readonly string[];
  readonly runnerStop?: readonly string[];
  readonly runnerStore?: string;
  readonly target?: ProgramInputs["target"];
}

export function requestOf(texts: Readonly<Record<string, string>>, { target = binary, ...given }: Setting = {}) {
  const settings = fillSettings(commandDescriptor, {
    train: [process.execPath, "train.js"],
    predict: [process.execPath, "predict.js"],
    code: Object.keys(texts),
    rows: "csv",
    ...given,
  }) as unknown as CommandSettings;
  const request: FitRequest<CommandSettings> = {
    task: target.task,
    classes: target.classes?.length ?? 0,
    settings,
    seed: 7,
    train: rowsOf(40),
    validation: rowsOf(10),
    program: { target, code: filesOf(texts) },
  };
  return request;
}

/** A learner, and every line that its programs printed. @param folder where it looks for optional packages. */
export function learnerIn(env: Readonly<Record<string, string>> = {}, folder: string = process.cwd()) {
  const lines: string[] = [];
  const tools = { env: { PATH: process.env["PATH"], ...env }, onLine: (line: string) => lines.push(line), folder };
  return { learner: commandLearner(tools), lines };
}
