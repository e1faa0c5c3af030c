import { learnedUntil, type Lineage } from "@refit/core/history";
import type { Ports } from "../ports/index.ts";
import { decodeText } from "../text.ts";

/** The last instant that each version has learned from, ISO 8601; `null`: it does not say. One call of git for all. */
export async function learnedUntilOf(
  { git }: Pick<Ports, "git">,
  treeIds: readonly string[],
): Promise<(string | null)[]> {
  const contents = treeIds.length === 0 ? [] : await git.read(treeIds.map((treeId) => `${treeId}:lineage.json`));
  return contents.map((bytes) => (bytes === null ? null : claimed(decodeText(bytes))));
}

/** By hand, as `readClaims` does: a listing of a thousand models must not check a thousand schemas. */
function claimed(text: string): string | null {
  try {
    const said: unknown = learnedUntil(JSON.parse(text) as Lineage);
    return typeof said === "string" && !Number.isNaN(Date.parse(said)) ? said : null;
  } catch {
    return null;
  }
}
