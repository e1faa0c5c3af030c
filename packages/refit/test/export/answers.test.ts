import { createRequire } from "node:module";
import path from "node:path";
import type { Column } from "@refit/core/runtime";
import { toOnnx, type OnnxModel } from "@refit/tabular/onnx";
import { runtimeFolder } from "@refit/testkit/onnx";
import { describe, expect, it } from "vitest";
import { trainedKinds } from "./support/kinds.ts";
import { matrixOf, someColumns, specOf, valuesFor } from "./support/records.ts";

const rows = Number(process.env["CORPUS_RECORDS"] ?? 2000);
const seed = Number(process.env["CORPUS_SEED"] ?? 1);
const folder = await runtimeFolder();

const kinds = await trainedKinds();
const columns = someColumns(rows, seed);
const matrix = await matrixOf(columns, rows);
const exported = kinds.map((kind) => {
  const { learner, artifact, task } = kind;
  return { ...kind, onnx: toOnnx({ learner, artifact, features: specOf(task), metadata: {} }), ours: kind.answers(matrix) };
});

interface Runtime {
  readonly Tensor: new (type: string, values: unknown, dims: readonly number[]) => unknown;
  readonly InferenceSession: {
    create(bytes: Uint8Array, options: object): Promise<{ run(feeds: object): Promise<Record<string, { data: Float64Array }>> }>;
  };
  readonly env: { wasm: { numThreads: number }; logLevel: string };
}

async function inNode({ bytes, inputs, output }: OnnxModel, given: readonly Column[]): Promise<Float64Array> {
  const ort = createRequire(path.join(folder!, "package.json"))("onnxruntime-web") as Runtime;
  ort.env.wasm.numThreads = 1;
  const session = await ort.InferenceSession.create(bytes, { executionProviders: ["wasm"] });
  const feeds = Object.fromEntries(
    inputs.map((input, place) => {
      const type = { double: "float64", int64: "int64", string: "string" }[input.takes];
      return [input.name, new ort.Tensor(type, valuesFor(input, given[place]!), [rows])];
    }),
  );
  return (await session.run(feeds))[output.name]!.data;
}

describe.skipIf(folder === null)("the graph of a model, in ONNX Runtime", () => {
  it.each(exported.map((each) => [each.name, each] as const))("%s: our bits in Node", async (_name, { onnx, ours }) => {
    const theirs = await inNode(onnx, columns);
    let differing = 0;
    for (let i = 0; i < ours.length; i++) if (!Object.is(ours[i], theirs[i])) differing++;
    expect(differing).toBe(0);
  });
});
