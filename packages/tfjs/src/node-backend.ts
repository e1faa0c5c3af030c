import { createRequire } from "node:module";
import { LearnerMissingError } from "@refit/core/errors";
import { tf } from "./tensorflow.ts";

const name = "@tensorflow/tfjs-node";
/** Of the other packages of TensorFlow.js here: they share their kernels. */
const version = "4.22.0";

/**
 * One thread and none of the kernels that are chosen by the processor: sums would be made in another order from machine to machine. Read by the
 * library when it is loaded.
 */
const steady = {
  TF_NUM_INTRAOP_THREADS: "1",
  TF_NUM_INTEROP_THREADS: "1",
  TF_ENABLE_ONEDNN_OPTS: "0",
  TF_DETERMINISTIC_OPS: "1",
  TF_CPP_MIN_LOG_LEVEL: "2",
};

/**
 * Loads `@tensorflow/tfjs-node`, which people install themselves: it is large, and its library is not there for every platform and Node.
 * It is tried before it is used.
 *
 * @param from the file that it is looked for from.
 * @throws LearnerMissingError saying what is wrong with it.
 */
export async function loadNodeBackend(from: string = import.meta.url): Promise<void> {
  const require = createRequire(from);
  const found = versionOf(require);
  if (found === null) throw unusable(`${name} is not installed`, install);
  if (found !== version) throw unusable(`${name} ${found} is installed, and ${version} is needed`, install);
  restoreNullCheck(require);
  Object.assign(process.env, steady);
  try {
    require(name);
    await tf.setBackend("tensorflow");
  } catch (cause) {
    throw unloadable(cause);
  }
  if (probe() !== 11) throw unusable(`${name} ${found} multiplies wrongly on this machine`, "Reinstall it.");
}

const install = `Install it beside refit, with its install script: \`npm install --save-dev ${name}@${version}\`.`;
const rebuild = `Reinstall it on this platform, with its install script: \`npm rebuild ${name}\`, or \`npm rebuild ${name} --build-addon-from-source\` where it has no library for this platform and Node.`;

function versionOf(require: NodeJS.Require): string | null {
  try {
    return (require(`${name}/package.json`) as { readonly version: string }).version;
  } catch {
    return null;
  }
}

function unloadable(cause: unknown): LearnerMissingError {
  const said = (cause instanceof Error ? cause.message : String(cause)).trim().split("\n")[0]!;
  const { code } = Object(cause) as { readonly code?: unknown };
  if (/native addon module .* can not be found/.test(said))
    return unusable(`the library of ${name} is not there: its install script has not run`, rebuild, cause);
  if (code === "ERR_DLOPEN_FAILED")
    return unusable(
      `the library of ${name} cannot be loaded by Node ${process.versions.node} here: ${said}`,
      rebuild,
      cause,
    );
  return unusable(`${name} cannot be loaded: ${said}`, rebuild, cause);
}

function unusable(what: string, remedy: string, cause?: unknown): LearnerMissingError {
  return new LearnerMissingError("tfjs", [], {
    what: `cannot use \`backend: node\`: ${what}`,
    remedy: `${remedy} Or set \`backend: wasm\`, which needs nothing more.`,
    cause,
  });
}

/** [1 2] · [3 4] on the backend in use. */
function probe(): number {
  return tf.tidy(() => tf.matMul(tf.tensor2d([[1, 2]]), tf.tensor2d([[3], [4]])).dataSync()[0]!);
}

/** tfjs-node 4.22.0 calls a function that Node 23 removed (tensorflow/tfjs#8609). */
function restoreNullCheck(require: NodeJS.Require): void {
  const util = require("node:util") as { isNullOrUndefined?: (value: unknown) => boolean };
  util.isNullOrUndefined ??= (value) => value === null || value === undefined;
}
