import { quoted } from "./name-words.ts";
import { nearest } from "../spec/nearest.ts";
import { RefitError } from "./refit-error.ts";

/** A dataset may read its own repository and nothing else of the machine. */
export class SourceOutsideError extends RefitError {
  readonly code = "source-outside";
  readonly hint =
    "Name files inside the repository, relative to its root. Put data from elsewhere into a git-ignored folder of the repository.";
  readonly path: string;

  /** @param how what leads outside, such as `leaves the repository with ".."`. */
  constructor(path: string, how: string) {
    super(`The source ${quoted(path)} ${how}; a dataset may only read files inside its repository.`);
    this.path = path;
  }
}

/** A file that was listed is gone, or changed under our hands, so the snapshot would not be what was decided on. */
export class SourceVanishedError extends RefitError {
  readonly code = "source-vanished";
  readonly hint: string;
  readonly path: string;

  /** @param options `version`: what is gone of a remote file, such as `version 3/L4kqtJ`; what lies there now is not read in its stead. */
  constructor(path: string, options?: ErrorOptions & { readonly version?: string; readonly hint?: string }) {
    const { version } = options ?? {};
    super(
      version === undefined
        ? `The data file ${quoted(path)} was there when the run began, and cannot be read any more.`
        : `${quoted(path)} no longer has ${version}. What is there now was not used.`,
      options,
    );
    this.path = path;
    const usual =
      version === undefined
        ? "Run again when no other program writes to the data. The next run lists the files again."
        : "Run again: the next run lists the files again. An older version has to be restored in its place.";
    this.hint = options?.hint ?? usual;
  }
}

/** Git LFS left its pointer in place of the data; reading it as data would train on three lines of text. */
export class SourceLfsPointerError extends RefitError {
  readonly code = "source-lfs-pointer";
  readonly hint = "Install Git LFS and run `git lfs pull` (with actions/checkout: `lfs: true`).";
  readonly path: string;

  constructor(path: string) {
    super(`The data file ${quoted(path)} is a Git LFS pointer; its content has not been downloaded.`);
    this.path = path;
  }
}

/** `prepare` is not SQL that a snapshot can be prepared with. */
export class PrepareInvalidError extends RefitError {
  readonly code = "prepare-invalid";
  readonly hint: string;
  /** 1-based, inside the SQL text; `null` where it is not known. */
  readonly line: number | null;
  readonly column: number | null;

  /**
   * @param problem what is wrong, as a clause after a colon, without a full stop.
   * @param at where in the SQL text, both from 1.
   * @param file where the SQL is; left out: `prepare` in the data manifest.
   */
  constructor(problem: string, at: { line: number; column: number } | null = null, hint?: string, file = "prepare") {
    super(`${file}${at === null ? "" : `, line ${at.line}, column ${at.column}`}: ${problem}.`);
    this.line = at?.line ?? null;
    this.column = at?.column ?? null;
    this.hint = hint ?? "Write one SELECT over `source` that gives the same rows every time it runs.";
  }
}

/** Rows as callers have them cannot be prepared as those of the training were. */
export class PrepareNotRowWiseError extends RefitError {
  readonly code = "prepare-not-row-wise";
  readonly hint: string;

  /**
   * @param why `others`: the values of a row depend on other rows; `several`: a row of the source gives several rows, or none is made of
   * one; `untold`: the version does not say.
   * @param version such as `churn v3`; left out: not known here.
   * @param prepared how prepared rows are sent, as a sentence.
   */
  constructor(
    why: "others" | "several" | "untold",
    version?: string,
    prepared = "Or send prepared rows: `refit predict --input prepared`.",
  ) {
    const of = version === undefined ? "" : ` of ${version}`;
    const problems = {
      others: `\`prepare\`${of} looks at other rows than the one that it prepares, so a raw row would get other values than in training.`,
      several: `\`prepare\`${of} does not give one row for each row of the source, so it cannot prepare single rows.`,
      untold: `features.json${of} does not say whether \`prepare\` looks at other rows: an earlier version of refit wrote it.`,
    };
    super(problems[why]);
    this.hint =
      why === "untold"
        ? `Train the model again, and merge. ${prepared}`
        : `Move the aggregate into the data: a column of the files, or a further table. ${prepared}`;
  }
}

/** Bringing, reading or preparing the rows took more than the manifest allows: a mistake in the SQL, or more data than expected. */
export class DataLimitError extends RefitError {
  readonly code = "data-limit";
  readonly hint: string;
  /** The key under `limits` in the data manifest. */
  readonly limit: "prepareSeconds" | "memoryMiB" | "spillMiB" | "downloadMiB";

  /**
   * @param value the limit, in the unit that its name ends in.
   * @param options `path` of the file that is too large; `machineMiB`, the memory that there is.
   */
  constructor(
    limit: DataLimitError["limit"],
    value: number,
    { path, machineMiB, ...options }: ErrorOptions & { readonly path?: string; readonly machineMiB?: number } = {},
  ) {
    const told = {
      prepareSeconds: `\`prepare\` did not end within ${value} seconds`,
      memoryMiB: `Reading or preparing the data needs more than ${value} MiB of memory`,
      spillMiB: `Reading or preparing the data needs more than ${value} MiB of temporary files`,
      downloadMiB: `${path === undefined ? "A remote file" : quoted(path)} has more than ${value} MiB`,
    };
    super(`${told[limit]}, the limit.`, options);
    this.limit = limit;
    this.hint =
      limit === "memoryMiB" ? moreMemory(value, machineMiB ?? null) : `${cheaper(limit)}, or ${raise(limit, value)}.`;
  }
}

function cheaper(limit: DataLimitError["limit"]): string {
  return limit === "downloadMiB"
    ? "Split the file"
    : "Make `prepare` cheaper (joins without a condition are the usual cause)";
}

function raise(limit: DataLimitError["limit"], value: number): string {
  const oneRun = limit === "memoryMiB" ? `--memory ${2 * value}MiB` : `--limit ${limit}=${2 * value}`;
  return `raise the limit in the data manifest: \`limits: { ${limit}: ${2 * value} }\`; for one run: \`${oneRun}\``;
}

/** @param machineMiB memory of the machine; `null`: not known. */
function moreMemory(value: number, machineMiB: number | null): string {
  const causes =
    "A `prepare` that joins without a condition, very many columns, or very long texts are the usual causes.";
  if (machineMiB === null) return `${causes} Otherwise ${raise("memoryMiB", value)}.`;
  if (2 * value <= machineMiB)
    return `${causes} Otherwise ${raise("memoryMiB", value)}. This machine has ${machineMiB} MiB.`;
  return `${causes} This machine has ${machineMiB} MiB, so raising the limit helps little: use fewer columns or rows, or a larger machine.`;
}

/** The model asks for a column that the prepared rows do not have. */
export class ColumnMissingError extends RefitError {
  readonly code = "column-missing";
  readonly hint = "Correct the name in model.yaml, or add the column to the SELECT of `prepare`.";
  readonly role: string;
  readonly column: string;
  readonly known: readonly string[];

  /** @param role what the model uses it as, such as `target`. */
  constructor(role: string, column: string, known: readonly string[]) {
    const near = nearest(column, known);
    const shown = known.slice(0, 20).map(quoted).join(", ") + (known.length > 20 ? ", …" : "");
    const advice = near === undefined ? `The columns are: ${shown}.` : `Did you mean ${quoted(near)}?`;
    super(`The prepared rows have no column ${quoted(column)}, which the model names as its ${role}. ${advice}`);
    this.role = role;
    this.column = column;
    this.known = known;
  }
}
