import { describe, expect, it } from "vitest";
import { changedInputs, type LiveModel, whyCold, whySeen, type WarmCandidate } from "./why-cold.ts";

const features = {
  inputs: [
    { name: "hours", type: "number" as const },
    { name: "plan", type: "string" as const },
  ],
  target: { name: "left", task: "binary" as const, classes: [false, true] },
  features: [
    { kind: "numeric" as const, name: "hours", input: "hours" },
    { kind: "categorical" as const, name: "plan", input: "plan", levels: ["basic", "pro"] },
  ],
};
const holdout = {
  kind: "temporal" as const,
  from: "2026-02-20T00:00:00.000Z",
  to: "2026-02-28T00:00:00.000Z",
  fraction: null,
  rows: 100,
  digest: "0".repeat(64),
  trainedUntil: "2026-02-19T00:00:00.000Z",
};
const train = ["python", "train.py"];
const learner = { name: "command", algorithmVersion: 1, settings: { train } };
const code = { "train.py": "a", "rows.py": "b" };
const live: LiveModel = {
  number: 3,
  lineage: { learner, holdout, trainedUntil: "2026-02-28T00:00:00.000Z" },
  features,
  code,
};
const candidate: WarmCandidate = { learner: "command", algorithmVersion: 1, settings: { train }, features, code };

const liveWith = (of: Partial<LiveModel["lineage"]["learner"]>): LiveModel => ({
  ...live,
  lineage: { ...live.lineage, learner: { ...learner, ...of } },
});
const inputs = (...names: readonly string[]) => ({
  ...features,
  inputs: names.map((name) => ({ name, type: "number" as const })),
});

describe("whyCold", () => {
  it.each<[why: string, live: LiveModel | null, candidate: Partial<WarmCandidate>, because: string | null]>([
    ["the same program and inputs", live, {}, null],
    ["no champion", null, {}, "there is no champion yet"],
    ["another learner", liveWith({ name: "gbdt" }), {}, 'v3 is a model of the learner "gbdt"'],
    [
      "another algorithm",
      live,
      { algorithmVersion: 2 },
      "v3 was made by algorithm version 1 of the learner, which is 2 here",
    ],
    ["another program", live, { settings: { train: ["python", "other.py"] } }, "v3 was trained by another program"],
    [
      "a changed file",
      live,
      { code: { ...code, "train.py": "c" } },
      'the code of v3 is different: "train.py" has changed',
    ],
    ["a new file", live, { code: { ...code, "a.py": "c" } }, 'the code of v3 is different: "a.py" has changed'],
    ["a file that is gone", live, { code: { "train.py": "a" } }, 'the code of v3 is different: "rows.py" has changed'],
    ["unreadable inputs", { ...live, features: null }, {}, "the inputs of v3 are different: they cannot be read"],
    [
      "other classes",
      live,
      { features: { ...features, target: { ...features.target, classes: ["no", "yes"] } } },
      "the inputs of v3 are different: the target or its classes have changed",
    ],
    ["other inputs", live, { features: inputs("hours") }, 'the inputs of v3 are different: "plan" is gone'],
  ])("%s", (_why, version, given, because) => {
    expect(whyCold(version, { ...candidate, ...given })).toBe(because);
  });
});

describe("whyCold of a network", () => {
  const settings = { hidden: [8], embeddingSize: 4, backend: "wasm", epochs: 9 };
  const network = { name: "tfjs", algorithmVersion: 1, settings };
  const own = { learner: "tfjs", settings, code: {} };
  const withLevels = (...levels: string[]) => ({
    ...features,
    features: [features.features[0]!, { ...features.features[1]!, levels }],
  });

  it.each<[why: string, candidate: Partial<WarmCandidate>, because: string | null]>([
    ["of other passes", { settings: { ...settings, epochs: 3, learningRate: 1 } }, null],
    ["of another size", { settings: { ...settings, hidden: [8, 4] } }, "v3 has another `hidden`"],
    ["elsewhere", { settings: { ...settings, backend: "cpu" } }, "v3 has another `backend`"],
    ["of other embeddings", { settings: { ...settings, embeddingSize: 2 } }, "v3 has another `embeddingSize`"],
    ["of code now", { code: { "a.js": "a" } }, 'the code of v3 is different: "a.js" has changed'],
    ["with another order of levels", { features: withLevels("pro", "basic") }, null],
    ["with a new level", { features: withLevels("pro", "basic", "max") }, 'the categories of v3 are different: "plan"'],
    ["with a level less", { features: withLevels("pro") }, 'the categories of v3 are different: "plan"'],
    [
      "with one column less for the same inputs",
      { features: { ...features, features: [features.features[0]!] } },
      'the categories of v3 are different: "plan"',
    ],
  ])("%s", (_why, given, because) => {
    const version = { ...liveWith(network), code: {} };

    expect(whyCold(version, { ...candidate, ...own, ...given })).toBe(because);
  });

  it("of the user's own has a place for each category that nobody knows how to move", () => {
    const version = { ...liveWith(network), code: { "a.js": "a" } };
    const asking = { ...candidate, ...own, code: { "a.js": "a" } };

    expect(whyCold(version, asking)).toBeNull();
    expect(whyCold(version, { ...asking, features: withLevels("pro", "basic") })).toMatch(/categories .* "plan"/);
  });

  it("asks nothing of the categories of a program", () => {
    expect(whyCold(live, { ...candidate, features: withLevels("max") })).toBeNull();
  });
});

describe("changedInputs", () => {
  it.each<[why: string, before: readonly string[], after: readonly string[], told: string | null]>([
    ["the same", ["a", "b"], ["a", "b"], null],
    ["another order", ["a", "b"], ["b", "a"], "they are in another order"],
    ["one more", ["a"], ["a", "b"], '"b" is new'],
    ["many", ["a", "b"], ["c", "d", "e", "f"], '"c" is new, "d" is new, "e" is new, and 3 more'],
  ])("%s", (_why, before, after, told) => {
    expect(changedInputs(inputs(...before), inputs(...after))).toBe(told);
  });

  it("names another type", () => {
    expect(changedInputs(features, inputs("hours", "plan"))).toBe('"plan" was string and is number');
  });
});

describe("whySeen", () => {
  const at = (iso: string) => Date.parse(iso);
  const seen = (from: string) => `v3 has learned from rows up to 2026-02-28, and the holdout begins at ${from}`;

  it.each<[why: string, from: number | null, because: string | null]>([
    ["newer rows", at("2026-02-28T00:00:01Z"), null],
    ["the last row that it knows", at("2026-02-28"), seen("2026-02-28")],
    ["earlier rows", at("2026-02-27T06:00:00Z"), seen("2026-02-27T06:00:00.000Z")],
    ["no time", null, "without `time` nobody can tell which rows v3 has learned from"],
  ])("%s", (_why, from, because) => {
    expect(whySeen(live, from, "the holdout")).toBe(because);
  });

  it("takes the word of the holdout where a version has no other", () => {
    const { learner: its } = live.lineage;
    const older = { number: 3, lineage: { learner: its, holdout } };

    expect(whySeen(older, at("2026-02-20"), "the holdout")).toBeNull();
    expect(whySeen({ ...older, lineage: { ...older.lineage, trainedUntil: null } }, at("2026-02-20"), "x")).toMatch(
      /^without/,
    );
  });
});
