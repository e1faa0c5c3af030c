import { readdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { parseFeatureSpec, type Lineage } from "@refit/core/history";
import { applyFeatures, CALIBRATION_FILE, type ArtifactFiles, type Column } from "@refit/core/runtime";
import { learners } from "@refit/tabular";
import { runtimeFolder } from "@refit/testkit/onnx";
import { describe, expect, it } from "vitest";
import { exportedGraph } from "../../src/runs/export/exported-graph.ts";
import { championScene, month, type Scene } from "./support/scene.ts";

interface Exported {
  readonly version: number;
  readonly treeId: string;
  readonly folder: string;
  readonly files: Readonly<Record<string, { readonly sha256: string }>>;
}

async function exported(scene: Scene, word: string, to: string, more: object = {}): Promise<Exported> {
  const { stdout } = await scene.refit("export", [word], { to, json: true, ...more });
  return JSON.parse(stdout) as Exported;
}

const contentOf = async (folder: string) =>
  Object.fromEntries(
    await Promise.all(
      (await readdir(folder)).map(async (file) => [file, await readFile(path.join(folder, file), "base64")] as const),
    ),
  );
const runtime = await runtimeFolder();

async function artifactOf(folder: string): Promise<ArtifactFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  return new Map(
    await Promise.all(files.map(async (file) => [path.relative(folder, file), await readFile(file)] as const)),
  );
}

function number(name: string, type: "number" | "integer" | "date", value: number): Column {
  return { kind: "number", name, type, values: Float64Array.of(value) };
}

describe("refit export", () => {
  it("writes a version, with the same bytes each time, and leaves alone what it did not write", async () => {
    const scene = await championScene();
    const live = await exported(scene, "churn", "onnx");
    const folder = path.join(scene.root, "churn-onnx");
    expect(live).toMatchObject({
      version: 1,
      folder,
      treeId: await scene.git("rev-parse", "main:models/churn/champion"),
    });
    const first = await contentOf(folder);
    expect(Object.keys(first).sort()).toEqual(["README.md", "model.onnx", "refit-export.json", "use_model.py"]);

    // What Python leaves where a file is imported is nobody's work.
    await scene.write("churn-onnx/__pycache__/use_model.cpython-312.pyc", "bytes");
    await exported(scene, "churn@v1", "onnx");
    expect(await contentOf(folder)).toEqual(first);
    await exported(scene, `churn@${live.treeId.slice(0, 10)}`, "onnx", { output: "out/other" });
    expect(await contentOf(path.join(scene.root, "out/other"))).toEqual(first);

    await exported(scene, "churn", "mlflow", { output: "churn-onnx" });
    const mlflow = await contentOf(folder);
    expect(Object.keys(mlflow).sort()).toEqual(
      ["MLmodel", "README.md", "model.onnx", "python_env.yaml", "refit-export.json", "requirements.txt"].sort(),
    );

    await writeFile(path.join(folder, "README.md"), "my notes\n");
    await expect(exported(scene, "churn", "onnx")).rejects.toMatchObject({ code: "files-in-the-way" });
    expect(await readFile(path.join(folder, "README.md"), "utf8")).toBe("my notes\n");
  });

  it("writes nothing with --dry-run, into a version, of what is unknown or broken", async () => {
    const scene = await championScene();
    const before = await readdir(scene.root);
    expect(Object.keys((await exported(scene, "churn", "mlflow", { "dry-run": true })).files)).toContain("MLmodel");

    for (const [word, flags, code] of [
      ["churn", { to: "pmml" }, "usage"],
      ["churn", {}, "usage"],
      ["churn", { to: "onnx", output: "models/churn/champion/onnx" }, "usage"],
      ["churn@v9", { to: "onnx" }, "version-unknown"],
    ] as const) {
      await expect(scene.refit("export", [word], flags)).rejects.toMatchObject({ code });
    }

    await scene.write("models/churn/champion/artifact/model.json", "{}");
    await scene.land();
    const broken = scene.refit("export", ["churn@v2"], { to: "onnx" });
    await expect(broken).rejects.toMatchObject({ code: "version-broken" });
    expect((await exported(scene, "churn", "onnx", { "dry-run": true })).version).toBe(1);
    expect(await readdir(scene.root)).toEqual(before);
  });

  it.skipIf(runtime === null)("of an average of calibrated models answers as the version does", async () => {
    const spec = { candidates: [{ learner: "auto", tries: 2, calibration: "platt" }] };
    const scene = await championScene({ spec });
    const { folder } = await exported(scene, "churn", "onnx");
    const champion = path.join(scene.root, "models/churn/champion");
    const features = parseFeatureSpec(await readFile(path.join(champion, "features.json"), "utf8"));

    const learner = await (await scene.ports()).learners.get("auto");
    const predictor = await learner.load(await artifactOf(path.join(champion, "artifact")));

    const ort = createRequire(path.join(runtime!, "package.json"))("onnxruntime-web");
    ort.env.wasm.numThreads = 1;
    const session = await ort.InferenceSession.create(await readFile(path.join(folder, "model.onnx")));
    const day = Date.UTC(2026, 0, 1);
    const given: Record<string, readonly [column: Column, tensor: unknown]> = {
      day: [number("day", "date", day), new ort.Tensor("int64", [BigInt(day)], [1])],
      hours: [number("hours", "number", NaN), new ort.Tensor("float64", [NaN], [1])],
      complaints: [number("complaints", "integer", 4), new ort.Tensor("float64", [4], [1])],
      plan: [
        { kind: "text", name: "plan", type: "string", dictionary: ["basic"], codes: Int32Array.of(0) },
        new ort.Tensor("string", ["basic"], [1]),
      ],
    };
    const { probability } = await session.run(
      Object.fromEntries(features.inputs.map(({ name }) => [name, given[name]![1]])),
    );

    const matrix = await applyFeatures(features, async (name) => given[name]![0], Uint32Array.of(0));
    expect([...probability.data]).toEqual([...(await predictor.predict(matrix))]);
  });

  it("of a later version is another file, and of the earlier one the same as before", async () => {
    const scene = await championScene();
    const before = await exported(scene, "churn", "onnx", { "dry-run": true });
    scene.at("2026-06-10T00:00:00Z");
    await scene.land(month(3));
    await scene.run();
    await scene.merge();

    const now = await exported(scene, "churn", "onnx", { "dry-run": true });
    expect([now.version, now.files["model.onnx"]]).not.toEqual([1, before.files["model.onnx"]]);
    expect(await exported(scene, "churn@v1", "onnx", { "dry-run": true })).toEqual(before);
  });
});

