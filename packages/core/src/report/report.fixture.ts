import type { ColumnDrift } from "../data/measure-drift.ts";
import type { Finding } from "../data/finding.ts";
import { firstModel, refresh, slice } from "../judge/comparison.fixture.ts";
import type { AnswerFacts } from "../judge/answer-facts.ts";
import type { Comparison, MetricRow, SliceRow } from "../judge/comparison.ts";
import type { Guards } from "../judge/guards.ts";
import { judge } from "../judge/judge.ts";
import type { RelianceFacts } from "../judge/reliance.ts";
import type { Gate } from "../spec/model-spec.ts";
import type { ReportInput } from "./report-input.ts";

export const gates: Gate[] = [
  { metric: "rocAuc", min: 0.7 },
  { metric: "rocAuc", maxRegression: 0.02 },
  { metric: "logLoss", maxRegression: 0.01 },
  { metric: "rocAuc", maxRegression: 0.05, slice: "*", significant: true },
];

const guards: Guards = {
  fairness: [{ group: "region", minSelectionRatio: 0.8, maxOpportunityGapGrowth: 0.02 }],
  budget: { maxLatencyRatio: 1.25, maxP95MsPer1000Rows: 5, maxSizeRatio: 2 },
};

/** A row whose interval and p are those of a normal distribution with this standard error. */
function tested(
  metric: MetricRow["metric"],
  values: readonly [champion: number, challenger: number],
  improvement: number,
  standardError: number,
  pSuperior: number,
): MetricRow {
  const [champion, challenger] = values;
  const reach = 1.6449 * standardError;
  return {
    metric,
    champion,
    challenger,
    improvement,
    standardError,
    pSuperior,
    interval: [improvement - reach, improvement + reach],
    method: metric === "rocAuc" ? "delong" : "paired-bootstrap",
  };
}

const holdout: Comparison["holdout"] = {
  ...refresh.holdout,
  rows: 1480,
  from: "2026-02-01T00:00:00Z",
  to: "2026-05-31T00:00:00Z",
  digest: "4f".repeat(32),
};

const bins = (shift: number) =>
  Array.from({ length: 10 }, (_, i) => ({
    rows: 148,
    predicted: 0.02 + 0.06 * i,
    observed: 0.05 + 0.06 * i + shift * (i - 4) * 0.005,
  }));

const rates = (selectionRate: number) => ({ selectionRate, truePositiveRate: 0.6, falsePositiveRate: 0.1 });

function slicesOf(plan: string, values: readonly string[]): SliceRow[] {
  const improvements = [0.03, -0.04, 0.015];
  const sufficient = values.map((value, i): SliceRow => {
    const improvement = improvements[i % 3]!;
    const metrics = [tested("rocAuc", [0.72, 0.72 + improvement], improvement, 0.03, 0.3)];
    return slice(true, { column: plan, value, rows: 400 - 10 * i, metrics, pRegression: 0.1, pHolm: 0.3 });
  });
  const tiny = slice(false, { column: plan, value: `${values[0]} of old`, rows: 12, metrics: [] });
  return [...sufficient, tiny];
}

function driftOf(column: string, change: Partial<ColumnDrift>): ColumnDrift {
  return {
    column,
    role: "feature",
    status: "ok",
    reason: null,
    importance: 0.25,
    psi: 0.02,
    floor: 0.1,
    p: 0.4,
    ks: 0.03,
    wasserstein: 0.05,
    jsDistanceBase2: null,
    counts: { before: [5, 8, 12, 20, 12, 8, 5, 0], now: [5, 9, 12, 19, 12, 8, 5, 1] },
    ...change,
  };
}

const curvesOf = (bend: number) => ({
  roc: [0, 0.1, 0.25, 0.5, 1].map((x) => [x, Math.min(1, x * bend + (x > 0 ? 0.1 : 0))] as const),
  pr: [0.1, 0.4, 0.7, 1].map((x) => [x, 0.9 - 0.2 * x * (3 - bend)] as const),
});

const binaryAnswers: AnswerFacts = {
  kind: "classes",
  classes: ["stays", "leaves"],
  champion: [
    [900, 180],
    [160, 240],
  ],
  challenger: [
    [930, 150],
    [150, 250],
  ],
  curves: { champion: curvesOf(1.6), challenger: curvesOf(1.8) },
};

/** Words that come from data or from people, each in every place where such words go. */
export interface Words {
  readonly column: string;
  readonly values: readonly string[];
  readonly file: string;
  readonly person: string;
}

