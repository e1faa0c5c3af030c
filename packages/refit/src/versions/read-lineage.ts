import { ArtifactInvalidError } from "@refit/core/errors";
import type { Lineage } from "@refit/core/history";
import { parseCached, type LazyParser } from "../specs/parse-cache.ts";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { decodeText } from "../text.ts";

/**
 * @param object such as `<tree>:lineage.json`.
 * @returns `null` where there is no `lineage.json`, or a damaged one.
 * @throws FormatNewerError
 */
export async function readLineage(
  ports: Pick<Ports, "git" | "files">,
  repository: Repository,
  object: string,
): Promise<Lineage | null> {
  const [bytes] = await ports.git.read([object]);
  if (bytes === null || bytes === undefined) return null;
  return parseCached(ports.files, repository, decodeText(bytes), lineageParser(object.slice(object.indexOf(":") + 1)));
}

const lineageParser = (file: string): LazyParser<Lineage | null> => ({
  kind: "lineage",
  async parse(content) {
    const { parseLineage } = await import("./stored-files.ts");
    try {
      return parseLineage(content, file);
    } catch (error) {
      if (error instanceof ArtifactInvalidError) return null;
      throw error;
    }
  },
});
