import type { LayersModel } from "@tensorflow/tfjs-layers";
import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { NetworkInvalidError } from "@refit/core/errors";
import type { ArtifactFiles } from "@refit/core/runtime";
import type { NetworkRequest } from "./network.ts";
import { layers, tf } from "./tensorflow.ts";

/** What a file of the user's exports. */
interface OwnModule {
  readonly build?: unknown;
}

/**
 * The network that the user's own code builds: the first file exports `build({ tf, numbers, categories, outputs, seed })`, which returns a
 * LayersModel that is not compiled.
 *
 * @throws NetworkInvalidError
 */
export async function ownNetwork(
  files: readonly string[],
  code: ArtifactFiles,
  request: NetworkRequest,
): Promise<LayersModel> {
  const [main] = files;
  const { build } = await importFrom(code, main!);
  if (typeof build !== "function") throw new NetworkInvalidError(main!, "exports no function `build`");
  let network: unknown;
  try {
    network = await build({ ...request, tf: { ...tf, ...layers } });
  } catch (cause) {
    throw new NetworkInvalidError(main!, `failed in \`build\`: ${messageOf(cause)}`, { cause });
  }
  if (!(network instanceof layers.LayersModel))
    throw new NetworkInvalidError(main!, "returned something else than a `tf.LayersModel`");
  const problem = shapeProblem(network, request);
  if (problem !== null) throw new NetworkInvalidError(main!, problem);
  return network;
}

function shapeProblem(network: LayersModel, request: NetworkRequest): string | null {
  const { inputs, outputs } = network;
  const wanted = [request.numbers, ...request.categories.map(() => 1)];
  const found = inputs.map(({ shape }) => shape[1]);
  if (JSON.stringify(found) !== JSON.stringify(wanted)) {
    return `built a network with the inputs ${JSON.stringify(found)}, expected ${JSON.stringify(wanted)} numbers per row`;
  }
  // Inputs that nothing reads are not stored, so that the network would be another one when it is read again.
  const { config } = network.toJSON(null, false) as unknown as {
    readonly config: { readonly input_layers?: readonly unknown[] };
  };
  if ((config.input_layers ?? inputs).length < inputs.length)
    return "built a network that does not use all of its inputs";
  const last = outputs.length === 1 ? outputs[0]!.shape : [];
  if (last.length === 2 && last[1] === request.outputs) return null;
  return `built a network that does not give ${request.outputs} numbers per row`;
}

/** The files lie in a folder of their own for as long as it takes to read them. */
async function importFrom(code: ArtifactFiles, main: string): Promise<OwnModule> {
  const folder = await mkdtemp(path.join(tmpdir(), "refit-network-"));
  try {
    await writeFile(path.join(folder, "package.json"), '{"type":"module"}');
    for (const [name, bytes] of code) {
      await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
      await writeFile(path.join(folder, name), bytes);
    }
    return (await import(pathToFileURL(path.join(folder, main)).href)) as OwnModule;
  } catch (cause) {
    const isTypes = (cause as NodeJS.ErrnoException).code === "ERR_UNKNOWN_FILE_EXTENSION";
    const what = isTypes
      ? `is TypeScript, which Node ${process.versions.node} does not run; use Node 22.18 or newer, or write JavaScript`
      : `could not be read: ${messageOf(cause)}`;
    throw new NetworkInvalidError(main, what, { cause });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const messageOf = (cause: unknown) => (cause instanceof Error ? cause.message.split("\n")[0]! : String(cause));
