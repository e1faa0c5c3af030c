import { learnedUntil, type Lineage } from "@refit/core/history";
import type { Learned } from "@refit/core/report";
import type { Ports } from "../ports/index.ts";
import { decodeText } from "../text.ts";

/** How far each version has learned, as it says itself. One call of git for all. */
export async function learnedOf({ git }: Pick<Ports, "git">, treeIds: readonly string[]): Promise<Learned[]> {
  const contents = treeIds.length === 0 ? [] : await git.read(treeIds.map((treeId) => `${treeId}:lineage.json`));
  return contents.map((bytes) => (bytes === null ? unknown : claimed(decodeText(bytes))));
}

const unknown: Learned = { until: null, isDeclared: false };

/** By hand, as `readClaims` does: a listing of a thousand models must not check a thousand schemas. */
function claimed(text: string): Learned {
  try {
    const lineage = JSON.parse(text) as Lineage;
    const said: unknown = learnedUntil(lineage);
    const until = typeof said === "string" && !Number.isNaN(Date.parse(said)) ? said : null;
    return { until, isDeclared: lineage.declared !== undefined };
  } catch {
    return unknown;
  }
}
