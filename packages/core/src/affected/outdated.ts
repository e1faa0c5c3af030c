import type { InputDigests } from "../digest/input-digest.ts";
import type { Lineage } from "../lineage/lineage.ts";

/** What of a model is not what its live version was trained on. */
export const outdatedParts = ["never-trained", "spec", "manifest", "code", "learner", "data"] as const;
export type OutdatedPart = (typeof outdatedParts)[number];

/** Data files by content, of the model's rows and its further tables. */
export interface ContentOfData {
  readonly files: readonly string[];
  readonly tables: ReadonlyMap<string, readonly string[]>;
}

/**
 * In what the inputs of a model differ from those that its live version says it was trained on; empty: in nothing.
 *
 * @param lineage of the live version; `null`: none is live.
 */
export function outdatedSince(
  lineage: Lineage | null,
  now: InputDigests,
  data: ContentOfData,
): readonly OutdatedPart[] {
  if (lineage === null) return ["never-trained"];
  // It was not trained on what is here, and its digests say so.
  if (lineage.declared?.by === "import" || lineage.inputDigest === now.input) return [];
  const { digests } = lineage;
  const parts: OutdatedPart[] = [];
  if (digests.spec !== now.spec) parts.push("spec");
  if (digests.manifest !== now.manifest) parts.push("manifest");
  if (digests.code !== now.code) parts.push("code");
  if (parts.length === 0 && digests.settings !== now.settings) parts.push("learner");
  const known = { files: lineage.data.files, tables: new Map(Object.entries(lineage.data.tables ?? {})) };
  const digestsOf = (files: readonly { readonly sha256: string }[]) => files.map(({ sha256 }) => sha256);
  const then = {
    files: digestsOf(known.files),
    tables: new Map([...known.tables].map(([name, files]) => [name, digestsOf(files)])),
  };
  if (contentOf(then) !== contentOf(data)) parts.push("data");
  // What decides training and is in none of these cannot be named.
  return parts.length === 0 ? ["data"] : parts;
}

function contentOf({ files, tables }: ContentOfData): string {
  const further = [...tables].filter(([, each]) => each.length > 0).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([[...files].sort(), further.map(([name, each]) => [name, [...each].sort()])]);
}
