/** The holdout rows whose id a row of the training side has too, in the order of `holdout`. */
export function sharedRows(
  ids: BigUint64Array,
  trainingSide: readonly Uint32Array[],
  holdout: Uint32Array,
): Uint32Array {
  const held = new Set<bigint>();
  for (const row of holdout) held.add(ids[row]!);
  const shared = new Set<bigint>();
  for (const rows of trainingSide) {
    for (const row of rows) {
      if (held.has(ids[row]!)) shared.add(ids[row]!);
    }
  }
  return shared.size === 0 ? new Uint32Array(0) : holdout.filter((row) => shared.has(ids[row]!));
}
