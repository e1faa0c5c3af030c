import { ASKED_FILE, importedOnnx, ONNX_MODEL_FILE, onnxPredictor, tryOnnxModel } from "@refit/core/onnx";
import { canonicalJson, type Json } from "@refit/core/history";
import { onnxDescriptor, type FitRequest, type Learner, type OnnxSettings } from "@refit/core/runtime";
import { encodeText } from "../../../text.ts";
import { onnxRuntime } from "./onnx-runtime.ts";

/** Trains nothing: the file goes into the version as it is. @param folder where the runtime is looked for first. */
export function onnxLearner(folder: string): Learner<OnnxSettings> {
  const running = () => onnxRuntime(folder);
  return {
    ...onnxDescriptor,
    async fit({ settings, task, program }: FitRequest<OnnxSettings>) {
      const bytes = program?.code.get(settings.file);
      if (bytes === undefined) throw new TypeError("the onnx learner needs the model's file");
      const { name, classes } = program!.target;
      const stored = { format: 1, task, target: { name, classes } };
      const text = canonicalJson(JSON.parse(JSON.stringify(stored)) as Json, 2);
      return new Map([
        [ONNX_MODEL_FILE, bytes],
        [ASKED_FILE, encodeText(`${text}\n`)],
      ]);
    },
    async check({ file }, code, columns) {
      await tryOnnxModel({ called: calledAs(file), bytes: code.get(file)! }, running, columns);
    },
    settle: (settings) => settings,
    load: async (files) => onnxPredictor(importedOnnx(files), running),
    async serve(files) {
      // What is not installed is told before a request asks.
      await running();
      return onnxPredictor(importedOnnx(files), running);
    },
  };
}

const calledAs = (file: string) => ({ step: "onnx", argv: [file], learner: onnxDescriptor.name }) as const;
