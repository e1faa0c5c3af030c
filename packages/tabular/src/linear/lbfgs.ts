/** A smooth function: fills `gradient` [n] and returns the value at `point` [n]. */
export type Evaluate = (point: Float64Array, gradient: Float64Array) => number;

export interface Minimum {
  readonly point: Float64Array;
  readonly value: number;
}

interface Position extends Minimum {
  readonly gradient: Float64Array;
}

/** How many pairs of steps and gradient changes are kept to estimate the curvature; 3 to 20 is usual. */
const MEMORY = 10;

/** Largest entry of the gradient at which a point counts as the minimum. */
const GRADIENT_TOLERANCE = 1e-8;

/** A step that lowers the value by a smaller share than this is the last; no metric would show the rest. */
const VALUE_TOLERANCE = 1e-12;

/**
 * Minimise a smooth convex function of n numbers from `start` [n] by L-BFGS (Nocedal & Wright, Numerical Optimization,
 * algorithm 7.5). Each iteration calls `evaluate` about once and does O(MEMORY × n) work besides.
 *
 * Stops at the minimum, when a step hardly descends, or after `maxIterations`. The value is not finite
 * only when it is not finite at `start`.
 *
 * @param onIteration called with the number of iterations done.
 */
export function minimise(
  evaluate: Evaluate,
  start: Float64Array,
  maxIterations: number,
  onIteration: (done: number) => void,
): Minimum {
  let here = positionAt(evaluate, start);
  const steps: Float64Array[] = [];
  const changes: Float64Array[] = [];
  for (let iteration = 1; iteration <= maxIterations && Number.isFinite(here.value); iteration++) {
    if (here.gradient.every((slope) => Math.abs(slope) <= GRADIENT_TOLERANCE)) break;
    const next = searchLine(evaluate, here, descentDirection(here.gradient, steps, changes));
    if (next === null) break;
    steps.push(difference(next.point, here.point));
    changes.push(difference(next.gradient, here.gradient));
    if (steps.length > MEMORY) {
      steps.shift();
      changes.shift();
    }
    const gained = here.value - next.value;
    here = next;
    onIteration(iteration);
    if (gained <= VALUE_TOLERANCE * Math.abs(here.value)) break;
  }
  return here;
}

function positionAt(evaluate: Evaluate, point: Float64Array): Position {
  const gradient = new Float64Array(point.length);
  return { point, value: evaluate(point, gradient), gradient };
}

/** The two-loop recursion (algorithm 7.4): minus the gradient, times an estimate of the inverse Hessian. */
function descentDirection(gradient: Float64Array, steps: Float64Array[], changes: Float64Array[]): Float64Array {
  const direction = gradient.map((slope) => -slope);
  const last = steps.length - 1;
  if (last < 0) {
    const length = Math.sqrt(dot(gradient, gradient));
    return direction.map((entry) => entry / Math.max(1, length));
  }
  const factors = new Float64Array(steps.length);
  for (let i = last; i >= 0; i--) {
    factors[i] = dot(steps[i]!, direction) / dot(steps[i]!, changes[i]!);
    addScaled(direction, -factors[i]!, changes[i]!);
  }
  const scale = dot(steps[last]!, changes[last]!) / dot(changes[last]!, changes[last]!);
  for (let j = 0; j < direction.length; j++) direction[j]! *= scale;
  for (let i = 0; i <= last; i++) {
    const correction = dot(changes[i]!, direction) / dot(steps[i]!, changes[i]!);
    addScaled(direction, factors[i]! - correction, steps[i]!);
  }
  return direction;
}

/**
 * A step along `direction` that keeps the weak Wolfe conditions, by bisection (Lewis & Overton 2013, algorithm 2.6);
 * they make every remembered pair usable. `null` when rounding leaves no such step.
 */
function searchLine(evaluate: Evaluate, here: Position, direction: Float64Array): Position | null {
  const slope = dot(here.gradient, direction);
  if (!(slope < 0)) return null;
  let low = 0;
  let high = Infinity;
  let step = 1;
  for (let attempt = 0; attempt < 60; attempt++) {
    const point = Float64Array.from(here.point);
    addScaled(point, step, direction);
    const next = positionAt(evaluate, point);
    if (!(next.value <= here.value + 1e-4 * step * slope)) high = step;
    else if (dot(next.gradient, direction) < 0.9 * slope) low = step;
    else return next.value < here.value ? next : null;
    step = high === Infinity ? 2 * low : (low + high) / 2;
  }
  return null;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function addScaled(to: Float64Array, factor: number, vector: Float64Array): void {
  for (let i = 0; i < to.length; i++) to[i]! += factor * vector[i]!;
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((entry, i) => entry - b[i]!);
}
