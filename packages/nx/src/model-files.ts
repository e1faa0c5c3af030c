import { nameProblem } from "@refit/core/spec";

/** A model of the workspace, by its spec. */
export interface SpecFile {
  /** Such as `eu/churn`. */
  readonly model: string;
  /** From the root of the workspace, with `/`. */
  readonly path: string;
}

/** What Nx looks for. */
export const specGlob = "models/**/model.yaml";

/** The models among files that Nx has found; what a version carries, and what refit refuses as a name, is none of them. */
export function specFiles(found: readonly string[]): SpecFile[] {
  return found.flatMap((file) => {
    const path = file.replaceAll("\\", "/");
    const model = path.slice("models/".length, -"/model.yaml".length);
    return nameProblem(model) === null ? [{ model, path }] : [];
  });
}

/**
 * The name of a model's project, which is also its root. `churn` alone could be the name of an app, and Nx builds no graph
 * with two projects of one name.
 */
export const projectOf = (model: string): string => `models/${model}`;
