/**
 * Indices that sort `values` ascending; equal values keep their order.
 *
 * @throws RangeError for NaN, which has no rank: loops over ties would never end.
 */
export function sortedOrder(values: Float64Array): Uint32Array {
  if (values.some(Number.isNaN)) throw new RangeError("NaN has no rank");
  const order = Uint32Array.from(values, (_, index) => index);
  return order.sort((a, b) => values[a]! - values[b]! || a - b);
}
