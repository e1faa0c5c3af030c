import type { Evidence } from "../../../src/products/outcome.ts";

/**
 * The verdict as a reviewer would work it out with a pocket calculator, from nothing but what `refit run --json` printed:
 * none of refit's own code is used here.
 */
export interface Recomputed {
  readonly kind: "promote" | "inconclusive" | "hold" | "block";
  /** What the evidence says of itself and does not hold. */
  readonly contradictions: readonly string[];
}

type Evaluation = Evidence["evaluation"];
type Verdict = Evidence["verdict"];
type Metric = Evaluation["metrics"][number];
type Test = Evaluation["tests"][number];

const lowerIsBetter = ["logLoss", "brier", "ece", "mae", "rmse", "mape"];

export function recompute({ evaluation, verdict }: Evidence): Recomputed {
  const contradictions: string[] = [];
  const check = (what: string, told: unknown, found: unknown) => {
    const same = typeof told === "number" && typeof found === "number" ? isClose(told, found) : told === found;
    if (!same) contradictions.push(`${what}: told ${String(told)}, found ${String(found)}`);
  };
  for (const row of evaluation.metrics) checkMetric(row, check);
  for (const slice of evaluation.slices) for (const row of slice.metrics) checkMetric(row, check);
  checkHolm(evaluation.slices, check);
  for (const test of evaluation.tests) checkTest(test, evaluation, check);
  for (const row of verdict.gates) check(`gate ${JSON.stringify(row.gate)}`, row.result, gateResult(row, evaluation));
  for (const row of verdict.guards) check(`guard ${row.guard}`, row.result, guardResult(row, evaluation));
  return { kind: kindOf(evaluation, verdict), contradictions };
}

type Check = (what: string, told: unknown, found: unknown) => void;

function checkMetric(row: Metric, check: Check): void {
  if (row.champion === undefined || row.challenger === undefined) return;
  const sign = lowerIsBetter.includes(row.metric) ? -1 : 1;
  check(`improvement of ${row.metric}`, row.improvement, sign * (row.challenger - row.champion));
  if (row.method !== "delong") return;
  const reach = 1.6448536269514722 * row.standardError!;
  check("lower end", row.interval![0], row.improvement! - reach);
  check("upper end", row.interval![1], row.improvement! + reach);
  check("p (not better)", row.pSuperior, upperTail(row.improvement! / row.standardError!));
}

function checkHolm(slices: Evaluation["slices"], check: Check): void {
  const tested = slices.filter(({ pRegression }) => pRegression !== null);
  const sorted = tested.toSorted((a, b) => a.pRegression! - b.pRegression!);
  let least = 0;
  for (const [i, { value, pRegression, pHolm }] of sorted.entries()) {
    least = Math.max(least, Math.min(1, (sorted.length - i) * pRegression!));
    check(`Holm's p of ${value}`, pHolm, least);
  }
}

function checkTest(test: Test, { look }: Evaluation, check: Check): void {
  const alpha = test.kind === "superiority" ? (0.05 * 6) / (Math.PI * Math.PI * look * look) : 0.05;
  check("alpha", test.alpha, alpha);
  check("passed", test.passed, passes(test));
  if (test.standardError === null) return;
  const z = (test.improvement! + (test.kind === "non-inferiority" ? test.margin : 0)) / test.standardError;
  if (test.kind === "non-inferiority" || test.method === "delong") {
    check("p of the test", test.p, upperTail(test.kind === "harm" ? -z : z));
  }
  if (test.kind !== "superiority") check("detectable", test.detectable, mostErrors * test.standardError);
}

/** Standard errors that a one-sided test at 0.05 finds four times in five. */
const mostErrors = 1.6448536269514722 + 0.8416212335729143;

function passes({ kind, p, alpha, detectable, margin, method, improvement, standardError }: Test): boolean {
  if (kind !== "harm") return p !== null && p <= alpha;
  const isRuledOut =
    improvement! > 0 && standardError !== null && upperTail((improvement! + margin) / standardError) <= 0.05;
  const isSeen = (detectable !== null && detectable <= margin) || isRuledOut;
  return (method === "none" && p === 1) || (p !== null && p > alpha && isSeen);
}

