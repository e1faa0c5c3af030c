import { describe, expect, it } from "vitest";
import { factsReader } from "./read-facts.ts";

describe("facts of a spec", () => {
  it("are its data manifest, and the files of its candidates", () => {
    const text = `task: binary
data: churn
candidates:
  - { learner: gbdt }
  - { learner: command, train: [python, train.py], code: [./models/churn/train.py, libs/features.py] }
  - { learner: tfjs, code: [libs/network.ts, libs/features.py] }
  - { learner: onnx, file: models/churn/old.onnx }
`;

    expect(factsReader.spec(text)).toEqual({
      problem: null,
      data: "churn",
      code: ["models/churn/train.py", "libs/features.py", "libs/network.ts", "models/churn/old.onnx"],
    });
  });

  it.each([
    ["data: ../../etc", null, []],
    ["data: a/b", null, []],
    ["data: [churn]", null, []],
    ["data: churn\ncandidates: auto", "churn", []],
    ["data: churn\ncandidates: [{ learner: command, code: [../x.py, /etc/passwd, 3, ''] }]", "churn", []],
    ["- data: churn", null, []],
    ["", null, []],
  ])("of %j name nothing outside", (text, data, code) => {
    expect(factsReader.spec(text)).toEqual({ problem: null, data, code });
  });

  it.each([
    ["task: binary\ndata: [x\nfoo: 1\n", /^3:1: cannot be read as YAML: Flow sequence/],
    ["data: churn\ndata: other\n", /^2:1: cannot be read as YAML: Map keys must be unique/],
    [`data: ${"x".repeat(250_001)}`, /^1:1: has more than 250000 characters$/],
    ["data: *gone", /cannot be read as YAML/],
    [`data: ${"[".repeat(50_000)}`, /cannot be read as YAML/],
  ])("of %.40j say what is wrong, and where", (text, problem) => {
    expect(factsReader.spec(text).problem).toMatch(problem);
  });
});

describe("facts of a data manifest", () => {
  it("are the files of the repository that it reads", () => {
    const text = `sources:
  - { path: "data/churn/*.csv" }
  - { path: data/old.csv.dvc }
  - { path: "https://example.org/x.csv" }
  - { path: "s3://bucket/x/*.csv" }
tables:
  - { name: plans, sources: [{ path: data/plans.parquet }] }
views: [months, ../x]
schema:
  fields:
    - { name: photo, type: file, folder: data/photos }
    - { name: scan, type: file }
    - { name: age, type: integer }
`;

    expect(factsReader.manifest(text)).toEqual({
      problem: null,
      files: [
        "data/churn/*.csv",
        "data/old.csv.dvc",
        "data/plans.parquet",
        "feature-views/months.sql",
        "data/photos/**/*",
        "data/churn/**/*",
        "data/**/*",
      ],
      isClosed: false,
    });
  });

  it.each([
    ["{ path: data/x.csv }", "", true],
    ["{ path: data/x.csv.dvc }", "", false],
    ['{ path: "https://example.org/x.csv" }', "", false],
    ["{ path: data/x.csv }", "tables: [{ name: t, sources: [{ path: data/t.csv }] }]", true],
    ["{ path: data/x.csv }", 'tables: [{ name: t, sources: [{ path: "s3://b/t.csv" }] }]', false],
    ["{ path: data/x.csv }", "schema: { fields: [{ name: photo, type: file, folder: data/photos }] }", false],
    [
      "{ path: data/x.csv }",
      "tables: [{ name: t, sources: [], schema: { fields: [{ name: p, type: file }] } }]",
      false,
    ],
  ])("of %s with %j are all that it reads: %s", (source, more, isClosed) => {
    expect(factsReader.manifest(`sources: [${source}]\n${more}\n`)).toMatchObject({ problem: null, isClosed });
  });

  it("of one that cannot be read are none", () => {
    expect(factsReader.manifest("sources: {")).toMatchObject({
      problem: expect.stringMatching(/^\d+:\d+: /),
      files: [],
    });
  });
});
