import type { LeakageRequest } from "@refit/core/data";
import { sha256 } from "../sha256.ts";

type LeakageGround = Pick<LeakageRequest, "featureSpec" | "group" | "key" | "split">;

/** All that a search for leakage in a prepared table depends on: labels and digests follow from the rows and the transform. */
export function leakageKey({ featureSpec, key, group, split }: LeakageGround): string {
  const rows = [split.train, split.validation, split.holdout].map((part) =>
    sha256(new Uint8Array(part.buffer, part.byteOffset, part.byteLength)),
  );
  return JSON.stringify(["leakage", featureSpec, key, group, rows]);
}
