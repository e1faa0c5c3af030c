import { readFileSync } from "node:fs";
import { drawing, mutated } from "@refit/testkit/mutate";
import { describe, expect, it } from "vitest";
import { parseFeatureSpec } from "../lineage/parse-stored.ts";
import { featureColumn, featuresOf } from "./feature-column.ts";
import { number, text } from "./make-column.fixture.ts";
import { readFeatures, type ServedFeatures } from "./read-features.ts";

const stored = readFileSync(new URL("../../test/fixtures/stored/today/features.json", import.meta.url), "utf8");
const whole = JSON.parse(stored) as Record<string, unknown>;

const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

/** What went wrong: the code and the field; `null`: nothing. */
function refusal(use: () => unknown): { readonly code: string; readonly field: string } | null {
  try {
    use();
    return null;
  } catch (error) {
    const { code, field = "" } = error as { readonly code: string; readonly field?: string };
    return { code, field };
  }
}

function applies(spec: ServedFeatures): boolean {
  return spec.inputs.every((input) => {
    const { name, type } = input;
    const column = type === "string" || type === "file" ? text(name, ["a", null]) : number(name, [1, NaN], type);
    return featuresOf(spec, input).every((feature) => featureColumn(feature, column) !== null);
  });
}

describe("readFeatures", () => {
  it("reads what the schema reads", () => {
    const { inputs, target, features } = parseFeatureSpec(stored);

    expect(readFeatures(bytesOf(whole))).toMatchObject({ inputs, target, features });
  });

  it("refuses what the schema refuses of it, and what it takes can be applied, whatever became of the file", () => {
    const wrong: unknown[] = [];
    for (let i = 0; i < 400; i++) {
      let value: unknown;
      const bytes = mutated(stored, drawing(i));
      const said = new TextDecoder().decode(bytes);
      try {
        value = JSON.parse(said);
      } catch {
        continue;
      }
      const bySchema = refusal(() => parseFeatureSpec(said));
      const byHand = refusal(() => readFeatures(new TextEncoder().encode(said)));
      if (bySchema !== null && !/^(?:source|ignored)/.test(bySchema.field) && byHand?.code !== bySchema.code)
        wrong.push([i, bySchema, byHand]);
      if (byHand === null && !applies(value as ServedFeatures)) wrong.push([i, "does not apply"]);
    }
    expect(wrong).toEqual([]);
  });

  const target = { name: "y", task: "binary", classes: ["a", "b"] };
  const inputs = [{ name: "n", type: "number" }];
  const feature = { kind: "numeric", name: "n", input: "n" };
  it.each<[what: string, change: object, field: string]>([
    ["another format", { format: 0 }, "format"],
    ["no inputs", { inputs: undefined }, "inputs"],
    ["an input twice", { inputs: [...inputs, ...inputs] }, "inputs[1].name"],
    ["an input of no type", { inputs: [{ name: "n", type: "text" }] }, "inputs[0].type"],
    ["no target", { target: null }, "target.name"],
    ["another task", { target: { ...target, task: "rank" } }, "target.task"],
    ["a class too many", { target: { ...target, classes: [1, 2, 3] } }, "target.classes"],
    ["a class too few", { target: { ...target, task: "multiclass" } }, "target.classes"],
    ["a class that is none", { target: { ...target, classes: ["a", null] } }, "target.classes[1]"],
    ["classes of a regression", { target: { ...target, task: "regression" } }, "target.classes"],
    ["no features", { features: [] }, "features"],
    ["a feature twice", { features: [feature, feature] }, "features[1].name"],
    ["a feature of no input", { features: [{ ...feature, input: "m" }] }, "features[0].input"],
    ["a feature of no kind", { features: [{ ...feature, kind: "text" }] }, "features[0].kind"],
    ["a number of a text", { inputs: [{ name: "n", type: "string" }] }, "features[0]"],
    ["no part of a date", { features: [{ ...feature, kind: "datetimePart", part: "year" }] }, "features[0].part"],
    ["levels that are none", { features: [{ ...feature, kind: "categorical", levels: [1] }] }, "features[0].levels[0]"],
    ["a threshold that is no share", { threshold: 1.5 }, "threshold"],
    ["a file of a number", { features: [{ ...feature, kind: "file" }] }, "features[0]"],
  ])("refuses %s", (_what, change, field) => {
    const spec = { format: 1, inputs, target, features: [feature] };

    expect(refusal(() => readFeatures(bytesOf(spec)))).toBeNull();
    expect(refusal(() => readFeatures(bytesOf({ ...spec, ...change })))).toEqual({ code: "artifact-invalid", field });
  });
});
