import type { Lineage } from "@refit/core/history";
import { parseCached } from "../specs/parse-cache.ts";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";

/** @returns `null` where there is no valid `lineage.json`. */
export async function readLineage(ports: Ports, repository: Repository, object: string): Promise<Lineage | null> {
  const [bytes] = await ports.git.read([object]);
  if (bytes === null || bytes === undefined) return null;
  return parseCached(ports.files, repository, "lineage", new TextDecoder().decode(bytes), async (content) => {
    const { parseLineage } = await import("./stored-files.ts");
    return parseLineage(content);
  });
}
