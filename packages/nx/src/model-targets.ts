import type { TargetConfiguration } from "nx/src/devkit-exports.js";

/** A named input of each model's project: what people write of it, and the files that it learns from. */
export const sourcesInput = "modelSources";

type TargetInputs = NonNullable<TargetConfiguration["inputs"]>;

/**
 * What can be done with a model, each a command of refit. None is cached: all of them read the live version from git's history, and
 * `retrain` and `verify` the forge. Their inputs tell `nx affected` which models a change concerns.
 *
 * @param model a name that has been checked: it becomes part of a command line.
 */
export function modelTargets(model: string, others: TargetInputs): Record<string, TargetConfiguration> {
  const inputs: TargetInputs = [sourcesInput, ...others];
  const target = (command: string, description: string): TargetConfiguration => ({
    command: `refit ${command} ${model}`,
    cache: false,
    inputs,
    metadata: { description, technologies: ["refit"] },
  });
  const afterBuild = { dependsOn: ["^build"] };
  return {
    check: target("check", "Check the data and the features of the work tree."),
    retrain: {
      ...target("run", "Check the data, decide, retrain, compare with the champion, and propose the result."),
      ...afterBuild,
    },
    verify: {
      ...target("verify", "Make the version that merging would promote again, compare every byte, apply the gates."),
      ...afterBuild,
    },
    drift: target("drift", "Compare new rows with the champion's training data."),
    serve: { ...target("serve", "Answer over HTTP with the live version."), continuous: true },
  };
}
