import { copyFile, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { installInto, node24, packAll, removeFolders, shellIn } from "./support.ts";
import { tfjsNode, tfjsNodeLibrary } from "./tfjs-node-library.ts";

/**
 * `backend: node` with the real TensorFlow, in a project of a stranger's. 1 GB on the disk, so only where `npm run test:tfjs-node` asks for it; what
 * can be wrong with the package is tested without it in packages/tfjs/test/node-backend.test.ts.
 */
const asked = process.env["npm_lifecycle_event"] === "test:tfjs-node";
const library = asked ? await tfjsNodeLibrary() : { file: null, missing: "npm run test:tfjs-node runs it" };
const why = library.file === null ? ` (SKIPPED: ${library.missing})` : "";
if (asked && library.file === null) process.stderr.write(`\n!!! backend: node is NOT tested: ${library.missing} !!!\n`);

const newest = node24();
const spec = `task: binary
data: subscriptions
target: subscribed
candidates: [{ learner: tfjs, backend: node, hidden: [8], epochs: 4, learningRate: 0.02 }]
`;

/** Trains and answers once for each task, and again with twice the threads in the environment, which change nothing. */
const program = `import { createHash } from "node:crypto";
import { tfjs } from "@refit/tfjs";
import { fillSettings } from "@refit/core/runtime";

let state = 1;
const random = () => (state = (state * 48271) % 2147483647) / 2147483647;
function rowsOf(task, rows) {
  const [a, b] = [0, 1].map(() => Float32Array.from({ length: rows }, () => 4 * random() - 2));
  const codes = Uint8Array.from({ length: rows }, () => 2 + Math.floor(5 * random()));
  const signal = Float64Array.from(a, (x, i) => x * b[i] + (codes[i] % 2) + random() - 1);
  const target = { binary: (s) => Number(s > 0), multiclass: (s) => (s > 1 ? 2 : s > -1 ? 1 : 0), regression: (s) => s }[task];
  const columns = [
    { kind: "numeric", name: "a", values: a },
    { kind: "numeric", name: "b", values: b },
    { kind: "categorical", name: "c", levels: 5, codes },
  ];
  return { features: { rows, columns }, target: signal.map(target) };
}
const digests = [];
for (const task of ["binary", "multiclass", "regression"]) {
  const [train, validation] = [rowsOf(task, 5000), rowsOf(task, 500)];
  const settings = fillSettings(tfjs, { backend: "node", hidden: [64], batchSize: 4096, epochs: 4, earlyStoppingEpochs: 2 });
  const request = { task, classes: { binary: 2, multiclass: 3, regression: 0 }[task], settings, seed: 7, train, validation };
  for (const _ of [1, 2]) {
    const files = await tfjs.fit(request);
    const answers = await (await tfjs.load(files)).predict(validation.features);
    if (!answers.every(Number.isFinite)) throw new Error("not finite");
    const hash = createHash("sha256");
    for (const bytes of files.values()) hash.update(bytes);
    digests.push(hash.update(answers).digest("hex").slice(0, 16));
  }
}
console.log(JSON.stringify(digests));
`;

describe.skipIf(library.file === null)(`backend: node${why}`, () => {
  let folder = "";
  const refit = (node: string, ...words: string[]) => shellIn(folder, node)("npx", ["--no", "--", "refit", ...words]);
  const place = () => path.join(folder, "node_modules/@tensorflow/tfjs-node/lib/napi-v8/tfjs_binding.node");

  beforeAll(async () => {
    const tarballs = await packAll();
    ({ folder } = await installInto([...Object.values(tarballs), tfjsNode], process.execPath, ["--ignore-scripts"]));
    const shell = shellIn(folder);
    await shell("git", ["init", "--quiet"]);
    await refit(process.execPath, "init", "--example");
    const example = await shell("cat", ["models/subscriptions/model.yaml"]);
    await shell("rm", ["-r", "models/subscriptions"]);
    await mkdir(path.join(folder, "models/networks"), { recursive: true });
    await writeFile(
      path.join(folder, "models/networks/model.yaml"),
      example.replace(/^candidates:.*\n(?:[ -].*\n|\n)*/m, /^candidates.*\n/m.exec(spec)![0]),
    );
    await shell("git", ["add", "--", ".gitattributes", "data", "data-manifests", "models"]);
    await shell("git", ["commit", "--quiet", "-m", "Predict subscriptions"]);
  });
  afterAll(removeFolders);

  it("is named where its install script has not run, or has brought something else", async () => {
    await expect(refit(process.execPath, "run", "networks")).rejects.toThrow(/its install script has not run/);
    await mkdir(path.dirname(place()), { recursive: true });
    await writeFile(place(), "not a library");
    const found = await refit(process.execPath, "doctor").catch((error: { stdout: string }) => error.stdout);
    expect(found).toMatch(/cannot be loaded by Node \S+ here: .*tfjs_binding\.node/);
  });

  it("trains, proposes and verifies a version", async () => {
    await copyFile(library.file!, place());
    const shell = shellIn(folder);

    expect(await refit(process.execPath, "run", "networks")).toContain("networks: proposed");

    const stored = await shell("git", ["show", "refit--networks:models/networks/champion/lineage.json"]);
    expect(JSON.parse(stored)).not.toHaveProperty("reproducible", false);
    const model = await shell("git", ["show", "refit--networks:models/networks/champion/artifact/model.json"]);
    expect(JSON.parse(model)).toMatchObject({ backend: "node" });
    await shell("git", ["merge", "--quiet", "refit--networks"]);
  });

  it.skipIf(newest === null).each([
    ["Node 20", process.execPath],
    ["Node 24, repaired", newest ?? ""],
  ])("makes that version again, byte by byte, and loads it: %s", async (_name, node) => {
    expect(await refit(node, "reproduce", "networks")).toMatch(/^networks v1: same\./m);
    expect(await refit(node, "run", "networks", "--dry-run", "--force", "loads the champion")).toMatch(/networks: /);
  });

  it.skipIf(newest === null)(
    "gives the same weights and answers each time, and on both ends of the range of Node",
    async () => {
      await writeFile(path.join(folder, "try.mjs"), program);
      const said = await Promise.all(
        [process.execPath, newest!].map(async (node) => shellIn(folder, node)("node", ["--no-deprecation", "try.mjs"])),
      );
      const [first, other] = said.map((text) => JSON.parse(text.trim().split("\n").at(-1)!) as string[]);

      expect(first).toEqual(other);
      expect(new Set(first).size).toBe(3);
      expect([first![0], first![2], first![4]]).toEqual([first![1], first![3], first![5]]);
    },
  );
});
