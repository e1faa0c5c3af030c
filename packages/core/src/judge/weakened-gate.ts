import type { Gate } from "../spec/model-spec.ts";
import { sliceName } from "../spec/slice-name.ts";

/** Limits that a gate can have, with the direction in which it asks for less. */
const looserWhen = { min: "lower", max: "higher", maxRegression: "higher", minImprovement: "lower" } as const;
type Limit = keyof typeof looserWhen;

/** Nothing, or one clause about a gate that is gone, or of which none asks as much. */
export function weakenedGate(gate: Gate, after: readonly Gate[]): string[] {
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
