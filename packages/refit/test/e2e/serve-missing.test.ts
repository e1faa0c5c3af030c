import { writeFile } from "node:fs/promises";
import path from "node:path";
import { temporaryFolder } from "@refit/testkit";
import { expect, it, onTestFinished } from "vitest";
import { version } from "../../src/version.ts";
import { churnModel } from "../learners/onnx-models.ts";
import { refitServe } from "../use/support/servers.ts";
import { churnSpec } from "./support/churn.ts";
import { refitProcess } from "./support/cli.ts";
import { bytesOf, modelPath, onnxCandidate, onnxScene, skipped } from "./support/elsewhere.ts";
import type { Scene } from "./support/scene.ts";

/** Nothing of these names is found, as where they were never installed. */
const hiding = `const module_ = require("node:module");
const resolve = module_._resolveFilename;
module_._resolveFilename = function (name, ...more) {
  if (!/^(?:@refit\\/tfjs|onnxruntime-(?:web|node))(?:\\/|$)/.test(name)) return resolve.call(this, name, ...more);
  throw Object.assign(new Error("Cannot find module '" + name + "'"), { code: "MODULE_NOT_FOUND" });
};
`;

/** Live models of three learners. */
async function liveScene(): Promise<Scene> {
  const scene = await onnxScene({ spec: { candidates: [{ learner: "gbdt", trees: 8, leaves: 7 }] } });
  const gates = [{ metric: "rocAuc", min: 0 }];
  await scene.land({
    [modelPath]: bytesOf(churnModel),
    "models/network/model.yaml": { ...churnSpec, gates, candidates: [{ learner: "tfjs", hidden: [4], epochs: 3 }] },
    "models/elsewhere/model.yaml": { ...churnSpec, gates, candidates: [onnxCandidate("2026-01-31")] },
  });
  for (const model of ["churn", "network", "elsewhere"]) {
    await scene.refit("run", [model], { json: true });
    await scene.merge("merge", `refit--${model}`);
  }
  return scene;
}

it.skipIf(skipped)(
  "refit serve answers for its other models where a package of one is missing, and says what to install",
  { timeout: 120_000 },
  async () => {
    const { repository, root } = await liveScene();
    const hook = path.join(await temporaryFolder(), "hide.cjs");
    await writeFile(hook, hiding);
    const env = { ...repository.env, NODE_OPTIONS: `--require=${hook}` };

    const server = await refitServe({ root, env }, ["network", "churn", "elsewhere"]);
    onTestFinished(server.stop);

    const { models } = (await (await fetch(`${server.address}/models`)).json()) as { models: readonly object[] };
    expect(models).toMatchObject([
      { name: "network", ready: false, stale: true },
      { name: "churn", ready: true, stale: false },
      { name: "elsewhere", ready: false, stale: true },
    ]);
    const columns = Object.fromEntries(["day", "plan", "hours", "complaints"].map((name) => [name, [null]]));
    const ask = (model: string) =>
      fetch(`${server.address}/models/${model}/predict`, { method: "POST", body: JSON.stringify({ columns }) });
    expect((await ask("churn")).status).toBe(200);
    for (const model of ["network", "elsewhere"]) {
      const refused = await ask(model);
      expect([refused.status, await refused.json()]).toMatchObject([503, { error: { code: "not-ready" } }]);
    }
    expect((await fetch(`${server.address}/v2/health/ready`)).status).toBe(503);
    const notes = server.said().split("\n");
    const noteOf = (model: string) => notes.filter((line) => line.startsWith(`note: ${model}:`)).join("\n");
    expect(noteOf("network")).toContain(`Install @refit/tfjs ${version} beside refit`);
    expect(noteOf("elsewhere")).toContain("npm install --save-dev onnxruntime-web");
    expect(noteOf("churn")).toMatch(/^note: churn: v1 \(tree \w+\) answers$/);

    // Where no model can answer, nothing is waited for.
    const { exitCode, stdout, stderr } = await refitProcess({ root, env }, [
      "serve",
      "network",
      "elsewhere",
      "--port=0",
    ]);
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("note: elsewhere: no version answers.");
    expect(stderr).toMatch(/^error: .*tfjs[^]*Install @refit\/tfjs[^]*errors\/learner-missing\.md/m);
  },
);
