import path from "node:path";
import { UsageError } from "@refit/core/errors";
import { handOverFile } from "@refit/core/history";
import { heldBackSentence, reasonSentence, terminalText } from "@refit/core/report";
import type { Ports } from "../ports/index.ts";
import type { TrainedModel } from "../runs/train-models.ts";
import type { Flags } from "./command.ts";
import { failedLines } from "./failed-lines.ts";
import { limitHelp, limitOption } from "./limits.ts";

export const usage =
  "refit train [model…] --out FOLDER [--force REASON] [--memory SIZE] [--limit NAME=NUMBER]… [--json]";
export const summary =
  "Train due models into a folder, so that `refit run --candidates` in another job can judge and propose them. Writes nothing else.";
export const options = {
  out: { type: "string" },
  force: { type: "string" },
  ...limitOption,
  json: { type: "boolean" },
} as const;
export const optionHelp = {
  out: "an empty or new folder, relative to the root of the repository",
  force: "train now, for this reason, whatever the triggers and the cool-down say",
  ...limitHelp,
  json: "print the folder's digest and the result for each model as JSON",
};

/** Data that are refused end it as well with 0: the run that takes the folder says so, and alerts. A model that failed ends it with 2. */
export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  if (flags.out === undefined) throw new UsageError("train needs --out, the folder for the candidates.", usage);
  if (flags.force?.trim() === "") throw new UsageError("--force needs a reason.", usage);
  const { root } = await ports.git.locate();
  const folder = path.resolve(root, flags.out);
  if ((await ports.files.list(folder)).length > 0) {
    throw new UsageError(`${flags.out} is not empty; everything in it would be handed over.`, usage);
  }
  // Told before the training, which may take hours.
  await ports.workTree.check(folder, [{ path: handOverFile, bytes: new Uint8Array(), replaces: null }]);
  const { trainModels } = await import("../runs/train-models.ts");
  const handedOver = await trainModels(ports, args, { force: flags.force ?? null, folder });
  if (flags.json === true) ports.out.print(JSON.stringify(handedOver, null, 2));
  else {
    for (const trained of handedOver.models) for (const line of lines(trained)) ports.out.print(line);
    ports.out.print(`to propose: refit run --candidates ${flags.out}@${handedOver.candidates}`);
  }
  return handedOver.models.some(({ result }) => result === "failed") ? 2 : 0;
}

function lines(trained: TrainedModel): string[] {
  const head = `${trained.model}: ${trained.result}`;
  switch (trained.result) {
    case "trained":
      return [`${head}.`, ...trained.reasons.map((reason) => `  because ${terminalText(reasonSentence(reason))}`)];
    case "skipped":
      return [`${head}: ${heldBackSentence(trained.heldBack)}.`];
    case "unfinished":
      return [`${head}: an earlier run has already trained it; the next \`refit run\` proposes it.`];
    case "failed":
      return failedLines(head, trained.error);
    case "blocked":
      return [`${head}: the data were refused; \`refit run\` says why and opens the alert.`];
  }
}
