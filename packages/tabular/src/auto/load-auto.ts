import type { ArtifactFiles, InstantPredictor } from "@refit/core/runtime";
import { type MemberFiles, readMembers } from "./members.ts";

/** How a model of each learner is opened. */
export type MemberLoaders = Readonly<
  Record<MemberFiles["settings"]["learner"], (files: ArtifactFiles) => Promise<InstantPredictor>>
>;

/**
 * Checks the files and opens the models of a blend; what was tried to find it is not read.
 *
 * @throws ArtifactInvalidError, FormatNewerError
 */
export async function loadAuto(files: ArtifactFiles, loaders: MemberLoaders): Promise<InstantPredictor> {
  const { members } = readMembers(files);
  const models = await Promise.all(
    members.map(async ({ share, settings, model }) => ({ share, ...(await loaders[settings.learner](model)) })),
  );
  const reads = models.map((model) => model.reads);
  return {
    ...(reads.every((each) => each !== undefined) && { reads: new Set(reads.flatMap((each) => [...each])) }),
    predict(features) {
      const [first, ...others] = models;
      const mixed = scaled(first!.predict(features), first!.share);
      for (const { share, predict } of others) {
        for (const [i, answer] of predict(features).entries()) mixed[i]! += share * answer;
      }
      return mixed;
    },
  };
}

const scaled = (answers: Float64Array, share: number) =>
  share === 1 ? answers : answers.map((answer) => share * answer);
