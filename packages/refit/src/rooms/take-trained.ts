import { ArtifactInvalidError, CandidatesMissingError } from "@refit/core/errors";
import { absenceSentence, pickCandidates, type PickedCandidate } from "@refit/core/history";
import type { CandidateSettings } from "@refit/core/runtime";
import type { NamedFolder, TrainedCandidates } from "../products/candidates.ts";
import type { RowContext } from "../products/context.ts";
import type { Prepared } from "../products/prepared.ts";
import { artifactBytes, toldSettings, type Candidate } from "../products/training.ts";
import { isOfCandidate, untrained, type Bench, type TrainPorts } from "./bench.ts";
import { whyNotJudged } from "./compared-rows.ts";
import { scoreCandidate, type TrainedCandidate } from "./train-candidate.ts";

interface Handed {
  readonly bench: Bench;
  readonly prepared: Prepared;
  readonly handed: TrainedCandidates;
  readonly inputDigest: string;
}

/**
 * The candidates that other jobs have trained, in place of training them here. Only artifacts and the seconds that they took come from there:
 * settings are those of the base branch, and every model is scored here, on the same rows. One that is missing or cannot be used is told, as one that failed is.
 *
 * @throws CandidatesMissingError where none is left.
 */
export async function takeTrained(
  ports: TrainPorts,
  { request, champion, spec }: RowContext,
  { bench, prepared, handed, inputDigest }: Handed,
): Promise<readonly (Candidate | TrainedCandidate)[]> {
  for (const sentence of handed.refused) ports.out.notice(sentence);
  const due = { inputDigest, parent: champion?.treeId ?? null };
  const picked = pickCandidates(handed.of(request.model), due, bench.all.length);
  const candidates: (Candidate | TrainedCandidate)[] = [];
  for (const [i, settings] of bench.all.entries()) {
    const problem = whyNotJudged(spec, bench.all, settings, prepared)?.message ?? null;
    const taken = problem ?? (await takeOne(picked[i]!, settings));
    candidates.push(typeof taken === "string" ? await untrained(ports, settings, { failure: taken }) : taken);
  }
  if (candidates.every(({ failure }) => failure !== undefined)) {
    const why = candidates.map(({ settings, failure }, i) => `${i + 1} (${settings.learner}): ${failure}`);
    throw new CandidatesMissingError(request.model, why);
  }
  return candidates;

  /** @returns why it cannot be taken, as a sentence, or the candidate. */
  async function takeOne(one: PickedCandidate<NamedFolder>, settings: CandidateSettings) {
    if ("absence" in one) return absenceSentence(one.absence);
    const { folder } = one;
    if (folder.failure !== undefined) return folder.failure;
    const artifact = await handed.artifact(folder);
    ports.out.progress(`Scoring ${settings.learner}`);
    try {
      return await scored(settings, { artifact, seconds: folder.seconds });
    } catch (error) {
      if (error instanceof ArtifactInvalidError || isOfCandidate(error))
        return `What its job handed over is not a model that can be used: ${error.message}`;
      throw error;
    }
  }

  async function scored(
    settings: CandidateSettings,
    { artifact, seconds }: Pick<TrainedCandidate, "artifact" | "seconds">,
  ): Promise<TrainedCandidate> {
    const learner = await ports.learners.get(settings.learner);
    const code = await bench.codeOf(settings);
    const start = await bench.startOf(settings, code);
    return {
      ...(await scoreCandidate(ports, spec, { settings, artifact }, await bench.scoring())),
      settings: toldSettings(learner, settings, artifact),
      algorithmVersion: learner.algorithmVersion,
      artifact,
      code,
      bytes: artifactBytes(artifact),
      seconds,
      ...(start && { start }),
    };
  }
}
