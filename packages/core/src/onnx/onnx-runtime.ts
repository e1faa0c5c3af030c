/** What is used of `onnxruntime-web` or `onnxruntime-node`, which nobody has to have who needs no model in ONNX. */
export interface OnnxRuntime {
  readonly Tensor: new (type: TensorType, values: TensorValues, shape: readonly number[]) => OnnxTensor;
  readonly InferenceSession: {
    create(model: Uint8Array, options: OnnxSessionOptions): Promise<OnnxSession>;
  };
}

/** One thread, on which sums are made in one order. */
interface OnnxSessionOptions {
  readonly logSeverityLevel: number;
  readonly intraOpNumThreads: number;
  readonly interOpNumThreads: number;
}

export type TensorType = "float32" | "float64" | "int64" | "bool" | "string";
export type TensorValues = Float32Array | Float64Array | BigInt64Array | Uint8Array | readonly string[];

export interface OnnxTensor {
  readonly type: string;
  readonly dims: readonly number[];
  readonly data: ArrayLike<number>;
}

export interface OnnxSession {
  readonly inputMetadata: readonly OnnxValue[];
  readonly outputMetadata: readonly OnnxValue[];
  run(inputs: Readonly<Record<string, OnnxTensor>>, outputs: readonly string[]): Promise<Record<string, OnnxTensor>>;
}

export interface OnnxValue {
  readonly name: string;
  readonly isTensor: boolean;
  readonly type?: string;
  readonly shape?: readonly (number | string)[];
}
