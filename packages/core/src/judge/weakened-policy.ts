import { sliceName } from "../spec/slice-name.ts";
import type { Budget, FairnessRule, Gate, ModelSpec } from "../spec/model-spec.ts";

type PromotionPolicy = Pick<ModelSpec, "gates" | "fairness" | "budget" | "margin" | "merge" | "holdout">;

/** Limits that a gate can have, with the direction in which it asks for less. */
const looserWhen = { min: "lower", max: "higher", maxRegression: "higher", minImprovement: "lower" } as const;
type Limit = keyof typeof looserWhen;

/**
 * What a change of a model's policy asks less of than before, one clause each. Nothing is forbidden here: the bar
 * comes from the base branch, and a reviewer should know that the next one is lower.
 */
export function weakenedPolicy(before: PromotionPolicy, after: PromotionPolicy): string[] {
  const gates = before.gates.flatMap((gate) => weakenedGate(gate, after.gates));
  const margin = (after.margin ?? 0) > (before.margin ?? 0) ? [`\`margin\` grows to ${after.margin}`] : [];
  const merge = before.merge === "review" && after.merge === "auto" ? ["`merge` becomes `auto`"] : [];
  const rows =
    after.holdout.minRows < before.holdout.minRows
      ? [`\`holdout.minRows\` falls from ${before.holdout.minRows} to ${after.holdout.minRows}`]
      : [];
  const fairness = before.fairness.flatMap((rule) => weakenedFairness(rule, after.fairness));
  return [...gates, ...fairness, ...weakenedBudget(before.budget, after.budget), ...margin, ...merge, ...rows];
}

function weakenedFairness(rule: FairnessRule, after: readonly FairnessRule[]): string[] {
  const now = after.find(({ group }) => group === rule.group);
  if (now === undefined) return [`\`fairness\` for ${rule.group} is gone`];
  const clause = (key: "minSelectionRatio" | "maxOpportunityGapGrowth", isLooser: boolean) =>
    isLooser ? [`\`fairness.${key}\` for ${rule.group} is loosened to ${now[key]}`] : [];
  return [
    ...clause("minSelectionRatio", now.minSelectionRatio < rule.minSelectionRatio),
    ...clause("maxOpportunityGapGrowth", now.maxOpportunityGapGrowth > rule.maxOpportunityGapGrowth),
  ];
}

function weakenedBudget(before: Budget, after: Budget): string[] {
  return (["maxLatencyRatio", "maxP95MsPer1000Rows", "maxSizeRatio"] as const).flatMap((key) => {
    const [then, now] = [before[key], after[key]];
    if (then === undefined || (now !== undefined && now <= then)) return [];
    return [now === undefined ? `\`budget.${key}\` is gone` : `\`budget.${key}\` grows to ${now}`];
  });
}

function weakenedGate(gate: Gate, after: readonly Gate[]): string[] {
  const [limit, value] = limitOf(gate);
  const name = `the gate \`${gate.metric} ${limit}: ${value}\`${gate.slice === undefined ? "" : ` for ${sliceName(gate.slice)}`}`;
  const same = after.filter(
    (other) =>
      other.metric === gate.metric &&
      sliceName(other.slice ?? []) === sliceName(gate.slice ?? []) &&
      limitOf(other)[0] === limit,
  );
  if (same.length === 0) return [`${name} is gone`];
  const asksAsMuch = same.some((other) => {
    const now = limitOf(other)[1];
    const looser = looserWhen[limit] === "lower" ? now < value : now > value;
    return !looser && strictness(other) >= strictness(gate);
  });
  return asksAsMuch ? [] : [`${name} is loosened to ${limitOf(same[0]!)[1]}`];
}

/** What chance excuses: everything that it explains, nothing, and less than nothing. */
function strictness({ significant, critical }: Gate): number {
  return significant === true ? 0 : critical === true ? 2 : 1;
}

function limitOf(gate: Gate): [Limit, number] {
  const limits = Object.keys(looserWhen) as Limit[];
  const limit = limits.find((name) => gate[name] !== undefined)!;
  return [limit, gate[limit]!];
}
