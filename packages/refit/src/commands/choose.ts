import { answerOf, type ChooseAnswer } from "@refit/core/answers";
import { UsageError } from "@refit/core/errors";
import type { Ports } from "../ports/index.ts";
import type { Flags } from "./command.ts";
import { limitHelp, limitOption } from "./limits.ts";
import { emptyFolder, trainedLines } from "./hand-over-folder.ts";

export const usage =
  "refit choose [model…] --candidates FOLDER --out FOLDER [--force REASON] [--memory SIZE] [--limit NAME=NUMBER]… [--json]";
export const summary =
  "Choose among candidates that other jobs trained with `refit train --candidate`, and train the best one again, into a folder for `refit run --candidates`. Writes nothing else.";
export const examples = [
  ["refit choose churn --candidates trained --out chosen", "trained: what `refit train --candidate` wrote"],
] as const;
export const options = {
  candidates: { type: "string" },
  out: { type: "string" },
  force: { type: "string" },
  ...limitOption,
  json: { type: "boolean" },
} as const;
export const optionHelp = {
  candidates:
    "the folder with the folders that `refit train --candidate` wrote, relative to the root of the repository",
  out: "an empty or new folder, relative to the root of the repository",
  force: "choose now, for this reason, whatever the triggers and the cool-down say",
  ...limitHelp,
  json: "print the folder's digest and the result for each model as JSON",
};

export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  if (flags.candidates === undefined || flags.candidates === "") {
    throw new UsageError("choose needs --candidates, the folder with what other jobs trained.", usage);
  }
  const { openHandOver } = await import("../runs/open-hand-over.ts");
  const { root } = await ports.git.locate();
  const folder = await emptyFolder(ports, flags, usage);
  const trained = await openHandOver(ports, root, { folder: flags.candidates, digest: null });
  const { trainModels } = await import("../runs/train-models.ts");
  const handedOver = await trainModels(ports, args, { force: flags.force ?? null, folder, trained });
  if (flags.json === true) ports.out.print(JSON.stringify(answerOf(handedOver) satisfies ChooseAnswer, null, 2));
  else {
    for (const each of handedOver.models) for (const line of trainedLines(each)) ports.out.print(line);
    ports.out.print(`to propose: refit run --candidates ${flags.out}@${handedOver.candidates}`);
  }
  return handedOver.models.some(({ result }) => result === "failed") ? 2 : 0;
}
