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
  /** The folder as an absolute path, and for all but `train` `@` and its digest; `null`: no job trains for another. */
  readonly candidates: string | null;
}

/** A model, and for a rollback its version. What does not look so could be taken for an option. */
const isModel = (word: string) => nameProblem(word.replace(/@v[1-9]\d*$/, "")) === null;

/** @param workspace what the folder of `candidates` begins at. @throws InputError */
export function readInputs(workspace: string): Inputs {
  const command = getInput("command") || "auto";
  if (!isCommandInput(command)) {
    throw new InputError(`There is no command ${JSON.stringify(command)}; use one of ${commandInputs.join(", ")}.`);
  }
  const models = getInput("models")
    .split(/[\s,]+/)
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
    candidates: readCandidates(command, workspace),
  };
}

/** A digest that is missing would mean training where nobody wants it, so it is never taken for none. */
function readCandidates(command: CommandInput, workspace: string): string | null {
  const value = getInput("candidates");
  if (command === "train") {
    if (value === "")
      throw new InputError("`command: train` needs `candidates`, the folder to write the candidates into.");
    return path.resolve(workspace, value);
  }
  if (value === "") return null;
  if (!/.@sha256:[0-9a-f]{64}$/.test(value)) {
    throw new InputError(
      `\`candidates\` must be FOLDER@DIGEST, with the output \`candidates\` of the training job as the digest; it is ${JSON.stringify(value)}.`,
    );
  }
  return path.resolve(workspace, value);
}

/** Git sends the token in base64, so that form is hidden in logs too. */
function readToken(): string | null {
  const token = getInput("github-token");
  if (token === "") return null;
  setSecret(token);
  setSecret(Buffer.from(`x-access-token:${token}`).toString("base64"));
  return token;
}
