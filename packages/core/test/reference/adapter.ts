import type { Answer } from "./compare.ts";

/** Numbers of a case's input; NaN and infinities are written as text. */
export type Numbers = readonly (number | string)[];

/** Each `fn` of a case file, and what the functions of ours that it means say to an input of it. */
export type Adapters = Readonly<Record<string, (input: never) => Answer>>;

export function floats(numbers: Numbers): Float64Array {
  return Float64Array.from(numbers, Number);
}