describe("a model of another kind", () => {
  const file = Uint8Array.of(8, 9);
  const version = (name: string, settings: object, artifact: Record<string, Uint8Array>) => {
    const lineage = { model: "m", learner: { name, settings } } as unknown as Lineage;
    return { treeId: "0", lineage, features: {} as never, artifact: new Map(Object.entries(artifact)) };
  };

  it.each([
    ["a program", version("command", {}, {}), "program"],
    ["a network", version("tfjs", {}, {}), "network"],
    ["predictions", version("predictions", {}, {}), "predictions"],
    ["a calibrated file", version("onnx", {}, { "model.onnx": file, [CALIBRATION_FILE]: file }), "calibrated-file"],
  ])("cannot be exported where it is %s", (_what, given, reason) => {
    expect(() => exportedGraph(given, "onnx")).toThrow(expect.objectContaining({ code: "not-exportable", reason }));
  });

  it.each([
    ["somebody's file", version("onnx", {}, { "model.onnx": file })],
    ["what a program wrote", version("command", { onnx: "m.onnx" }, { "model/m.onnx": file })],
  ])("is handed out as it is where it is %s", (_what, given) => {
    expect(exportedGraph(given, "mlflow")).toEqual({ bytes: file, signature: null });
  });

  it("is refused where trees of logarithms could add up to more than a graph holds", async () => {
    const model = {
      format: 2,
      link: "log",
      learner: "gbdt",
      task: "regression",
      classes: 0,
      base: [705],
      trees: [],
      features: [{ kind: "numeric", levels: 0, name: "x" }],
    };
    const artifact = { "model.json": new TextEncoder().encode(JSON.stringify(model)) };
    expect((await learners.gbdt.load(new Map(Object.entries(artifact)))).predict).toBeTypeOf("function");
    const features = {
      inputs: [{ name: "x", type: "number" }],
      features: [{ kind: "numeric", name: "x", input: "x" }],
      target: { name: "y", task: "regression", classes: null },
    };
    const given = { ...version("gbdt", {}, artifact), features: features as never };

    expect(() => exportedGraph(given, "onnx")).toThrow(expect.objectContaining({ reason: "scores-too-large" }));
  });
});
