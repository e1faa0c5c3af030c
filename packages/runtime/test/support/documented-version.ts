import type { FeatureSpec } from "@refit/core/data";
import { applyFeatures, type Column, fillSettings } from "@refit/core/runtime";
import { learners } from "@refit/tabular";
import { versionOf } from "../../src/made-version.fixture.ts";

const spec: FeatureSpec = {
  format: 1,
  source: [],
  inputs: [
    { name: "speed", type: "number" },
    { name: "wildlife_size", type: "string" },
    { name: "flight_date", type: "date" },
  ],
  target: { name: "damaged", task: "binary", classes: [false, true] },
  features: [
    { kind: "numeric", name: "speed", input: "speed" },
    { kind: "categorical", name: "wildlife_size", input: "wildlife_size", levels: ["Small", "Large"] },
    { kind: "datetimePart", name: "flight_date.month", input: "flight_date", part: "month" },
  ],
  ignored: [],
};

/** The files of a version of the model that the pages speak of, birdstrikes, trained on 60 made-up rows. */
export async function documentedVersion(): Promise<ReadonlyMap<string, Uint8Array>> {
  const rows = Array.from({ length: 60 }, (_, i) => i);
  const columns: Column[] = [
    { kind: "number", name: "speed", type: "number", values: Float64Array.from(rows, (i) => 5 * i) },
    {
      kind: "text",
      name: "wildlife_size",
      type: "string",
      dictionary: ["Small", "Large"],
      codes: Int32Array.from(rows, (i) => i % 2),
    },
    { kind: "number", name: "flight_date", type: "date", values: Float64Array.from(rows, (i) => 86_400_000 * 9 * i) },
  ];
  const features = await applyFeatures(
    spec,
    async (name) => columns.find((each) => each.name === name)!,
    Uint32Array.from(rows),
  );
  const train = { features, target: Float64Array.from(rows, (i) => (i % 2 === 1 || i > 40 ? 1 : 0)) };
  const settings = fillSettings(learners.linear, {}) as never;
  const artifact = await learners.linear.fit({
    task: "binary",
    classes: 2,
    settings,
    seed: 1,
    train,
    validation: train,
  });
  return versionOf({ learner: "linear", artifact, spec });
}
