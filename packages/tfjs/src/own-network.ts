import type { LayersModel } from "@tensorflow/tfjs-layers";
import { NetworkInvalidError, quoted } from "@refit/core/errors";
import type { ArtifactFiles } from "@refit/core/runtime";
import type { NetworkRequest } from "./network.ts";
import { withOwnCode, type OwnCode } from "./own-code.ts";
import { layers, tf } from "./tensorflow.ts";

/**
 * The network that the user's own code builds: the first file exports `build({ tf, numbers, categories, outputs, seed })`, which returns a
 * LayersModel that is not compiled, or a promise of one. Tensors that `build` leaves behind are forgotten.
 *
 * @throws NetworkInvalidError
 */
export async function ownNetwork(
  files: readonly string[],
  code: ArtifactFiles,
  request: NetworkRequest,
): Promise<LayersModel> {
  const main = files[0]!;
  const known = layerClasses();
  const before = new Set(variables());
  try {
    const network = await withOwnCode(main, code, (own) => built(own, main, request));
    const problem = await problemOf(network, request, known);
    if (problem !== null) throw new NetworkInvalidError(main, problem);
    return network as LayersModel;
  } catch (error) {
    for (const each of variables()) if (!before.has(each)) each.dispose();
    throw error;
  }
}

async function built(own: OwnCode, main: string, request: NetworkRequest): Promise<unknown> {
  const { build } = await own.load();
  if (typeof build !== "function") throw new NetworkInvalidError(main, "exports no function `build`");
  tf.engine().startScope("build");
  try {
    return await own.run("failed in `build`", () => build({ ...request, tf: { ...tf, ...layers } }) as unknown);
  } finally {
    tf.engine().endScope();
  }
}

const variables = () => Object.values(tf.engine().registeredVariables);

/** Names of what a stored network may be made of. */
const layerClasses = (): ReadonlySet<string> =>
  new Set(Object.keys(tf.serialization.SerializationMap.getMap().classNameMap));

/** Why it cannot be trained, stored and read again, as a clause; `null`: it can. */
async function problemOf(
  network: unknown,
  request: NetworkRequest,
  known: ReadonlySet<string>,
): Promise<string | null> {
  if (!(network instanceof layers.LayersModel)) return "returned something other than a `tf.LayersModel`";
  const shape = shapeProblem(network, request);
  if (shape !== null) return shape;
  if (network.trainableWeights.length === 0)
    return "built a network that has nothing to learn: it has no weight, or all are frozen";
  const topology = network.toJSON(null, false) as unknown as StoredTopology;
  // Inputs that nothing reads are not stored, so that the network would be another one when it is read again.
  if ((topology.config.input_layers ?? network.inputs).length < network.inputs.length)
    return "built a network that does not use all of its inputs";
  const foreign = classNames(topology).find((name) => !known.has(name));
  if (foreign !== undefined)
    return `built a network with ${quoted(foreign)}, which TensorFlow.js does not have, so that it could not be read again: use its own layers`;
  return readProblem(topology);
}

interface StoredTopology {
  readonly config: { readonly input_layers?: readonly unknown[] };
}

/** Of layers, initialisers and what else is named in a stored network. */
function classNames(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  const name = (value as { readonly class_name?: unknown }).class_name;
  return [...(typeof name === "string" ? [name] : []), ...Object.values(value).flatMap(classNames)];
}

async function readProblem(topology: StoredTopology): Promise<string | null> {
  try {
    const again = await layers.models.modelFromJSON(topology as never);
    again.dispose();
    return null;
  } catch (cause) {
    const said = cause instanceof Error ? cause.message.split("\n")[0]! : String(cause);
    return `built a network that cannot be stored and read again: ${said}`;
  }
}

function shapeProblem({ inputs, outputs }: LayersModel, request: NetworkRequest): string | null {
  const wanted = [request.numbers, ...request.categories.map(() => 1)];
  const found = inputs.map(({ shape }) => shape[1]);
  if (JSON.stringify(found) !== JSON.stringify(wanted))
    return `built a network with the inputs ${JSON.stringify(found)}, expected ${JSON.stringify(wanted)} numbers per row`;
  const last = outputs.length === 1 ? outputs[0]!.shape : [];
  if (last.length === 2 && last[1] === request.outputs) return null;
  return `built a network that does not give ${request.outputs} numbers per row`;
}
