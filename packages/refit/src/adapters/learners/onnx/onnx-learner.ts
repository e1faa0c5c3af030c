import { ArtifactInvalidError } from "@refit/core/errors";
import { canonicalJson, type Json } from "@refit/core/history";
import {
  onnxDescriptor,
  type ArtifactFiles,
  type FitRequest,
  type Learner,
  type OnnxSettings,
  type Predictor,
} from "@refit/core/runtime";
import { storedOnnx, type StoredOnnx } from "@refit/core/spec";
import { decodeText, encodeText } from "../../../text.ts";
import { onnxPredictor, tryOnnxModel } from "./onnx-predictor.ts";

const modelFile = "model.onnx";
/** What is asked of the model. */
const storedFile = "onnx.json";

/** Trains nothing: the file goes into the version as it is. @param folder where the runtime is looked for first. */
export function onnxLearner(folder: string): Learner<OnnxSettings> {
  return {
    ...onnxDescriptor,
    async fit({ settings, task, program }: FitRequest<OnnxSettings>) {
      const bytes = program?.code.get(settings.file);
      if (bytes === undefined) throw new TypeError("the onnx learner needs the model's file");
      const { name, classes } = program!.target;
      const stored: StoredOnnx = { format: 1, task, target: { name, classes } };
      const text = canonicalJson(JSON.parse(JSON.stringify(stored)) as Json, 2);
      return new Map([
        [modelFile, bytes],
        [storedFile, encodeText(`${text}\n`)],
      ]);
    },
    async check({ file }, code, columns) {
      await tryOnnxModel({ called: calledAs(file), bytes: code.get(file)! }, folder, columns);
    },
    settle: (settings) => settings,
    load: async (files) => predictorOf(files, folder),
  };
}

/** @throws ArtifactInvalidError */
function predictorOf(files: ArtifactFiles, folder: string): Predictor {
  const stored = storedOnnx.safeParse(jsonOf(files.get(storedFile)));
  if (!stored.success) {
    const [issue] = stored.error.issues;
    throw new ArtifactInvalidError(`artifact/${storedFile}`, issue!.path.join("."), issue!.message);
  }
  const bytes = files.get(modelFile);
  if (bytes === undefined) throw new ArtifactInvalidError(`artifact/${modelFile}`, "", "a model in ONNX");
  return onnxPredictor({ stored: stored.data, called: calledAs(modelFile), bytes }, folder);
}

const calledAs = (file: string) => ({ step: "onnx", argv: [file], learner: onnxDescriptor.name }) as const;

/** `null`: there is none. */
function jsonOf(bytes: Uint8Array | undefined): unknown {
  try {
    return bytes === undefined ? null : JSON.parse(decodeText(bytes));
  } catch {
    return null;
  }
}