export const plain: Words = {
  column: "plan",
  values: ["basic", "plus", "pro"],
  file: "data/churn/2026-05.csv",
  person: "the release is on Friday",
};

export const warning = ({ column, values, file }: Words): Finding => ({
  code: "new-category",
  severity: "warning",
  file,
  column,
  line: 12,
  message: `The column "${column}" has new values: "${values[0]}".`,
  hint: `Add "${values[0]}" to the enum of "${column}".`,
});

export function compare(change: Partial<Comparison> = {}, words: Words = plain): Comparison {
  const { column, values } = words;
  return {
    ...refresh,
    holdout,
    metrics: [
      tested("rocAuc", [0.7412, 0.7569], 0.0157, 0.0091, 0.0423),
      tested("logLoss", [0.4871, 0.4795], 0.0076, 0.0058, 0.0951),
    ],
    classRows: [1080, 400],
    dummy: { ...refresh.dummy, challenger: 0.7569, improvement: 0.2569, interval: [0.2319, 0.2819] },
    answers: binaryAnswers,
    calibration: { champion: bins(1.5), challenger: bins(0.4) },
    withoutDuplicates: { rows: 1402, metric: tested("rocAuc", [0.7398, 0.7546], 0.0148, 0.0094, 0.0577) },
    slices: slicesOf(column, values),
    tests: [
      {
        against: "champion",
        kind: "non-inferiority",
        improvement: 0.0157,
        standardError: 0.0091,
        method: "delong",
        margin: 0.0226,
        p: 0.0000128,
        alpha: 0.05,
        detectable: 0.0226,
        passed: true,
      },
      {
        against: "anchor",
        kind: "non-inferiority",
        improvement: 0.0211,
        standardError: 0.0102,
        method: "delong",
        margin: 0.0254,
        p: 0.0000026,
        alpha: 0.05,
        detectable: 0.0254,
        passed: true,
      },
    ],
    fairness: [
      {
        column,
        groups: values.map((value, i) => ({
          value,
          rows: 400 - 10 * i,
          sufficient: i < 2,
          champion: rates(0.3),
          challenger: rates(0.31 - 0.01 * i),
        })),
        selectionRatio: { champion: 0.95, challenger: 0.94, interval: [0.88, 0.99], pWorse: 0.31 },
        opportunityGap: { champion: 0.02, challenger: 0.03, interval: [0.01, 0.06], pWorse: 0.22 },
      },
    ],
    cost: {
      latency: {
        challengerMs: 2.31,
        challengerP95Ms: 2.78,
        champion: { ms: 2.04, ratio: 1.1324, interval: [1.0871, 1.1763] },
        batches: 50,
        batchRows: 1000,
      },
      size: { champion: 61_440, challenger: 74_112 },
    },
    findings: [warning(words)],
    ...change,
  };
}

/** Of two inputs out of five, the second one of no use. */
function relianceOn(column: string): RelianceFacts {
  return {
    rows: 740,
    inputs: 5,
    columns: [
      { input: column, metric: tested("rocAuc", [0.7569, 0.6532], -0.1037, 0.012, 1) },
      { input: "hours", metric: tested("rocAuc", [0.7569, 0.7571], 0.0002, 0.0015, 0.447) },
    ],
  };
}

