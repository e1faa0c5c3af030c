import { applyFeatures, fillSettings, type Column } from "@refit/core/runtime";
import type { FeatureSpec } from "@refit/core/data";
import { learners } from "@refit/tabular";
import { tfjs } from "@refit/tfjs";
import { expect, it } from "vitest";
import { fromMap, loadVersion } from "../src/index.ts";
import { madeRecords } from "../src/made-records.fixture.ts";
import { madeKinds, madeVersion, versionOf } from "../src/made-version.fixture.ts";

const bits = (values: Float64Array) => new BigUint64Array(values.buffer, values.byteOffset, values.length);

it("the learners that train open a version to the same answers", async () => {
  const { files } = await madeVersion(madeKinds["blend, multiclass"]!);
  const records = madeRecords(700, 3);
  const own = await (await loadVersion(fromMap(files))).predictMany(records);
  const fast = await (await loadVersion(fromMap(files), { learners })).predictMany(records);

  expect(bits(fast.values)).toEqual(bits(own.values));
});

it("a network answers through the package that trained it", async () => {
  const spec: FeatureSpec = {
    format: 1,
    source: [],
    inputs: [{ name: "x", type: "number" }],
    target: { name: "y", task: "regression", classes: null },
    features: [{ kind: "numeric", name: "x", input: "x" }],
    ignored: [],
  };
  const values = Float64Array.from({ length: 64 }, (_, i) => i);
  const x: Column = { kind: "number", name: "x", type: "number", values };
  const features = await applyFeatures(spec, async () => x, Uint32Array.from(values.keys()));
  const rows = { features, target: values.map((value) => 2 * value) };
  const settings = fillSettings(tfjs, { epochs: 1, hidden: [4] }) as never;
  const artifact = await tfjs.fit({ task: "regression", classes: 0, settings, seed: 1, train: rows, validation: rows });

  const version = await loadVersion(fromMap(versionOf({ learner: "tfjs", artifact, spec })), { learners: { tfjs } });
  const { values: answers } = await version.predictMany({ x: values });

  expect(bits(answers)).toEqual(bits(await (await tfjs.load(artifact)).predict(features)));
  expect(await version.predict({ x: 3 })).toMatchObject({ kind: "value", value: expect.any(Number) });
});
