import { quoted } from "./name-words.ts";
import { RefitError } from "./refit-error.ts";

/** How a program of the user's may fail, and what to do about it. */
const wayOut = {
  "program-missing":
    "Install the program on this machine, or correct its name in model.yaml. For Python, activate the virtual environment that has its packages.",
  "program-not-executable": "Make the file executable, or name the program that runs it, such as `[python, train.py]`.",
  "code-missing": "Commit the file on the base branch, or correct its path in model.yaml.",
  "exit-code":
    "Read its last lines. Install a package that is missing; a column that is missing is not handed over: `columns` of the job lists those that are, without `key`.",
  "ended-by-signal": "Look for a crash of the program, or for a machine with too little memory.",
  "timed-out": "Find out where it hangs, or raise `timeoutMinutes` of the candidate in model.yaml.",
  "not-ended":
    "Look for what it waits for, such as a disk or a driver that does not answer; a restart of the machine ends it.",
  "repository-changed":
    "Let the program write into its own folders only: what it needs later belongs in the model folder.",
  "runner-failed":
    "Check that the cluster can be reached, and that the runner waits until the program has ended. `refit run MODEL --dry-run` tries it again and writes nothing.",
  "store-failed":
    "Check `runnerStore` in model.yaml, the rights to write there and, of s3://, the keys AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
  "result-altered":
    "Run again. If it happens again, look for a full disk, or for another program that writes to the same folder.",
  "out-of-memory": "Use fewer rows or columns, or raise `memoryMiB` of the candidate in model.yaml.",
  "no-model": "Write the model into the folder that `model` names in the job description.",
  "model-not-plain":
    "Write only regular files with plain names into the model folder: letters, digits, `.`, `_`, `+` and `-`.",
  "model-too-large": "Write a smaller model, or fewer files.",
  "no-predictions": "Write the predictions into the file that `predictions` names in the job description.",
  "predictions-unreadable": "Write a CSV file with a header and one line of numbers per row.",
  "wrong-row-count": "Write one line per row, in the order of the rows.",
  "onnx-unfit":
    "Convert the model so that it takes the columns by their names, or all of them in one input of floats, and gives probabilities or values as a tensor.",
  "not-finite": "Write a finite number for every row: predict something also for missing values.",
  "out-of-range": "Write probabilities from 0 to 1: of the positive class, or of each class.",
  "not-summing": "Write probabilities of all classes that add up to 1 in every row.",
} as const;

/** Stable words, listed in docs/errors/command-failed.md. */
export type CommandOutcome = keyof typeof wayOut;

/** Which program it was. */
export interface CalledProgram {
  /** `onnx`: refit itself, with a model that the program wrote. */
  readonly step: "train" | "predict" | "onnx";
  readonly argv: readonly string[];
  /** Whose program it is; absent: the user's own. */
  readonly learner?: string;
}

/** A program of the user's did not do its part; other candidates and the champion are untouched. */
export class CommandFailedError extends RefitError {
  readonly code = "command-failed";
  readonly hint: string;
  readonly outcome: CommandOutcome;
  readonly step: CalledProgram["step"];

  /** @param what a clause without a full stop, such as `ended with exit code 1`. */
  constructor(outcome: CommandOutcome, { step, argv, learner }: CalledProgram, what: string, options?: ErrorOptions) {
    const who =
      learner === undefined ? `the command learner (${quoted(argv.join(" "), 100)})` : `the learner ${learner}`;
    super(`\`${step}\` of ${who} ${what} (${outcome}).`, options);
    this.hint = wayOut[outcome];
    this.outcome = outcome;
    this.step = step;
  }
}
