import { describe, expect, it } from "vitest";
import type { TargetSpec } from "../features/feature-spec.ts";
import { randomBits } from "../statistics/resampling/random-bits.ts";
import { compareModels, type ModelsRequest } from "./compare-models.ts";
import { dummyMetric, dummyPredictions } from "./dummy.ts";

const target: TargetSpec = { name: "left", task: "binary", classes: [false, true] };
const rows = 400;
const next = randomBits(3);
const uniform = () => (next() + 0.5) / 4_294_967_296;
const labels = Float64Array.from({ length: rows }, () => Number(uniform() < 0.3));
const model = (signal: number) =>
  labels.map((y) => Math.min(0.99, Math.max(0.01, 0.3 + signal * (y - 0.3) + 0.5 * (uniform() - 0.5))));
const good = model(0.3);
const other = model(0.28);
const blind = labels.map((_, row) => 0.3 + ((row * 13) % 17) / 100);

/** A request whose models answer with predictions alone. */
interface Change extends Partial<Omit<ModelsRequest, "champion" | "challenger" | "dummy">> {
  readonly champion?: Float64Array | null;
  readonly challenger?: Float64Array;
  readonly trainingLabels?: Float64Array;
  readonly trainingWeights?: Float64Array;
}
function request({
  champion = other,
  challenger = good,
  trainingLabels = labels,
  trainingWeights,
  ...change
}: Change): ModelsRequest {
  const rowCount = (change.labels ?? labels).length;
  return {
    target,
    labels,
    dummy: { predictions: dummyPredictions(target, trainingLabels, trainingWeights ?? null, rowCount) },
    champion: champion && { predictions: champion },
    challenger: { predictions: challenger },
    groups: null,
    weights: null,
    sensitive: false,
    duplicates: new Uint32Array(0),
    metrics: ["rocAuc", "brier"],
    primary: "rocAuc",
    minRows: 200,
    seed: 1,
    replicates: 300,
    ...change,
  };
}
const codes = (change: Change) => compareModels(request(change)).findings.map(({ code }) => code);

