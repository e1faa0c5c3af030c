import { createRequire } from "node:module";
import path from "node:path";
import { parseFeatureSpec } from "@refit/core/history";
import { runtimeFolder } from "@refit/testkit/onnx";
import { onnxLearners as exported, toOnnx } from "@refit/tabular/onnx";
import { describe, expect, it } from "vitest";
import { fromMap, loadVersion } from "../src/index.ts";
import { madeRecords } from "../src/made-records.fixture.ts";
import { madeKinds, madeVersion, versionOf } from "../src/made-version.fixture.ts";
import { onnxLoaders, type OnnxRuntimeModule } from "../src/onnx.ts";

type Files = ReadonlyMap<string, Uint8Array>;

const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const textOf = (files: Files, file: string) => new TextDecoder().decode(files.get(file));

/** The same model as a version of another learner, in the ONNX file that `refit export` writes. */
function asOnnx(files: Files, learner: "onnx" | "command"): Files {
  const spec = parseFeatureSpec(textOf(files, "features.json"));
  const artifact = new Map([...files].map(([file, bytes]) => [file.replace("artifact/", ""), bytes]));
  const named = (JSON.parse(textOf(files, "lineage.json")) as { learner: { name: string } }).learner.name;
  const own = exported.find((each) => each === named)!;
  const { bytes } = toOnnx({ learner: own, artifact, features: spec, calledWith: "arrays", metadata: {} });
  const { task, name, classes } = spec.target;
  const asked = { format: 1, task, target: { name, classes } };
  const parts: Record<string, Uint8Array> =
    learner === "onnx"
      ? { "model.onnx": bytes, "onnx.json": encode(asked) }
      : { "model/m.onnx": bytes, "command.json": encode({ ...asked, onnx: "m.onnx" }) };
  return versionOf({ learner, artifact: new Map(Object.entries(parts)), spec });
}

const kinds = ["trees, multiclass", "trees, counts", "linear, binary", "blend, multiclass"];

describe.each(["onnxruntime-web", "onnxruntime-node"] as const)("by %s", async (name) => {
  const folder = await runtimeFolder(name);
  const runtime = () => {
    const module = createRequire(path.join(folder!, "package.json"))(name) as OnnxRuntimeModule & Web;
    if (name === "onnxruntime-web") module.env.wasm.numThreads = 1;
    return module;
  };
  const here = folder === null ? ` (SKIPPED: ${name} cannot be installed)` : "";

  it.skipIf(folder === null).each(kinds)(
    `a version in ONNX answers as the model that was exported: %s${here}`,
    async (kind) => {
      const { files } = await madeVersion(madeKinds[kind]!);
      const records = madeRecords(600, 5);
      const expected = await (await loadVersion(fromMap(files))).predictMany(records);

      for (const learner of ["onnx", "command"] as const) {
        const version = await loadVersion(fromMap(asOnnx(files, learner)), { learners: onnxLoaders(runtime()) });
        const { values, answers } = await version.predictMany(records);

        expect(version).toMatchObject({ learner, inputs: expect.any(Array) });
        expect(
          Math.max(...values.map((value, i) => Math.abs(value - expected.values[i]!) / Math.abs(value))),
        ).toBeLessThan(1e-15);
        expect(answers.map((answer) => "class" in answer && answer.class)).toEqual(
          expected.answers.map((answer) => "class" in answer && answer.class),
        );
        expect(await version.predict(records[3]!)).toMatchObject(answers[3]!);
      }
    },
  );

  it.skipIf(folder === null)(`is refused when it is opened where it is not what the rows need${here}`, async () => {
    const { files } = await madeVersion(madeKinds["linear, regression"]!);
    const learners = onnxLoaders(runtime());
    const good = asOnnx(files, "onnx");
    const changed = (file: string, text: string) => {
      const spec = parseFeatureSpec(textOf(good, "features.json"));
      const artifact = new Map(
        [...good].flatMap(([each, bytes]) => (each.startsWith("artifact/") ? [[each.slice(9), bytes] as const] : [])),
      );
      const inputs = spec.inputs.map((input) =>
        file === "inputs" && input.name === "speed" ? { ...input, name: text } : input,
      );
      const features = spec.features.map((feature) =>
        feature.input === "speed" && file === "inputs" ? { ...feature, input: text } : feature,
      );
      return versionOf({
        learner: "onnx",
        artifact: file === "inputs" ? artifact : new Map([...artifact, [file, new TextEncoder().encode(text)]]),
        spec: { ...spec, inputs, features },
      });
    };

    await expect(loadVersion(fromMap(good), { learners })).resolves.toBeDefined();
    await expect(loadVersion(fromMap(changed("inputs", "sped")), { learners })).rejects.toThrow(
      /input "speed".*no column of that name; the nearest is "sped"/,
    );
    await expect(loadVersion(fromMap(changed("model.onnx", "no model")), { learners })).rejects.toMatchObject({
      code: "command-failed",
      message: expect.stringContaining("cannot be run"),
    });
    await expect(loadVersion(fromMap(changed("onnx.json", "{}")), { learners })).rejects.toMatchObject({
      code: "artifact-invalid",
    });
    await expect(loadVersion(fromMap(good))).rejects.toMatchObject({ code: "learner-missing" });
  });
});

interface Web {
  readonly env: { readonly wasm: { numThreads: number } };
}
