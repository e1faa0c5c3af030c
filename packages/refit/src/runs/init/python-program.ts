import path from "node:path";
import { UsageError } from "@refit/core/errors";
import type { Files } from "../../ports/files.ts";
import { decodeText } from "../../text.ts";
import type { InferredModel } from "./infer-spec.ts";
import { predictText, requirementsText, trainText } from "./python-texts.ts";
import { refitJob } from "./refit-job.ts";
import { yamlText } from "./yaml-text.ts";

/** A program that trains, as `init` found or begins it. */
export interface StartedProgram {
  /** Lines of the candidate in model.yaml. */
  readonly candidate: readonly string[];
  /** Files that are not there yet, by path from the root. */
  readonly texts: ReadonlyMap<string, string>;
  readonly notes: readonly string[];
}

export interface PythonRequest {
  /** Absolute path of the repository. */
  readonly root: string;
  /** The program that trains, from the root. */
  readonly file: string;
  readonly task: InferredModel["task"];
}

/**
 * What it takes to train with a program in Python: the program itself, one that predicts, and the helper that both read their rows
 * with. Files that are there stay as they are.
 *
 * @throws UsageError
 */
export async function startPython(
  files: Pick<Files, "read">,
  { root, file, task }: PythonRequest,
  usage: string,
): Promise<StartedProgram> {
  const beside = (name: string) => path.posix.join(path.posix.dirname(file), name);
  const [predict, helper] = [beside("predict.py"), beside("refit_job.py")];
  if (!file.endsWith(".py") || file === predict || file === helper)
    throw new UsageError(`--python ${file} must name the program that trains, such as train.py.`, usage);
  const wanted = new Map([
    [file, trainText(task)],
    [predict, predictText(task)],
    [helper, refitJob],
    ["requirements.txt", requirementsText],
  ]);
  const texts = new Map<string, string>();
  const notes: string[] = [];
  for (const [name, text] of wanted) {
    const there = await files.read(path.join(root, name));
    if (there === null) texts.set(name, text);
    else if (name === file && !/refit_job|REFIT_JOB|REFIT_TRAIN/.test(decodeText(there))) notes.push(toChange(name));
    else if (name === "requirements.txt")
      notes.push("requirements.txt was left as it is. `refit_job.py` also needs pandas and pyarrow.");
  }
  notes.push(
    "Pin the versions in requirements.txt (`pip freeze` prints them): another scikit-learn makes another model.",
  );
  return { candidate: candidateLines(file, predict, [...wanted.keys()]), texts, notes };
}

function candidateLines(train: string, predict: string, code: readonly string[]): string[] {
  return [
    "  - learner: command # your program, called as docs/command-learner.md of refit says",
    `    train: [python, ${yamlText(train)}]`,
    `    predict: [python, ${yamlText(predict)}]`,
    `    code: [${code.map(yamlText).join(", ")}]`,
    "    settings: {} # your own: the program finds them in its job",
    "  # - { learner: gbdt } # trees that come with refit, to compare with",
  ];
}

function toChange(file: string): string {
  return (
    `${file} was left as it is, and does not read its rows from refit yet. Three lines have to change: begin with ` +
    '`job = refit_job.read()`; take the rows from `refit_job.rows(job["train"])` in place of a file; and save the model to ' +
    '`refit_job.model_file(job, "model.joblib")`, which predict.py loads.'
  );
}
