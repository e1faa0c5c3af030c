import type { Budget, FairnessRule, HoldoutPolicy, ModelSpec, RetrainPolicy } from "../spec/model-spec.ts";
import { measuredMetrics } from "../spec/metric-names.ts";
import { sliceName } from "../spec/slice-name.ts";
import { changedClause, gone, looserClause } from "./weakened-clauses.ts";
import { weakenedGate } from "./weakened-gate.ts";

/** What decides how a challenger is measured, when there is one, and how it becomes live. */
type PromotionPolicy = Pick<
  ModelSpec,
  | "approvals"
  | "budget"
  | "canary"
  | "data"
  | "fairness"
  | "gates"
  | "group"
  | "holdout"
  | "key"
  | "margin"
  | "maxModelMiB"
  | "merge"
  | "metrics"
  | "retrain"
  | "reviewers"
  | "slices"
  | "target"
  | "time"
>;

/**
 * What a change of a model's policy asks less of than before, one clause each. Nothing is forbidden here: the bar
 * comes from the base branch, and a reviewer should know that the next one is lower.
 */
export function weakenedPolicy(before: PromotionPolicy, after: PromotionPolicy): string[] {
  return [
    ...before.gates.flatMap((gate) => weakenedGate(gate, after.gates)),
    ...before.fairness.flatMap((rule) => weakenedFairness(rule, after.fairness)),
    ...weakenedBudget(before.budget, after.budget),
    ...((after.margin ?? 0) > (before.margin ?? 0) ? [`\`margin\` grows to ${after.margin}`] : []),
    ...weakenedMerge(before, after),
    ...weakenedQuestion(before, after),
    ...weakenedHoldout(before.holdout, after.holdout),
    ...weakenedMetrics(before, after),
    ...weakenedTriggers(before.retrain, after.retrain),
    ...weakenedCanary(before.canary, after.canary),
  ];
}

/** What a version has to show before everybody gets it. */
function weakenedCanary(before: PromotionPolicy["canary"], after: PromotionPolicy["canary"]): string[] {
  if (before === undefined) return [];
  if (after === undefined) return ["`canary` is gone, so a merge makes a new version the champion at once"];
  return [
    ...looserClause("canary.minLabels", "lower", before.minLabels, after.minLabels),
    ...looserClause("canary.margin", "higher", before.margin, after.margin),
    ...looserClause("canary.maxDays", "higher", before.maxDays, after.maxDays),
    ...changedClause("canary.steps", before.steps.join(", "), after.steps.join(", ")),
    ...changedClause("canary.outcome", before.outcome, after.outcome),
    ...(before.merge === "review" && after.merge === "auto" ? ["`canary.merge` becomes `auto`"] : []),
  ];
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
  return (["maxLatencyRatio", "maxP95MsPer1000Rows", "maxSizeRatio"] as const).flatMap((key) =>
    looserClause(`budget.${key}`, "higher", before[key], after[key]),
  );
}

function weakenedMerge(before: PromotionPolicy, after: PromotionPolicy): string[] {
  return [
    ...(before.merge === "review" && after.merge === "auto" ? ["`merge` becomes `auto`"] : []),
    ...weakenedApprovals(before.approvals, after.approvals),
    ...gone("`reviewers`", before.reviewers, after.reviewers),
    ...looserClause("maxModelMiB", "higher", before.maxModelMiB, after.maxModelMiB),
  ];
}

function weakenedApprovals(before: PromotionPolicy["approvals"], after: PromotionPolicy["approvals"]): string[] {
  if (before === undefined) return [];
  if (after === undefined) return ["`approvals` is gone"];
  const steps = ({ promotion, canarySteps }: typeof before) => canarySteps ?? promotion;
  const others = after.from === undefined ? before.from : after.from.filter((name) => !before.from?.includes(name));
  return [
    ...looserClause("approvals.promotion", "lower", before.promotion, after.promotion),
    ...looserClause("approvals.canarySteps", "lower", steps(before), steps(after)),
    ...(before.from === undefined || others === undefined || others.length === 0
      ? []
      : ["`approvals.from` lets other people approve"]),
  ];
}

/** What is predicted, and which rows count as unseen. */
function weakenedQuestion(before: PromotionPolicy, after: PromotionPolicy): string[] {
  const names = (key: PromotionPolicy["key"]) => (key === undefined ? undefined : [key].flat().join(", "));
  return [
    ...changedClause("data", before.data, after.data),
    ...changedClause("target", before.target, after.target),
    ...(before.time === undefined ? [] : changedClause("time", before.time, after.time)),
    ...(before.group === undefined ? [] : changedClause("group", before.group, after.group)),
    ...(before.key === undefined ? [] : changedClause("key", names(before.key), names(after.key))),
  ];
}

function weakenedHoldout(before: HoldoutPolicy, after: HoldoutPolicy): string[] {
  const fraction = ({ days, fraction: share }: HoldoutPolicy) => (days === undefined ? (share ?? 0.2) : undefined);
  return [
    ...looserClause("holdout.minRows", "lower", before.minRows, after.minRows),
    ...looserClause("holdout.days", "lower", before.days, after.days),
    ...looserClause("holdout.fraction", "lower", fraction(before), fraction(after)),
    ...looserClause("holdout.blockDays", "lower", before.blockDays, after.blockDays),
  ];
}

function weakenedMetrics(before: PromotionPolicy, after: PromotionPolicy): string[] {
  return [
    ...changedClause("metrics.primary", before.metrics.primary, after.metrics.primary),
    ...gone("`metrics`", measuredMetrics(before.metrics), measuredMetrics(after.metrics)),
    ...changedOwn(before.metrics.own ?? {}, after.metrics.own ?? {}),
    ...changedClause("metrics.threshold", before.metrics.threshold ?? 0.5, after.metrics.threshold ?? 0.5),
    ...changedClause("metrics.quantile", before.metrics.quantile ?? 0.5, after.metrics.quantile ?? 0.5),
    ...gone("`slices`", before.slices.map(sliceName), after.slices.map(sliceName)),
  ];
}

/** Metrics of the model's own that go by the same name and measure something else. */
function changedOwn(before: OwnMetrics, after: OwnMetrics): string[] {
  return Object.entries(before).flatMap(([name, { row, higherIsBetter }]) => {
    const now = Object.hasOwn(after, name) ? after[name] : undefined;
    if (now === undefined) return [];
    return [
      ...(now.row === row ? [] : [`the metric ${name} is changed: \`metrics.own.${name}.row\``]),
      ...changedClause(`metrics.own.${name}.higherIsBetter`, higherIsBetter, now.higherIsBetter),
    ];
  });
}

type OwnMetrics = NonNullable<ModelSpec["metrics"]["own"]>;

/** Triggers that are gone, or that fire later. */
function weakenedTriggers(before: RetrainPolicy, after: RetrainPolicy): string[] {
  const keys = ["maxAgeDays", "minNewRows", "performanceMargin", "cooldownHours"] as const;
  const switches = ["drift", "driftClassifier"] as const;
  return [
    ...keys.flatMap((key) => looserClause(`retrain.${key}`, "higher", before[key], after[key])),
    ...switches.flatMap((key) => (before[key] && !after[key] ? [`\`retrain.${key}\` is turned off`] : [])),
  ];
}
