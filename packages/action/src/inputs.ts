import path from "node:path";
import { getBooleanInput, getInput, setSecret } from "@actions/core";
import { nameProblem } from "@refit/core/spec";
import { isCommandInput, commandInputs, type CommandInput } from "./choose-commands.ts";
import { InputError } from "./input-error.ts";

export interface Inputs {
  readonly command: CommandInput;
  /** Empty: every model. */
  readonly models: readonly string[];
  /** `null`: none; the command says what that means for it. */
  readonly token: string | null;
  readonly baseBranch: string | null;
  readonly workingDirectory: string;
  readonly dryRun: boolean;
  readonly forceReason: string | null;
  /** The folder as an absolute path, and for `run` `@` and its digest; `null`: no job trains for another. */
  readonly candidates: string | null;
  /** Of the candidates that `train` is to train, as `plan` names them; empty: all. */
  readonly digests: readonly string[];
}

/** A model, and for a rollback its version. What does not look so could be taken for an option. */
const isModel = (word: string) => nameProblem(word.replace(/@v[1-9]\d*$/, "")) === null;

/** @param workspace what the folder of `candidates` begins at. @throws InputError */
export function readInputs(workspace: string): Inputs {
  const command = getInput("command") || "auto";
  if (!isCommandInput(command)) {
    throw new InputError(`There is no command ${JSON.stringify(command)}; use one of ${commandInputs.join(", ")}.`);
  }
  // Also as JSON, which the output of the same name is.
  const models = getInput("models")
    .split(/[\s,"[\]]+/)
    .filter(Boolean);
  const odd = models.find((name) => !isModel(name));
  if (odd !== undefined) throw new InputError(`${JSON.stringify(odd)} in \`models\` is not a valid model name.`);
  return {
    command,
    models,
    token: readToken(),
    baseBranch: getInput("base-branch") || null,
    workingDirectory: getInput("working-directory") || ".",
    dryRun: getInput("dry-run") !== "" && getBooleanInput("dry-run"),
    forceReason: getInput("force-reason") || null,
    ...readCandidates(command, workspace),
  };
}

/** A digest that is missing would mean training where nobody wants it, so it is never taken for none. */
function readCandidates(command: CommandInput, workspace: string): Pick<Inputs, "candidates" | "digests"> {
  const value = getInput("candidates");
  const [folder, digests] = divided(value);
  const place = folder === "" ? null : path.resolve(workspace, folder);
  switch (command) {
    case "train":
      if (place === null)
        throw new InputError("`command: train` needs `candidates`, the folder to write the candidates into.");
      if (folder.endsWith("@"))
        throw new InputError(
          `The digests behind \`@\` are missing in \`candidates\`: ${JSON.stringify(value)}. The output \`matrix\` of the job with \`command: plan\` has them.`,
        );
      return { candidates: place, digests };
    case "choose":
      if (place === null || digests.length > 0)
        throw new InputError("`command: choose` needs `candidates`, the folder with what the other jobs trained.");
      return { candidates: place, digests };
    default:
      if (value === "") return { candidates: null, digests };
      if (folder === "" || digests.length !== 1)
        throw new InputError(
          `\`candidates\` must be FOLDER@DIGEST, with the output \`candidates\` of the training job as the digest; it is ${JSON.stringify(value)}.`,
        );
      return { candidates: path.resolve(workspace, value), digests: [] };
  }
}

/** A folder, and the digests behind its `@`, with spaces between them. */
function divided(value: string): readonly [folder: string, digests: readonly string[]] {
  const [, folder, digests] = /^(.*)@(sha256:[0-9a-f]{64}(?: sha256:[0-9a-f]{64})*)$/s.exec(value) ?? [];
  return folder === undefined || digests === undefined ? [value, []] : [folder, digests.split(" ")];
}

/** Git sends the token in base64, so that form is hidden in logs too. */
function readToken(): string | null {
  const token = getInput("github-token");
  if (token === "") return null;
  setSecret(token);
  setSecret(Buffer.from(`x-access-token:${token}`).toString("base64"));
  return token;
}
