import { describe, expect, it } from "vitest";
import { fillSettings } from "../learners/learner-settings.ts";
import { learners } from "../learners/learners.fixture.ts";
import { candidateSettings } from "./candidate-settings.ts";
import { jsonSchemaOf } from "./json-schema.ts";

const schema = candidateSettings(learners);

describe("candidateSettings", () => {
  it("fills in what a learner's descriptor says", () => {
    expect(schema.parse({ learner: "gbdt", trees: 3 })).toEqual({ learner: "gbdt", trees: 3, learningRate: 0.1 });
    expect(schema.parse({ learner: "net", code: ["a.py"] })).toEqual({
      learner: "net",
      backend: "wasm",
      hidden: [32, 16],
      code: ["a.py"],
    });
  });

  it.each<[why: string, candidate: object]>([
    ["no such learner", { learner: "forest" }],
    ["a key of another learner", { learner: "linear", trees: 3 }],
    ["below the minimum", { learner: "gbdt", trees: 0 }],
    ["above the maximum", { learner: "gbdt", trees: 10_001 }],
    ["not above the exclusive minimum", { learner: "gbdt", learningRate: 0 }],
    ["not whole", { learner: "gbdt", trees: 1.5 }],
    ["none of the choices", { learner: "net", code: ["a.py"], backend: "gpu" }],
    ["a list of the wrong type", { learner: "net", code: ["a.py"], hidden: ["many"] }],
    ["too short a list", { learner: "net", code: [] }],
    ["a setting without a default left out", { learner: "net" }],
  ])("refuses %s", (_why, candidate) => {
    expect(schema.safeParse(candidate).success).toBe(false);
  });

  it("is a JSON Schema with a branch per learner", () => {
    const { oneOf } = jsonSchemaOf(schema);

    expect(oneOf?.map(({ description, properties }) => [description, properties?.["learner"]?.const])).toEqual([
      ["Trees.", "gbdt"],
      ["A line.", "linear"],
      ["A network.", "net"],
    ]);
    expect(oneOf?.[2]?.properties?.["hidden"]).toMatchObject({
      default: [32, 16],
      description: "Units of each layer.",
    });
  });

  it("agrees with the defaults that a fit without a spec gets", () => {
    for (const learner of learners.slice(0, 2)) {
      expect(fillSettings(learner)).toEqual(schema.parse({ learner: learner.name }));
    }
    expect(fillSettings(learners[0]!, { trees: 5 })).toEqual(schema.parse({ learner: "gbdt", trees: 5 }));
  });
});
