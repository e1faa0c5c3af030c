/** Draws whole numbers below a bound, the same for a seed. */
export type Draw = (below: number) => number;

export function drawing(seed: number): Draw {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return ((state >>> 8) * below) >>> 24;
  };
}

export function shuffled<Value>(values: readonly Value[], draw: Draw): Value[] {
  const left = [...values];
  return values.map(() => left.splice(draw(left.length), 1)[0]!);
}

export const oneOf = <Value>(values: readonly Value[], draw: Draw): Value => values[draw(values.length)]!;
