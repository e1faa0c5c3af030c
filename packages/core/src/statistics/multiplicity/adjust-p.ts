/** A p-value, or `null` where no test was made: it stays `null` and does not count as one of the tests. */
type P = number | null;

/**
 * Holm's step-down adjustment: holds the chance of any false rejection, under any dependence. For what blocks.
 *
 * Example: [0.01, null, 0.04, 0.03] gives [0.03, null, 0.06, 0.06]. Adjusted p-values keep the order of the raw ones.
 * Source: Holm (1979), Scandinavian Journal of Statistics 6.
 */
export function holm(p: readonly P[]): P[] {
  return adjust(p, (sorted) => {
    let largest = 0;
    return sorted.map((value, i) => (largest = Math.max(largest, value * (sorted.length - i))));
  });
}

/**
 * Benjamini and Hochberg's step-up adjustment: holds the share of false alarms among the alarms. For what alerts.
 *
 * Source: Benjamini & Hochberg (1995), JRSS B 57.
 */
export function benjaminiHochberg(p: readonly P[]): P[] {
  return adjust(p, (sorted) => stepUp(sorted));
}

function stepUp(sorted: readonly number[]): number[] {
  const tests = sorted.length;
  let smallest = Infinity;
  return sorted
    .map((value, i) => (value * tests) / (i + 1))
    .reverse()
    .map((value) => (smallest = Math.min(smallest, value)))
    .reverse();
}

/** Applies a method to the ascending p-values of the tests made, caps at 1, and restores order and gaps. */
function adjust(p: readonly P[], method: (sorted: readonly number[]) => number[]): P[] {
  const made = p.flatMap((value, index) => (value === null ? [] : [{ value, index }]));
  made.sort((a, b) => a.value - b.value);
  const adjusted = method(made.map(({ value }) => value));
  const result = p.map((): P => null);
  for (const [rank, { index }] of made.entries()) result[index] = Math.min(1, adjusted[rank]!);
  return result;
}
