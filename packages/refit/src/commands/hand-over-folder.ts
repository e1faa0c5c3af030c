import path from "node:path";
import { UsageError } from "@refit/core/errors";
import { handOverFile } from "@refit/core/history";
import { heldBackSentence, reasonSentence, terminalText } from "@refit/core/report";
import type { Ports } from "../ports/index.ts";
import type { TrainedModel } from "../runs/train-models.ts";
import type { Flags } from "./command.ts";
import { failedLines } from "./failed-lines.ts";

/** The folder of `--out`, which everything in it is handed over from. Told before the training, which may take hours. */
export async function emptyFolder(
  ports: Pick<Ports, "files" | "git" | "workTree">,
  { out, force }: Pick<Flags, "out" | "force">,
  usage: string,
): Promise<string> {
  if (out === undefined) throw new UsageError("It needs --out, the folder for the candidates.", usage);
  if (force?.trim() === "") throw new UsageError("--force needs a reason.", usage);
  const { root } = await ports.git.locate();
  const folder = path.resolve(root, out);
  if ((await ports.files.list(folder)).length > 0) {
    throw new UsageError(`${out} is not empty; everything in it would be handed over.`, usage);
  }
  await ports.workTree.check(folder, [{ path: handOverFile, bytes: new Uint8Array(), replaces: null }]);
  return folder;
}

export function trainedLines(trained: TrainedModel): string[] {
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
