import path from "node:path";
import { UsageError } from "@refit/core/errors";
import type { Files } from "../../ports/files.ts";
import { decodeText } from "../../text.ts";
import type { InferredModel } from "./infer-spec.ts";
import { fileNumbersText, predictText, requirementsText, trainText } from "./python-texts.ts";
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
  /** Columns of files that it reads. */
  readonly files: readonly string[];
}

/**
 * What it takes to train with a program in Python: the program itself, one that predicts, and the helper that both read their rows
 * with. Files that are there stay as they are; what they do not need is not written.
 *
 * @throws UsageError
 */
export async function startPython(
  files: Pick<Files, "read">,
  { root, file, task, files: columns }: PythonRequest,
  usage: string,
): Promise<StartedProgram> {
  const beside = (name: string) => path.posix.join(path.posix.dirname(file), name);
  const [predict, helper, reader] = [beside("predict.py"), beside("refit_job.py"), beside("file_numbers.py")];
  if (!file.endsWith(".py") || [predict, helper, reader].includes(file))
    throw new UsageError(`--python ${file} must name the program that trains, such as train.py.`, usage);
  const read = async (name: string) => {
    const bytes = await files.read(path.join(root, name));
    return bytes === null ? null : decodeText(bytes);
  };
  const train = (await read(file)) ?? trainText(task, columns.length > 0);
  const predicts = (await read(predict)) === null && writesPredictions.test(train) ? file : predict;
  const wanted = new Map([[file, train]]);
  if (predicts !== file) wanted.set(predict, (await read(predict)) ?? predictText(task, columns.length > 0));
  const mention = (word: string) => [...wanted.values()].some((text) => text.includes(word));
  const helpers = [
    ...(mention("refit_job") || !readsJob.test(train) ? [[helper, refitJob] as const] : []),
    ...(mention("file_numbers") ? [[reader, fileNumbersText] as const] : []),
  ];
  for (const [name, text] of helpers) wanted.set(name, text);
  const requirements = await read("requirements.txt");
  if (helpers.length > 0 || requirements !== null) wanted.set("requirements.txt", requirementsText);
  const texts = new Map<string, string>();
  const notes: string[] = [];
  for (const [name, text] of wanted) {
    if ((await read(name)) === null) texts.set(name, text);
    else if (name === file && !readsJob.test(train)) notes.push(toChange(name));
    else if (name === "requirements.txt" && helpers.length > 0) notes.push(...missingPackages(requirements ?? ""));
  }
  if (texts.has(reader))
    notes.push(
      `${reader} turns each file into numbers that know little of it: replace \`numbers\` in it, for pictures by their pixels, for instance.`,
    );
  if (wanted.has("requirements.txt"))
    notes.push(
      "Pin the versions in requirements.txt (`pip freeze` prints them): another scikit-learn makes another model.",
    );
  const about = { csv: readsCsv(train), alone: columns.length > 0, stops: /validation/i.test(train) };
  const program = { train: file, predict: predicts, code: [...wanted.keys()] };
  return { candidate: candidateLines(program, about), texts, notes };
}

/** A note where requirements of the user's lack what `refit_job.py` needs. */
function missingPackages(requirements: string): string[] {
  const lines = requirements.split("\n").map((line) => line.trim().toLowerCase());
  const missing = ["pandas", "pyarrow"].filter(
    (name) => !lines.some((line) => new RegExp(`^${name}(?![\\w.-])`).test(line)),
  );
  if (missing.length === 0) return [];
  return [`requirements.txt was left as it is. Add ${missing.join(" and ")}, which \`refit_job.py\` needs.`];
}

const readsJob = /refit_job|REFIT_JOB|REFIT_TRAIN/;
/** A program with both steps. */
const writesPredictions = /REFIT_PREDICTIONS|["']predictions["']/;

/** Parquet takes a package, which a program has that names it. */
function readsCsv(program: string): boolean {
  return readsJob.test(program) && !/refit_job|pandas|polars|pyarrow|parquet/.test(program) && /csv/i.test(program);
}

function candidateLines(
  { train, predict, code }: { readonly train: string; readonly predict: string; readonly code: readonly string[] },
  { csv, alone, stops }: { readonly csv: boolean; readonly alone: boolean; readonly stops: boolean },
): string[] {
  return [
    "  - learner: command # your program, called as described in refit's docs/command-learner.md",
    `    train: [python, ${yamlText(train)}]`,
    `    predict: [python, ${yamlText(predict)}]`,
    `    code: [${code.map(yamlText).join(", ")}]`,
    ...(csv ? ["    rows: csv # instead of Parquet, since the program reads CSV"] : []),
    ...(stops ? [] : ["    validation: false # it uses no validation rows: saves one training in each run"]),
    "    settings: {} # your own: the program finds them in its job",
    ...(alone ? [] : ["  # - { learner: gbdt } # trees that come with refit, to compare with"]),
  ];
}

function toChange(file: string): string {
  return (
    `${file} was left as it is, and does not read its rows from refit yet. Three lines have to change: begin with ` +
    '`job = refit_job.read()`; take the rows from `refit_job.rows(job["train"])` in place of a file; and save the model to ' +
    '`refit_job.model_file(job, "model.joblib")`, which predict.py loads. The rows come without the columns of `key`, so drop no such column; and ' +
    "whatever it does to the columns before the model gets them, predict.py has to do, too."
  );
}
