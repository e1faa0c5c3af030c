import { answerOf, type TrainAnswer } from "@refit/core/answers";
import { UsageError } from "@refit/core/errors";
import { visibleText } from "@refit/core/report";
import type { Ports } from "../ports/index.ts";
import type { TrainedCandidatesOf } from "../runs/train-candidates.ts";
import type { Flags } from "./command.ts";
import { emptyFolder, trainedLines } from "./hand-over-folder.ts";
import { limitHelp, limitOption } from "./limits.ts";

export const usage =
  "refit train [model…] --out FOLDER [--candidate N|DIGEST]… [--force REASON] [--memory SIZE] [--limit NAME=NUMBER]… [--json]";
export const summary =
  "Train due models into a folder, so that `refit run --candidates` in another job can judge and propose them. Writes nothing else; `refit plan` shows what it would train.";
export const examples = [
  ["refit train churn --out trained", "for a run in another job"],
  ["refit train churn --candidate 2 --out trained", "one candidate only"],
] as const;
export const options = {
  out: { type: "string" },
  candidate: { type: "string", multiple: true },
  force: { type: "string" },
  ...limitOption,
  json: { type: "boolean" },
} as const;
export const optionHelp = {
  out: "an empty or new folder, relative to the root of the repository",
  candidate:
    "train only this candidate, into a folder of its own: its number in model.yaml, from 1, or its digest from `refit plan --by candidate`; may be repeated. Take the folders of all of them with `refit choose` or `refit run --candidates`",
  force: "train now, for this reason, whatever the triggers and the cool-down say",
  ...limitHelp,
  json: "print the folder's digest and the result for each model as JSON",
};

/** Data that are refused end it as well with 0: the run that takes the folder says so, and alerts. A model that failed ends it with 2. */
export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  const { candidate: wanted } = flags;
  if (wanted !== undefined) checkWanted(wanted, args);
  const folder = await emptyFolder(ports, flags, usage);
  const force = flags.force ?? null;
  if (wanted !== undefined) {
    const { trainCandidates } = await import("../runs/train-candidates.ts");
    const models = await trainCandidates(ports, args, { force, folder, wanted, usage });
    if (flags.json === true) ports.out.print(JSON.stringify(answerOf({ models }) satisfies TrainAnswer, null, 2));
    else for (const line of candidateLines(models, flags.out!)) ports.out.print(line);
    return models.some(({ result }) => result === "failed") ? 2 : 0;
  }
  const { trainModels } = await import("../runs/train-models.ts");
  const handedOver = await trainModels(ports, args, { force, folder, trained: null });
  if (flags.json === true) ports.out.print(JSON.stringify(answerOf(handedOver) satisfies TrainAnswer, null, 2));
  else {
    for (const trained of handedOver.models) for (const line of trainedLines(trained)) ports.out.print(line);
    ports.out.print(`to propose: refit run --candidates ${flags.out}@${handedOver.candidates}`);
  }
  return handedOver.models.some(({ result }) => result === "failed") ? 2 : 0;
}

function checkWanted(wanted: readonly string[], models: readonly string[]): void {
  const odd = wanted.find((word) => !/^(?:[1-9]\d{0,8}|sha256:[0-9a-f]{64})$/.test(word));
  if (odd !== undefined) {
    throw new UsageError(
      `--candidate ${JSON.stringify(odd)} is neither the number of a candidate nor a digest such as sha256:….`,
      usage,
    );
  }
  if (models.length !== 1 && wanted.some((word) => !word.startsWith("sha256:"))) {
    throw new UsageError("The number of a candidate belongs to one model: name that model, or use digests.", usage);
  }
}

function candidateLines(models: readonly TrainedCandidatesOf[], out: string): string[] {
  const lines = models.flatMap((each) => {
    if (each.result !== "trained") return trainedLines(each);
    return each.candidates.map(({ candidate, learner, folder, failure }) =>
      failure === null
        ? `${each.model}: candidate ${candidate} (${learner}) is in ${out}/${folder}`
        : `${each.model}: candidate ${candidate} (${learner}) was not trained: ${visibleText(failure, 2000)}`,
    );
  });
  const isAny = models.some(({ result }) => result === "trained");
  const next = `to choose, judge and propose, with the folders of all candidates in one folder: refit run --candidates ${out}`;
  return isAny ? [...lines, next] : lines;
}
