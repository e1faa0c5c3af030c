import { canaryFolder, championFolder, outputPattern } from "@refit/core/history";
import { globPattern, type WithLayout } from "@refit/core/spec";

/** Which versions of models: those in the folder of the champion, or of the canary. */
type VersionFolder = "champion" | "canary";

const places = { champion: championFolder, canary: canaryFolder } as const;

/**
 * Patterns of the versions of models that lack a line in the text of the `.gitattributes` at the root which keeps git from changing their
 * bytes, each once.
 */
export function unkeptPatterns(
  attributes: string,
  models: readonly string[],
  at: WithLayout,
  folder: VersionFolder = "champion",
): readonly string[] {
  const kept = attributes
    .split("\n")
    .filter((line) => /\s-text\b/.test(line) && /\s-merge\b/.test(line))
    .map((line) => globPattern(line.trim().split(/\s/)[0]!.replace(/^\//, "")));
  const open = models.filter((model) => !kept.some(({ test }) => test(`${places[folder](model, at)}/lineage.json`)));
  return [...new Set(open.map((model) => outputPattern(model, at, folder)))];
}
