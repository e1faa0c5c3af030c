import { quoted } from "../errors/name-words.ts";
import { finding } from "./finding-codes.ts";
import type { Finding } from "./finding.ts";

/**
 * Says which rows were left out, since a newer one has their key.
 *
 * @param key names of its columns. @param repeated `null`: none were.
 */
export function repeatedKeys(
  key: readonly string[],
  repeated: { readonly copies: number; readonly corrected: number } | null,
): Finding[] {
  if (repeated === null) return [];
  const { copies, corrected } = repeated;
  const rows = (count: number) => (count === 1 ? "1 row" : `${count} rows`);
  const parts = [
    ...(copies === 0 ? [] : [`${rows(copies)} ${copies === 1 ? "is an exact copy" : "are exact copies"}`]),
    ...(corrected === 0
      ? []
      : [`${rows(corrected)} ${corrected === 1 ? "was" : "were"} replaced by a later one with other values`]),
  ];
  const names = key.map((name) => quoted(name)).join(", ");
  const words = `Of the rows with the same key (${names}) only the newest counts: ${parts.join(", and ")}. They are neither trained on nor judged on.`;
  return [finding("key-repeated", { column: key[0]!, count: copies + corrected }, words)];
}
