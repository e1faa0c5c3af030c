import { ArtifactInvalidError, refuseNewer } from "@refit/core/errors";
import type { ArtifactFiles } from "@refit/core/runtime";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { Backend } from "./backend.ts";
import type { ColumnEncoding } from "./encoding.ts";
import { widthOf } from "./encoding.ts";
import type { Link, NetworkTask } from "./loss.ts";
import { NETWORK_FILE, WEIGHTS_FILE } from "./names.ts";
import { layers, tf } from "./tensorflow.ts";

const FORMAT = 1;

/** What a model knows besides its weights. */
export interface StoredModel {
  readonly backend: Backend;
  /** How long it has learned. */
  readonly epochs: number;
  readonly link: Link;
  readonly features: readonly ColumnEncoding[];
}

interface WeightShape {
  readonly name: string;
  readonly shape: readonly number[];
}

export function writeModel(network: LayersModel, { backend, epochs, link, features }: StoredModel): ArtifactFiles {
  const weights = network.weights.map((weight) => ({
    shape: weight.shape as number[],
    name: weight.originalName,
    values: weight.read().dataSync<"float32">(),
  }));
  const text = JSON.stringify({
    format: FORMAT,
    backend,
    epochs,
    link,
    features,
    weights: weights.map(({ name, shape }) => ({ name, shape })),
    network: network.toJSON(null, false) as object,
  });
  return new Map([
    [NETWORK_FILE, new TextEncoder().encode(`${text}\n`)],
    [WEIGHTS_FILE, bytesOf(weights.map(({ values }) => values))],
  ]);
}

/** One after another, 32 bits each, the lowest byte first. */
function bytesOf(all: readonly Float32Array[]): Uint8Array {
  const bytes = new Uint8Array(4 * all.reduce((sum, { length }) => sum + length, 0));
  const view = new DataView(bytes.buffer);
  let place = 0;
  for (const values of all) for (const value of values) view.setFloat32(4 * place++, value, true);
  return bytes;
}

/**
 * A network and what is known of it, every field checked.
 *
 * @throws ArtifactInvalidError naming the file and the field, FormatNewerError
 */
export async function readNetwork(files: ArtifactFiles): Promise<StoredModel & { readonly network: LayersModel }> {
  const stored = parse(files.get(NETWORK_FILE));
  const model = {
    backend: backendOf(files),
    epochs: countOf(stored["epochs"], "epochs"),
    link: linkOf(stored["link"]),
    features: featuresOf(stored["features"]),
  };
  return { ...model, network: await networkOf(stored, files.get(WEIGHTS_FILE), model) };
}

/** Where a stored model computes. @throws ArtifactInvalidError, FormatNewerError */
export function backendOf(files: ArtifactFiles): Backend {
  return wordOf(parse(files.get(NETWORK_FILE))["backend"], "backend", ["wasm", "cpu", "node"] as const);
}

type StoredFields = Readonly<Record<string, unknown>>;

function parse(bytes: Uint8Array | undefined): StoredFields {
  if (bytes === undefined) throw new ArtifactInvalidError(NETWORK_FILE, "", "this file to exist");
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new ArtifactInvalidError(NETWORK_FILE, "", "JSON text in UTF-8", { cause });
  }
  refuseNewer(NETWORK_FILE, value, FORMAT);
  return Object(value) as StoredFields;
}

function linkOf(value: unknown): Link {
  const { task, outputs, mean, scale } = Object(value) as StoredFields;
  return {
    task: wordOf(task, "link.task", ["binary", "multiclass", "regression"] as const satisfies readonly NetworkTask[]),
    outputs: countOf(outputs, "link.outputs"),
    mean: numberOf(mean, "link.mean"),
    scale: numberOf(scale, "link.scale"),
  };
}

function featuresOf(value: unknown): readonly ColumnEncoding[] {
  if (!Array.isArray(value)) throw invalid("features", "a list");
  return value.map((each, i) => {
    const { kind, name, levels, mean, scale, gaps } = Object(each) as StoredFields;
    const at = (field: string) => `features[${i}].${field}`;
    if (typeof name !== "string") throw invalid(at("name"), "a text");
    if (wordOf(kind, at("kind"), ["numeric", "categorical"] as const) === "categorical") {
      return { kind: "categorical" as const, name, levels: countOf(levels, at("levels")) };
    }
    if (typeof gaps !== "boolean") throw invalid(at("gaps"), "true or false");
    return {
      kind: "numeric" as const,
      name,
      mean: numberOf(mean, at("mean")),
      scale: numberOf(scale, at("scale")),
      gaps,
    };
  });
}

async function networkOf(
  { network, weights }: StoredFields,
  bytes: Uint8Array | undefined,
  { link, features }: Pick<StoredModel, "link" | "features">,
): Promise<LayersModel> {
  if (!Array.isArray(weights)) throw invalid("weights", "a list");
  const shapes = weights.map((each, i): WeightShape => {
    const { name, shape } = Object(each) as StoredFields;
    if (typeof name !== "string" || !Array.isArray(shape)) throw invalid(`weights[${i}]`, "a name and a shape");
    return { name, shape: shape.map((size) => countOf(size, `weights[${i}].shape`)) };
  });
  const count = shapes.reduce((sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1), 0);
  if (bytes?.byteLength !== 4 * count) throw new ArtifactInvalidError(WEIGHTS_FILE, "", `${4 * count} bytes`);
  const weightData = bytes.slice().buffer;
  if (!new Float32Array(weightData).every((value) => Number.isFinite(value))) {
    throw new ArtifactInvalidError(WEIGHTS_FILE, "", "finite numbers");
  }
  const weightSpecs = shapes.map(({ name, shape }) => ({ name, shape: [...shape], dtype: "float32" as const }));
  let loaded: LayersModel;
  try {
    const artifacts = { modelTopology: network as object, weightSpecs, weightData };
    loaded = await layers.loadLayersModel(tf.io.fromMemory(artifacts));
  } catch (cause) {
    throw new ArtifactInvalidError(NETWORK_FILE, "network", "layers that its weights fit", { cause });
  }
  const inputs = [widthOf(features), ...features.flatMap(({ kind }) => (kind === "categorical" ? [1] : []))];
  const found = loaded.inputs.map(({ shape }) => shape[1]);
  const fits = JSON.stringify(found) === JSON.stringify(inputs) && loaded.outputs[0]!.shape[1] === link.outputs;
  if (!fits) throw invalid("network", "the inputs of its features and an output for each answer");
  return loaded;
}

function wordOf<Word extends string>(value: unknown, field: string, words: readonly Word[]): Word {
  const found = words.find((word) => word === value);
  if (found === undefined) throw invalid(field, `one of ${words.join(", ")}`);
  return found;
}

function countOf(value: unknown, field: string): number {
  if (!Number.isInteger(value) || (value as number) < 0) throw invalid(field, "a whole number of at least 0");
  return value as number;
}

function numberOf(value: unknown, field: string): number {
  if (!Number.isFinite(value)) throw invalid(field, "a finite number");
  return value as number;
}

const invalid = (field: string, expected: string) => new ArtifactInvalidError(NETWORK_FILE, field, expected);
