import { layoutFile, modelOfSpec, nameProblem, type WithLayout } from "@refit/core/spec";
import type { KeptFacts } from "./kept-facts.ts";

/** A model of the workspace, by its spec. */
export interface SpecFile {
  /** Such as `eu/churn`. */
  readonly model: string;
  /** From the root of the workspace, with `/`. */
  readonly path: string;
  /** Its folder, which is the name of its project as well: `churn` alone could be the name of an app, and Nx builds no graph with two projects of one name. */
  readonly folder: string;
}

/** What Nx looks for; `refit.yaml` says which of them are models. */
export const specGlob = "**/model.yaml";

/** The models among files that Nx has found; what a version carries, and what refit refuses as a name, is none of them. */
export function specFiles(found: readonly string[], at: WithLayout): SpecFile[] {
  return found.flatMap((file) => {
    const path = file.replaceAll("\\", "/");
    const model = modelOfSpec(path, at);
    const folder = path.slice(0, -"/model.yaml".length);
    return model !== null && nameProblem(model) === null ? [{ model, path, folder }] : [];
  });
}

/** As `refit.yaml` of the workspace says; one that cannot be read counts as none, and refit tells why when a target runs. */
export async function layoutIn(kept: KeptFacts): Promise<WithLayout> {
  const globs = (await kept.read("layout", [layoutFile])).get(layoutFile)?.models ?? [];
  return globs.length === 0 ? {} : { layout: { models: globs } };
}
