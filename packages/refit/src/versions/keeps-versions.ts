import { championFolder } from "@refit/core/history";
import { globPattern, type WithLayout } from "@refit/core/spec";

/** Which models have a line in the text of the `.gitattributes` at the root that keeps git from changing the bytes of their versions. */
export function keepsVersions(attributes: string): (model: string, at: WithLayout) => boolean {
  const kept = attributes
    .split("\n")
    .filter((line) => /\s-text\b/.test(line) && /\s-merge\b/.test(line))
    .map((line) => globPattern(line.trim().split(/\s/)[0]!.replace(/^\//, "")));
  return (model, at) => kept.some(({ test }) => test(`${championFolder(model, at)}/lineage.json`));
}
