import { NotServedError } from "@refit/core/errors";
import { answersNewRows } from "@refit/core/runtime";
import type { OpeningTools } from "../../ports/http-server.ts";
import type { Ports } from "../../ports/index.ts";
import type { AnsweringVersion } from "../predict/answering-version.ts";

/** The learner that opens a version, from the registry of all commands. @throws NotServedError, LearnerMissingError, OnnxRuntimeMissingError */
export async function versionTools(
  { learners }: Pick<Ports, "learners">,
  { features, lineage, settings }: AnsweringVersion,
): Promise<OpeningTools> {
  const { name } = lineage.learner;
  if (!answersNewRows(name)) throw new NotServedError("predictions");
  const file = features.inputs.find(({ type }) => type === "file");
  if (file !== undefined) throw new NotServedError({ files: file.name });
  const learner = await learners.get(name);
  const load = learner.serve ?? learner.load;
  return {
    learners: {
      [name]: { load: async (files) => load.call(learner, files), needsValues: learner.answersAtOnce !== true },
    },
    threshold: features.threshold ?? settings.spec.metrics.threshold ?? 0.5,
  };
}
