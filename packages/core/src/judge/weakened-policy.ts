import type { Gate, ModelSpec } from "../spec/model-spec.ts";

type Policy = Pick<ModelSpec, "gates" | "margin" | "merge" | "holdout">;

/** Limits that a gate can have, with the direction in which it asks for less. */
const looserWhen = { min: "lower", max: "higher", maxRegression: "higher", minImprovement: "lower" } as const;
type Limit = keyof typeof looserWhen;

/**
 * What a change of a model's policy asks less of than before, one clause each. Nothing is forbidden here: the bar
 * comes from the base branch, and a reviewer should know that the next one is lower.
 */
export function weakenedPolicy(before: Policy, after: Policy): string[] {
  const gates = before.gates.flatMap((gate) => weakenedGate(gate, after.gates));
  const margin = (after.margin ?? 0) > (before.margin ?? 0) ? [`\`margin\` grows to ${after.margin}`] : [];
  const merge = before.merge === "review" && after.merge === "auto" ? ["`merge` becomes `auto`"] : [];
  const rows =
    after.holdout.minRows < before.holdout.minRows
      ? [`\`holdout.minRows\` falls from ${before.holdout.minRows} to ${after.holdout.minRows}`]
      : [];
  return [...gates, ...margin, ...merge, ...rows];
}

function weakenedGate(gate: Gate, after: readonly Gate[]): string[] {
  const [limit, value] = limitOf(gate);
  const name = `the gate \`${gate.metric} ${limit}: ${value}\`${gate.slice === undefined ? "" : ` for ${gate.slice}`}`;
  const same = after.filter(
    (other) => other.metric === gate.metric && other.slice === gate.slice && limitOf(other)[0] === limit,
  );
  if (same.length === 0) return [`${name} is gone`];
  const asksAsMuch = same.some((other) => {
    const now = limitOf(other)[1];
    const looser = looserWhen[limit] === "lower" ? now < value : now > value;
    return !looser && (other.significant !== true || gate.significant === true);
  });
  return asksAsMuch ? [] : [`${name} is loosened to ${limitOf(same[0]!)[1]}`];
}

function limitOf(gate: Gate): [Limit, number] {
  const limits = Object.keys(looserWhen) as Limit[];
  const limit = limits.find((name) => gate[name] !== undefined)!;
  return [limit, gate[limit]!];
}
