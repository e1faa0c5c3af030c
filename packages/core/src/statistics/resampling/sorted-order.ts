/** Indices that sort `values` ascending; equal values keep their order. Values must not be NaN. */
export function sortedOrder(values: Float64Array): Uint32Array {
  const order = Uint32Array.from(values, (_, index) => index);
  return order.sort((a, b) => values[a]! - values[b]! || a - b);
}