interface Place {
  readonly column: string;
  readonly value: string;
}

const hasChampion = ({ kind }: Evaluation) => kind === "refresh" || kind === "change";

function gateResult({ gate, slice, value, p }: Verdict["gates"][number], evaluation: Evaluation): string {
  const relative = gate.maxRegression !== undefined || gate.minImprovement !== undefined;
  if (relative && !hasChampion(evaluation)) return "skipped";
  if (gate.slice !== undefined && slice === null) return "insufficient";
  const place = slice === null ? evaluation : evaluation.slices.find((s) => isSame(s, slice));
  const row = place?.metrics.find(({ metric }) => metric === gate.metric);
  const measured = relative ? row?.improvement : row?.challenger;
  if (measured !== value) return "the value is not that of the comparison";
  if (value === undefined) return "undefined";
  const reached =
    gate.min !== undefined
      ? value >= gate.min
      : gate.max !== undefined
        ? value <= gate.max
        : value >= (gate.minImprovement ?? -gate.maxRegression!);
  if (gate.significant === true) return reached || (p !== null && p >= 0.05) ? "passed" : "failed";
  return reached && !(gate.critical === true && p !== null && p < 0.05) ? "passed" : "failed";
}

const isSame = (a: Place, b: Place) => a.column === b.column && a.value === b.value;

function guardResult(
  { guard, column, value, interval, p, limit }: Verdict["guards"][number],
  { fairness }: Evaluation,
): string {
  const facts = fairness.find((one) => one.column === column);
  switch (guard) {
    case "minSelectionRatio": {
      if (value === undefined) return "insufficient";
      const byChance = facts!.selectionRatio.champion === undefined ? interval![1] >= limit : p !== null && p >= 0.05;
      return value < limit && !byChance ? "failed" : "passed";
    }
    case "maxOpportunityGapGrowth":
      if (facts!.opportunityGap.challenger === undefined) return "insufficient";
      if (value === undefined) return "skipped";
      return value > limit && (p === null || p < 0.05) ? "failed" : "passed";
    case "maxLatencyRatio":
      // JSON has no NaN: what could not be measured is null there, and fails.
      return value === undefined ? "skipped" : value !== null && interval![0] <= limit ? "passed" : "failed";
    case "maxP95MsPer1000Rows":
      return value !== undefined && value <= limit ? "passed" : "failed";
    default:
      return value === undefined ? "skipped" : value <= limit ? "passed" : "failed";
  }
}

function kindOf(evaluation: Evaluation, { gates, guards }: Verdict): Recomputed["kind"] {
  const results = [...gates, ...guards].map(({ result }) => result);
  const primary = evaluation.metrics.find(({ metric }) => metric === evaluation.primary);
  const blocked =
    gates.length === 0 ||
    results.includes("undefined") ||
    primary?.challenger === undefined ||
    evaluation.missingSlices.length > 0 ||
    evaluation.findings.some(({ severity }) => severity !== "warning");
  if (blocked) return "block";
  if (results.includes("failed") || (hasChampion(evaluation) && (primary.interval?.[1] ?? 0) < 0)) return "hold";
  const small =
    guards.some(({ result, column }) => result === "insufficient" && column !== null) ||
    gates.some(({ result, gate }) => result === "insufficient" && gate.critical === true);
  const weak = evaluation.tests.some(({ passed }) => passed === false);
  return small || weak || evaluation.holdout.rows < evaluation.minRows ? "inconclusive" : "promote";
}

function isClose(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 + 1e-6 * Math.abs(b);
}

/** 1 − Φ(z) by Simpson's rule, which anybody can check. */
function upperTail(z: number): number {
  if (z < 0) return 1 - upperTail(-z);
  const density = (x: number) => Math.exp(-(x * x) / 2) / Math.sqrt(2 * Math.PI);
  const steps = 4000;
  const width = 12 / steps;
  let sum = density(z) + density(z + 12);
  for (let i = 1; i < steps; i++) sum += (i % 2 === 1 ? 4 : 2) * density(z + i * width);
  return (sum * width) / 3;
}
