/**
 * Sums of integers do not depend on their order, as those of fractions do, so that days can be added up in any.
 *
 * @throws RangeError above 2^53, from where doubles leave integers out. Ten million rows a day for a year stay below.
 */
export function addIntegers(a: number, b: number): number {
  const sum = a + b;
  if (!Number.isSafeInteger(sum)) throw new RangeError(`${a} + ${b} is not an integer that a double holds exactly`);
  return sum;
}