/** A whole report's input, judged for real. */
export function inputOf(comparison: Comparison, words: Words = plain, change: Partial<ReportInput> = {}): ReportInput {
  const { column, values, file, person } = words;
  const rules = { ...guards, fairness: guards.fairness.map((rule) => ({ ...rule, group: column })) };
  return {
    model: "churn",
    specFile: "models/churn/model.yaml",
    branch: "refit--churn",
    baseBranch: "main",
    championLabel: "v3",
    earlier: [
      { label: "v1", at: Date.UTC(2026, 0, 4), value: 0.7105 },
      { label: "v2", at: Date.UTC(2026, 2, 2), value: undefined },
      { label: "v3", at: Date.UTC(2026, 3, 1), value: 0.7466 },
    ],
    reasons: [
      { kind: "new-rows", newRows: 600, minNewRows: 500 },
      { kind: "drift", feature: column, psi: 0.2417 },
      { kind: "forced", words: person },
    ],
    comparison,
    reliance: relianceOn(column),
    verdict: judge(comparison, gates, rules),
    look: 2,
    alpha: 0.0076,
    data: {
      rows: 5400,
      files: 4,
      news: { files: [{ path: file, rows: 600, added: 600, corrected: 0, copied: 0 }], lost: 0, changes: null },
      labels: ["left"],
      findings: [warning(words)],
      drift: [
        driftOf("hours", {}),
        driftOf(column, {
          status: "drift",
          psi: 0.2417,
          p: 0.00002,
          ks: null,
          wasserstein: null,
          jsDistanceBase2: 0.1718,
          counts: { before: [40, 35, 25, 0], now: [22, 38, 31, 9] },
        }),
        driftOf(`${column} left`, { role: "target", importance: null, psi: 0.004 }),
        driftOf(`${column} new`, {
          status: "insufficient",
          reason: "new",
          importance: null,
          psi: null,
          floor: null,
          p: null,
          ks: null,
          wasserstein: null,
          counts: null,
        }),
      ],
      classifier: { status: "drift", rows: 600, auc: 0.6412, p: 1e-9, features: [column, "hours"] },
    },
    training: {
      candidates: [
        { learner: "gbdt", validation: 0.7519, bytes: 74_112, seconds: 3.24, chosen: true },
        {
          learner: words === plain ? "linear" : values[0]!,
          window: { days: 60, halfLifeDays: 14 },
          validation: 0.7388,
          bytes: 2_048,
          seconds: 0.41,
          chosen: false,
        },
      ],
      seed: 7,
      unlabelledRows: 213,
      trainRows: 3136,
      validationRows: 784,
      inputDigest: "9c1f".repeat(16),
    },
    inputs: [
      { name: column, type: "string" },
      { name: "hours", type: "number" },
    ],
    attention: { rolledBack: null, lowered: [] },
    notices: [],
    ...change,
  };
}

export const firstComparison: Comparison = {
  ...firstModel,
  holdout,
  metrics: [
    { ...firstModel.metrics[0]!, challenger: 0.7466 },
    { ...firstModel.metrics[0]!, metric: "logLoss", challenger: 0.4902 },
  ],
  dummy: { ...firstModel.dummy, challenger: 0.7466, improvement: 0.2466, interval: [0.2213, 0.2719] },
  answers: { ...binaryAnswers, champion: null, curves: { champion: null, challenger: curvesOf(1.7) } },
  calibration: { champion: null, challenger: bins(0.8) },
  cost: {
    latency: { challengerMs: 2.31, challengerP95Ms: 2.78, champion: null, batches: 50, batchRows: 1000 },
    size: null,
  },
};

const residualsOf = (spread: number) =>
  Array.from({ length: 10 }, (_, i) => ({
    rows: 148,
    predicted: 120 + 35 * i,
    low: -spread * (1 + 0.2 * i),
    median: 4 - i * spread * 0.05,
    high: spread * (1 + 0.25 * i),
  }));

/** A price, compared by its mean absolute error. */
export function compareNumbers(words: Words = plain): Comparison {
  return compare(
    {
      primary: "mae",
      metrics: [tested("mae", [31.42, 29.87], 1.55, 0.71, 0.0145), tested("rmse", [48.1, 49.9], -1.8, 0.9, 0.977)],
      answers: { kind: "numbers", champion: residualsOf(30), challenger: residualsOf(24) },
      calibration: null,
      withoutDuplicates: null,
      slices: [],
      fairness: [],
      classRows: null,
      dummy: {
        ...refresh.dummy,
        metric: "mae",
        dummy: 88.2,
        challenger: 29.87,
        improvement: 58.33,
        interval: [56.1, 60.5],
      },
    },
    words,
  );
}

/** One of three kinds, compared by logLoss. */
export function compareClasses(words: Words = plain): Comparison {
  return compare(
    {
      primary: "logLoss",
      metrics: [
        tested("logLoss", [0.8123, 0.7804], 0.0319, 0.0121, 0.0042),
        tested("f1Macro", [0.61, 0.64], 0.03, 0.02, 0.07),
      ],
      answers: {
        kind: "classes",
        classes: [...words.values],
        champion: [
          [420, 60, 40],
          [70, 380, 50],
          [60, 80, 320],
        ],
        challenger: [
          [440, 50, 30],
          [60, 400, 40],
          [50, 70, 340],
        ],
        curves: null,
      },
      classRows: [520, 500, 460],
      dummy: {
        ...refresh.dummy,
        metric: "logLoss",
        dummy: 1.0976,
        challenger: 0.7804,
        improvement: 0.3172,
        interval: [0.29, 0.34],
      },
      calibration: null,
      withoutDuplicates: null,
      slices: [],
      fairness: [],
    },
    words,
  );
}
