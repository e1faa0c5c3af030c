import { NetworkInvalidError, RefitError } from "@refit/core/errors";
import {
  settledNetwork,
  tfjsDescriptor,
  type ArtifactFiles,
  type FitRequest,
  type LabelledRows,
  type Learner,
  type TfjsSettings,
} from "@refit/core/runtime";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { useBackend } from "./backend.ts";
import { encode, fitEncoding, widthOf, type ColumnEncoding } from "./encoding.ts";
import { linked, type Link } from "./loss.ts";
import { readNetwork, writeModel } from "./model-file.ts";
import { NETWORK_FILE } from "./names.ts";
import { denseNetwork, type NetworkRequest } from "./network.ts";
import { ownNetwork } from "./own-network.ts";
import { withNetwork } from "./open-networks.ts";
import { networkOutputs } from "./tensors.ts";
import { trainNetwork, type LearningRows } from "./train.ts";

/** Dense networks, or one of the user's own, on TensorFlow.js. */
export const tfjs: Learner<TfjsSettings> = {
  ...tfjsDescriptor,
  fit,
  ignoresValidation: ({ earlyStoppingEpochs }) => earlyStoppingEpochs === 0,
  settle: (settings, files) => settledNetwork(settings, new TextDecoder().decode(files.get(NETWORK_FILE))),
  mayDiffer: ({ code, backend }) => (code.length > 0 || backend === "node" ? "unproven" : undefined),
  async load(files) {
    await withNetwork(files, () => {});
    return {
      predict: (matrix) =>
        withNetwork(files, ({ network, features, link }) =>
          linked(link, networkOutputs(network, encode(matrix, features), link.outputs)),
        ),
    };
  },
};

async function fit(request: FitRequest<TfjsSettings>): Promise<ArtifactFiles> {
  const { settings, seed, train: rows, validation, onProgress } = request;
  await useBackend(settings.backend);
  const { network, features, link } = request.start === undefined ? await anew(request) : await goingOn(request.start);
  try {
    const learning = {
      train: learningRows(rows, features, link),
      validation: learningRows(validation, features, link),
    };
    const epochs = await trainKindly(settings, () =>
      trainNetwork({ network, link, ...learning, settings, seed, onProgress }),
    );
    const files = writeModel(network, { backend: settings.backend, epochs, link, features });
    const code = [...(request.program?.code ?? [])].map(([name, bytes]) => [`code/${name}`, bytes] as const);
    return new Map([...code, ...files]);
  } finally {
    network.dispose();
  }
}

interface Beginning {
  readonly network: LayersModel;
  readonly features: readonly ColumnEncoding[];
  readonly link: Link;
}

async function anew(request: FitRequest<TfjsSettings>): Promise<Beginning> {
  const features = fitEncoding(request.train.features);
  const link = linkOf(request);
  return { network: await networkFor(request, { features, outputs: link.outputs }), features, link };
}

/** Its weights belong to the numbers as they were standardised then. */
async function goingOn(start: ArtifactFiles): Promise<Beginning> {
  const { network, features, link } = await readNetwork(start);
  return { network, features, link };
}

async function networkFor(
  { settings, seed, program }: FitRequest<TfjsSettings>,
  { features, outputs }: { readonly features: readonly ColumnEncoding[]; readonly outputs: number },
): Promise<LayersModel> {
  // Code 0 is missing and 1 is other, before those of the levels.
  const categories = features.flatMap((each) => (each.kind === "categorical" ? [each.levels + 2] : []));
  const request: NetworkRequest = { numbers: widthOf(features), categories, outputs, seed };
  if (settings.code.length === 0) return denseNetwork(request, settings);
  return ownNetwork(settings.code, program?.code ?? new Map(), request);
}

/** Layers of the user's own may need what a backend does not have, or fail on rows. */
async function trainKindly({ code, backend }: TfjsSettings, work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof RefitError || code.length === 0) throw cause;
    const said = cause instanceof Error ? cause.message.split("\n")[0]! : String(cause);
    const kernel = /Kernel '(\w+)' not registered/.exec(said)?.[1];
    const what =
      kernel === undefined
        ? `built a network that failed while it learned: ${said}`
        : `needs ${kernel}, which the backend ${backend} does not have; set \`backend: cpu\``;
    throw new NetworkInvalidError(code[0]!, what, { cause });
  }
}

function linkOf({ task, classes, train: { target } }: FitRequest<TfjsSettings>): Link {
  const outputs = task === "multiclass" ? classes : 1;
  if (task !== "regression") return { task, outputs, mean: 0, scale: 1 };
  const mean = target.reduce((sum, value) => sum + value, 0) / target.length;
  const squares = target.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return { task, outputs, mean, scale: Math.sqrt(squares / target.length) || 1 };
}

function learningRows(
  { features, target, weights }: LabelledRows,
  encoding: readonly ColumnEncoding[],
  { mean, scale }: Link,
): LearningRows {
  const total = weights?.reduce((sum, weight) => sum + weight, 0) ?? target.length;
  return {
    encoded: encode(features, encoding),
    target: Float32Array.from(target, (value) => (value - mean) / scale),
    weights: Float32Array.from(target, (_, row) => ((weights?.[row] ?? 1) * target.length) / total),
  };
}
