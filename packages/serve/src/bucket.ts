import { hashedShare } from "./hashed.ts";

/** Who asks, and what the tree says of the canary. */
export interface CanaryShare {
  /** Git tree id of its folder. */
  readonly treeId: string;
  /** Share of the keys that it answers, in percent, 0 to 100. */
  readonly percent: number;
}

/**
 * Whether the canary answers a key: the first 52 bits of sha256(tree id + "\n" + key), over 2^52, are below the share. So a key stays with its
 * version, a larger share keeps all keys that a smaller one had, and the next canary meets other keys. Services in other languages compute the
 * same; docs/reference/bucket-vectors.json has keys with their values.
 */
export function isForCanary({ treeId, percent }: CanaryShare, key: string): boolean {
  return canaryBucket(treeId, key) < percent / 100;
}

/** Where a key falls, from 0 to below 1. @param key a lone surrogate counts as U+FFFD, as in UTF-8 */
export function canaryBucket(treeId: string, key: string): number {
  return hashedShare(`${treeId}\n${key}`);
}

/** The key of a row as one text: its value, or the JSON list of several. */
export function keyTextOf(values: readonly string[]): string {
  return values.length === 1 ? values[0]! : JSON.stringify(values);
}
