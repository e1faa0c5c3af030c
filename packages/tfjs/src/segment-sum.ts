import type { KernelBackend, TensorInfo } from "@tensorflow/tfjs-core";
import { tf } from "./tensorflow.ts";

interface SumInfo {
  readonly x: TensorInfo;
  readonly segmentIds: TensorInfo;
}

/** The part of a backend that hands values out and takes them in. */
interface ValueStore {
  readSync(dataId: object): Float32Array | Int32Array;
}

/**
 * Sums of the rows of `x` by segment: the gradient of an embedding, which the wasm backend lacks (tensorflow/tfjs#8474). Rows are added
 * in their order, in 32 bits.
 *
 * `x` is [rows, …], `segmentIds` [rows]; the sum is [numSegments, …].
 */
export function registerSegmentSum(): void {
  if (tf.getKernel("UnsortedSegmentSum", "wasm") !== undefined) return;
  tf.registerKernel({
    kernelName: "UnsortedSegmentSum",
    backendName: "wasm",
    kernelFunc({ inputs, attrs, backend }) {
      const { x, segmentIds } = inputs as unknown as SumInfo;
      const { numSegments } = attrs as unknown as { readonly numSegments: number };
      const store = backend as ValueStore;
      const values = store.readSync(x.dataId);
      const segments = store.readSync(segmentIds.dataId);
      const width = segments.length === 0 ? 0 : values.length / segments.length;
      const shape = [numSegments, ...x.shape.slice(segmentIds.shape.length)];
      const sums = new Float32Array(shape.reduce((product, size) => product * size, 1));
      for (let row = 0; row < segments.length; row++) {
        const start = segments[row]! * width;
        if (start < 0) continue; // rows of no segment
        for (let i = 0; i < width; i++) sums[start + i]! += values[row * width + i]!;
      }
      return tf.engine().makeTensorFromTensorInfo(infoOf(backend as KernelBackend, shape, sums));
    },
  });
}

function infoOf(backend: KernelBackend, shape: number[], values: Float32Array): TensorInfo {
  return { dataId: backend.write(values, shape, "float32"), shape, dtype: "float32" };
}