describe("compareModels", () => {
  it("measures every metric on both, and the challenger against the dummy", () => {
    const { metrics, dummy, findings } = compareModels(request({}));

    expect(metrics.map(({ metric, method }) => [metric, method])).toEqual([
      ["rocAuc", "delong"],
      ["brier", "paired-bootstrap"],
    ]);
    expect(dummy).toMatchObject({ metric: "rocAuc", dummy: 0.5 });
    expect(dummy.pSuperior).toBeLessThan(1e-6);
    expect(findings).toEqual([]);
  });

  it.each<[why: string, change: Change, expected: string[]]>([
    ["a model that knows nothing", { challenger: blind }, ["no-better-than-dummy"]],
    ["the same with a loss", { challenger: blind, primary: "logLoss", metrics: ["logLoss"] }, ["no-better-than-dummy"]],
    ["nor does it without a champion", { challenger: blind, champion: null }, ["no-better-than-dummy"]],
    ["all alike is told once", { challenger: good.map(() => 0.3) }, ["constant-predictions"]],
    ["probabilities that are off", { challenger: good.map((p) => Math.min(0.99, p + 0.15)) }, ["calibration-worse"]],
  ])("%s", (_why, change, expected) => {
    expect(codes(change).filter((code) => code !== "rare-class-never-predicted")).toEqual(expected);
  });

  it("counts a row of weight 2 like two rows", () => {
    const weights = labels.map((_, row) => 1 + (row % 2));
    const twice = Uint32Array.from([...weights].flatMap((weight, row) => Array<number>(weight).fill(row)));
    const repeated = (values: Float64Array) => Float64Array.from(twice, (row) => values[row]!);
    const all = { labels: repeated(labels), champion: repeated(other), challenger: repeated(good) };

    const byWeight = compareModels(request({ weights, trainingWeights: weights, primary: "brier" }));
    const byRows = compareModels(request({ ...all, trainingLabels: all.labels, primary: "brier" }));

    expect(byWeight.metrics.map(({ method }) => method)).toEqual(["paired-bootstrap", "paired-bootstrap"]);
    for (const [i, { improvement }] of byWeight.metrics.entries()) {
      expect(improvement).toBeCloseTo(byRows.metrics[i]!.improvement!, 12);
    }
    expect(byWeight.dummy.improvement).toBeCloseTo(byRows.dummy.improvement!, 12);
    expect(byWeight.metrics[1]!.improvement).not.toBe(compareModels(request({})).metrics[1]!.improvement);
  });

  it("compares probabilities with the weighted share of a class", () => {
    const weights = labels.map((y) => (y === 1 ? 20 : 1)); // what a model of weighted rows has learnt
    const raised = good.map((p) => (20 * p) / (1 + 19 * p));

    expect(codes({ challenger: raised, weights: null })).toContain("biased-predictions");
    expect(codes({ challenger: raised, weights, trainingWeights: weights })).not.toContain("biased-predictions");
  });

  it("asks little of a challenger on few rows: a better value", () => {
    const few = Uint32Array.of(...labels.keys()).slice(0, 24);
    const part = (values: Float64Array) => Float64Array.from(few, (row) => values[row]!);
    const weak = part(labels).map((y, i) => 0.3 + 0.05 * y + ((i * 7) % 11) / 20);
    const small = { labels: part(labels), champion: null, challenger: weak };
    const { dummy } = compareModels(request(small));
    expect(dummy.improvement).toBeGreaterThan(0);
    expect(dummy.pSuperior).toBeGreaterThan(0.05);

    expect(codes(small)).not.toContain("no-better-than-dummy");
    expect(codes({ ...small, minRows: 20 })).toContain("dummy-undecided");
  });

  it("measures the primary metric without duplicates", () => {
    const duplicates = Uint32Array.of(0, 5, 7);

    const { withoutDuplicates } = compareModels(request({ duplicates }));

    const keep = (values: Float64Array) => values.filter((_, row) => !duplicates.includes(row));
    const expected = compareModels(request({ labels: keep(labels), champion: keep(other), challenger: keep(good) }));
    expect(withoutDuplicates!.rows).toBe(rows - 3);
    expect(withoutDuplicates!.metric.challenger).toBe(expected.metrics[0]!.challenger);
    expect(compareModels(request({})).withoutDuplicates).toBeNull();
  });

  it("trusts rows less that come four at a time", () => {
    const four = (values: Float64Array) =>
      Float64Array.from({ length: 4 * rows }, (_, i) => values[Math.floor(i / 4)]!);
    const copied = { labels: four(labels), champion: four(other), challenger: four(good) };
    const groups = Int32Array.from({ length: 4 * rows }, (_, i) => Math.floor(i / 4));
    const error = (change: Change) => compareModels(request(change)).metrics[1]!.standardError!;

    const once = error({});
    expect(error(copied) / once).toBeCloseTo(0.5, 1);
    expect(error({ ...copied, groups }) / once).toBeCloseTo(1, 1);
  });
});

describe("the dummy model", () => {
  it.each([
    ["binary", [false, true], [0, 0, 1, 0], [0.25, 0.25]],
    ["regression", null, [1, 2, 6], [3, 3]],
    ["multiclass", ["a", "b", "c"], [0, 1, 1, 2], [0.25, 0.5, 0.25, 0.25, 0.5, 0.25]],
  ] as const)("%s", (task, classes, training, expected) => {
    expect([
      ...dummyPredictions({ task, classes: classes && [...classes] }, Float64Array.from(training), null, 2),
    ]).toEqual(expected);
  });

  it.each([
    ["rocAuc", "rocAuc"],
    ["logLoss", "logLoss"],
    ["ece", "rocAuc"],
    ["f1", "rocAuc"],
  ] as const)("of %s is told by %s", (primary, metric) => {
    expect(dummyMetric(primary)).toBe(metric);
  });
});

describe("what the champion shows on the same rows", () => {
  const high = labels.map((_, row) => 0.9 + ((row * 13) % 17) / 1000);
  const codesOf = (change: Change) => {
    const { findings, ofChampion } = compareModels(request(change));
    return [findings, ofChampion].map((each) => each.map(({ code }) => code));
  };

  it("is found beside what the challenger shows", () => {
    expect(codesOf({ champion: high })[1]).toContain("biased-predictions");
    expect(codesOf({ champion: null })[1]).toEqual([]);
  });

  it("has the dummy in it where the challenger is not better than it", () => {
    expect(codesOf({ champion: blind, challenger: blind })).toEqual([
      expect.arrayContaining(["no-better-than-dummy"]),
      expect.arrayContaining(["no-better-than-dummy"]),
    ]);
    expect(codesOf({ champion: other, challenger: blind })[1]).not.toContain("no-better-than-dummy");
    expect(codesOf({ champion: blind, challenger: good })[1]).not.toContain("no-better-than-dummy");
  });
});
