import { globPattern } from "@refit/core/spec";
import type { Diagnosis } from "../../../../ports/diagnosis.ts";

/**
 * @param text of CODEOWNERS; `null`: there is none.
 * @param beside folders of models outside of `models/`.
 */
export function diagnoseOwners(text: string | null, beside: readonly string[]): Diagnosis[] {
  const patterns = (text ?? "").split("\n").flatMap((line) => /^\s*(\S+)\s+\S*@/.exec(line)?.[1] ?? []);
  const isUsualOwned = patterns.some((pattern) => /^(?:\*|\/?models\/?(?:\*\*?)?(?:\/.*)?)$/.test(pattern));
  const unowned = beside.filter((folder) => !patterns.some((pattern) => owns(pattern, folder)));
  return [...(isUsualOwned ? [] : ["models"]), ...unowned].map((folder) => ({
    severity: "warning",
    what: `CODEOWNERS names nobody for ${folder}/, so a proposal can be merged without the people who are responsible for the model.`,
    fix: `Add \`/${folder}/ @your-team\` to .github/CODEOWNERS, and require their review in the branch's rules.`,
  }));
}

/** Whether a pattern covers a folder, or one above it. Without a slash in it, or only at its end, it may begin anywhere. */
function owns(pattern: string, folder: string): boolean {
  const glob = pattern.replaceAll(/^\/|\/$/g, "");
  const parts = folder.split("/");
  const above = parts.map((_, depth) => parts.slice(0, depth + 1).join("/"));
  const isAnchored = pattern.slice(0, -1).includes("/");
  const { test } = globPattern(glob);
  return (isAnchored ? [...above, `${folder}/champion`] : parts).some(test);
}
