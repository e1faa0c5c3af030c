import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { temporaryFolder } from "@refit/testkit/folders";
import * as tf from "@tensorflow/tfjs-core";
import { afterEach, describe, expect, it } from "vitest";
import { loadNodeBackend } from "../src/node-backend.ts";

/** Stand-ins for `@tensorflow/tfjs-node`: the real one is trained with by `npm run test:tfjs-node`. */
const [core, cpu] = ["@tensorflow/tfjs-core", "@tensorflow/tfjs-backend-cpu"].map((name) =>
  JSON.stringify(path.resolve(import.meta.dirname, "../../../node_modules", name)),
);

/** Computes with the plain backend under the other one's name. @param product what becomes of a product of matrices. */
const working = (product = "") => `const tf = require(${core});
  const { MathBackendCPU } = require(${cpu});
  if (require("node:util").isNullOrUndefined(null) !== true) throw new Error("not repaired");
  tf.registerBackend("tensorflow", () => new MathBackendCPU());
  tf.copyRegisteredKernels("cpu", "tensorflow");
  ${product}`;
const wrongProduct = `tf.unregisterKernel("BatchMatMul", "tensorflow");
  tf.registerKernel({ kernelName: "BatchMatMul", backendName: "tensorflow", kernelFunc: () => tf.tensor2d([[12]]) });`;

/** A project with a package that calls itself tfjs-node. @returns a file of the project. */
async function projectWith(index: string | null, version = "4.22.0"): Promise<string> {
  const project = await temporaryFolder();
  const folder = path.join(project, "node_modules/@tensorflow/tfjs-node");
  if (index !== null) {
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, "package.json"), JSON.stringify({ version, main: "index.js" }));
    await writeFile(path.join(folder, "index.js"), index);
    await writeFile(path.join(folder, "broken.node"), "not a library");
  }
  return pathToFileURL(path.join(project, "use.js")).href;
}

afterEach(() => {
  if (tf.engine().registryFactory["tensorflow"] === undefined) return;
  tf.removeBackend("tensorflow");
  for (const { kernelName } of tf.getKernelsForBackend("tensorflow")) tf.unregisterKernel(kernelName, "tensorflow");
});

describe("tfjs-node", () => {
  it("is used where it multiplies, on one thread, on a Node without the function that it calls, too", async () => {
    await loadNodeBackend(await projectWith(working()));

    expect(tf.getBackend()).toBe("tensorflow");
    expect(process.env["TF_NUM_INTRAOP_THREADS"]).toBe("1");
  });

  it.each<[what: string, index: string | null, version: string, message: RegExp, hint: RegExp]>([
    [
      "is missing",
      null,
      "",
      /@tensorflow\/tfjs-node is not installed\.$/,
      /npm install --save-dev @tensorflow\/tfjs-node@4\.22\.0/,
    ],
    [
      "is of another version",
      working(),
      "4.17.0",
      /tfjs-node 4\.17\.0 is installed, and 4\.22\.0 is needed/,
      /npm install/,
    ],
    [
      "has not run its install script",
      `throw new Error("The Node.js native addon module (tfjs_binding.node) can not be found at path: /x. \\nPlease run");`,
      "4.22.0",
      /is not there: its install script has not run\.$/,
      /npm rebuild/,
    ],
    [
      "has a library of another platform or Node",
      `require("./broken.node");`,
      "4.22.0",
      /cannot be loaded by Node \d+\.\d+\.\d+ here: .*broken\.node/,
      /--build-addon-from-source/,
    ],
    ["fails otherwise", `throw "no luck";`, "4.22.0", /cannot be loaded: no luck\.$/, /npm rebuild/],
    ["multiplies wrongly", working(wrongProduct), "4.22.0", /multiplies wrongly on this machine/, /Reinstall it/],
  ])("that %s is named, with the way out", async (_what, index, version, message, hint) => {
    const attempt = loadNodeBackend(await projectWith(index, version));

    await expect(attempt).rejects.toMatchObject({
      code: "learner-missing",
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    });
    await expect(attempt).rejects.toMatchObject({
      message: expect.stringContaining("cannot use `backend: node`"),
      hint: expect.stringContaining("Or set `backend: wasm`"),
    });
  });
});
