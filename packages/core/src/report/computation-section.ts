import type { Comparison, TestResult } from "../judge/comparison.ts";
import { number } from "./number-text.ts";
import { paragraph, tableOf, type Block, type Section } from "./section.ts";
import { code, say, type Text } from "./text.ts";

const methodWords = {
  delong: "DeLong",
  mcnemar: "McNemar",
  "paired-bootstrap": "paired bootstrap",
  none: "none",
} as const;

/** All that is needed to recompute the verdict from the two versions and the holdout. */
export function computationSection({
  comparison,
  look,
  alpha,
}: {
  readonly comparison: Comparison;
  readonly look: number;
  readonly alpha: number;
}): Section {
  const { bootstrap, holdout, tests, slices, cost } = comparison;
  const slicesTested = slices.filter(({ pRegression }) => pRegression !== null).length;
  const drawn = bootstrap.groups === null ? "rows" : `${bootstrap.groups} whole groups`;
  const hasMetricTests = comparison.metrics.some(({ pSuperior }) => pSuperior !== null);
  const isTested = tests.length > 0 || hasMetricTests;
  const items = [
    say`${holdout.rows} holdout rows, digest ${code(holdout.digest)}.`,
    say`Bootstrap: Poisson(1) counts of ${drawn}, ${bootstrap.replicates} replicates, seed ${bootstrap.seed}; percentile intervals; p = (1 + replicates not above 0) / (replicates + 1), or the normal tail where none is.`,
    ...(isTested ? testWays(look, alpha) : []),
    ...(slicesTested > 0 ? [say`Slices: one-sided, Holm over ${slicesTested}.`] : []),
    ...(cost.size === null ? [] : [say`Artifacts: ${cost.size.champion} → ${cost.size.challenger} bytes.`]),
    ...latencyLines(comparison),
  ];
  const tested = tests.length === 0 ? paragraph(say`No test: there is no champion to compare with.`) : testTable(tests);
  const byMetric = hasMetricTests ? [metricTable(comparison)] : [];
  const summary = say`Numbers to recompute the verdict from`;
  return {
    id: "computation",
    title: "How it was computed",
    body: [{ kind: "details", summary, blocks: [tested, ...byMetric, { kind: "list", items }] }],
    keep: 10,
  };
}

/** Nobody asks how a test is made where there was nothing to test against. */
function testWays(look: number, alpha: number): Text[] {
  return [
    say`Harm: p of “no worse”, by DeLong, the exact binomial p by McNemar (rows on which only one of the two is right), else the bootstrap's p; detectable = 2.486 standard errors, four times in five. Non-inferiority: p = 1 − Φ((improvement + margin) / standard error). Superiority: p of “no better”, as for harm.`,
    say`Look ${look}: alpha = 0.05 × 6 / (π² × ${look}²) = ${digits(alpha)} for superiority; a refresh always uses 0.05.`,
  ];
}

function metricTable({ metrics }: Comparison): Block {
  const rows = metrics.map((row) => [
    row.metric,
    methodWords[row.method],
    ...[row.improvement, row.standardError, row.pSuperior].map(digits),
  ]);
  return tableOf(["metric", "method", "improvement", "standard error", "p of “no better”"], rows);
}

function testTable(tests: readonly TestResult[]): Block {
  const rows = tests.map((test) => [
    `${test.kind} against the ${test.against}`,
    methodWords[test.method],
    ...[test.improvement, test.standardError, test.margin, test.p, test.alpha, test.detectable].map(digits),
  ]);
  return tableOf(["test", "method", "improvement", "standard error", "margin", "p", "alpha", "detectable"], rows);
}

/** Enough digits to check a p-value with. */
function digits(value: number | null | undefined): string {
  return value === null || value === undefined ? "–" : String(Number(value.toPrecision(6)));
}

function latencyLines({ cost: { latency } }: Comparison): Text[] {
  if (latency === null) return [];
  const { champion, challengerMs, challengerP95Ms, batches, batchRows } = latency;
  const turns = champion === null ? "" : `, alternating with the champion's in one process: ${number(champion.ms)} →`;
  return [
    say`Latency: medians of ${batches} batches of ${batchRows} rows each${champion === null ? ":" : turns} ${number(challengerMs)} ms; 95 % of the challenger's take at most ${number(challengerP95Ms)} ms.`,
  ];
}
