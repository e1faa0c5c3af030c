import { LearnerMissingError, RefitError } from "@refit/core/errors";
import type { Learners } from "../../ports/learners.ts";
import { calibrated } from "./calibrated.ts";
import { commandPrograms } from "./command/index.ts";
import type { ProgramTools } from "./command/job.ts";
import type { LearnerPackage } from "./learner-package.ts";
import { modelsFromElsewhere } from "./onnx/index.ts";
import { networks } from "./tfjs/index.ts";
import { importedPredictions } from "./predictions/index.ts";
import { tabular } from "./tabular/index.ts";

/** The learners that come with refit, in the order in which the reference lists them. */
export function installedLearners(tools: ProgramTools): Learners {
  const nameable = [
    tabular,
    commandPrograms(tools),
    modelsFromElsewhere(tools.folder ?? process.cwd()),
    networks(tools),
  ];
  return learnersOf(nameable, [importedPredictions]);
}

/**
 * The learners of these packages; each package is loaded by the first question for one of its learners.
 *
 * @param ofVersions those that no candidate may name.
 */
function learnersOf(nameable: readonly LearnerPackage[], ofVersions: readonly LearnerPackage[]): Learners {
  const all = [...nameable, ...ofVersions];
  const installed = nameable.flatMap(({ descriptors }) => descriptors);
  const ownerOf = (name: string) => all.find(({ descriptors }) => descriptors.some((each) => each.name === name));
  const unknown = (name: string) =>
    new LearnerMissingError(
      name,
      installed.map((each) => each.name),
    );
  return {
    installed,

    async get(name) {
      const learner = (await ownerOf(name)?.load())?.[name];
      if (learner !== undefined) return calibrated(learner);
      throw unknown(name);
    },

    async missing(candidate) {
      const owner = ownerOf(candidate.learner);
      if (owner === undefined) return unknown(candidate.learner);
      try {
        await owner.find?.(candidate);
        return null;
      } catch (error) {
        if (error instanceof RefitError) return error;
        throw error;
      }
    },
  };
}
