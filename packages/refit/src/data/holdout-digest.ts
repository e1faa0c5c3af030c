import { sha256 } from "../sha256.ts";

/** sha256 over the sorted row digests of some rows: the same rows in any order are the same holdout. */
export function holdoutDigest(rows: Uint32Array, digests: BigUint64Array): string {
  const own = BigUint64Array.from(rows, (row) => digests[row]!).sort();
  return sha256(new Uint8Array(own.buffer));
}
