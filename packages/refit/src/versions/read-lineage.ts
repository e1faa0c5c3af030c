import { ArtifactInvalidError } from "@refit/core/errors";
import type { Lineage } from "@refit/core/history";
import { parsedObject, type LazyParser } from "../specs/parse-cache.ts";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";

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
  return parsedObject(ports, repository, object, lineageParser(object.slice(object.indexOf(":") + 1)));
}

export const lineageParser = (file: string): LazyParser<Lineage | null> => ({
  kind: "lineage",
  placeOf: (lineage) => `lineage ${lineage?.model ?? ""}`,
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
