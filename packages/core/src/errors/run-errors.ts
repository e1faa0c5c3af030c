import type { Finding } from "../data/finding.ts";
import { modelFolder, type WithLayout } from "../spec/layout.ts";
import { nameProblem } from "../spec/names.ts";
import { nearest } from "../spec/nearest.ts";
import { plain } from "../spec/plain-text.ts";
import { quoted } from "./name-words.ts";
import { RefitError } from "./refit-error.ts";

/** Where a model was looked for. */
interface LookedFor extends WithLayout {
  /** Left out: on the base branch. */
  readonly tree?: "on the base branch" | "in the work tree";
  /** Whether there is a `model.yaml` in the folder of that path, which is not a folder of models. */
  readonly isNotLaidOut?: boolean;
}

/** A model is a folder with a `model.yaml`; the name given has none. */
export class ModelUnknownError extends RefitError {
  readonly code = "model-unknown";
  readonly hint: string;

  constructor(model: string, known: readonly string[], at: LookedFor) {
    const { tree = "on the base branch", isNotLaidOut = false } = at;
    const endings = known.filter((name) => name.endsWith(`/${model}`) || `models/${name}` === model);
    const near = endings.length === 1 ? endings[0] : nearest(model, known);
    super(
      `There is no ${plain(modelFolder(model, at))}/model.yaml ${tree}.${near === undefined ? "" : ` Did you mean "${near}"?`}`,
    );
    this.hint = isNotLaidOut
      ? `There is a ${plain(model)}/model.yaml: to make it a model, add ${plain(model)} to \`models\` in refit.yaml, and commit that to the base branch.`
      : "Run `refit status` to list the models, or `refit init` to create one.";
  }
}

/** Only names of this shape come into branches, file names and messages. */
export class ModelNameError extends RefitError {
  readonly code = "model-name";
  readonly hint: string;

  /** @param branch where the folder is; left out: the name was given to a command. */
  constructor(model: string, branch?: string) {
    const name = quoted(model, 120);
    const what =
      branch === undefined
        ? `${name} is not the name of a model: a name`
        : `The folder of ${name} on ${branch} is not a model: its name`;
    super(`${what} ${nameProblem(model)}.`);
    this.hint =
      branch === undefined
        ? "Run `refit status` to list the models."
        : "Rename the folder, and commit that to the base branch. Until then refit leaves it out.";
  }
}

/** Below `models/` a model has its path in there as name, elsewhere its path from the root: two folders can come to the same one. */
export class ModelTwiceError extends RefitError {
  readonly code = "model-twice";
  readonly hint: string;

  constructor(model: string, baseBranch: string) {
    super(
      `The folders models/${plain(model)} and ${plain(model)} on ${baseBranch} are both the model ${quoted(model)}.`,
    );
    this.hint = `Rename one of them, or take it out of \`models\` in refit.yaml, and commit that to the base branch. Until then refit runs neither.`;
  }
}

/** Of several models that were run beside each other, one took its process with it, so that nobody could say why. */
export class ModelProcessEndedError extends RefitError {
  readonly code = "model-process-ended";
  readonly hint =
    "The usual cause is memory: run fewer models at once (`--parallel`), or allow each less with `--memory`, which is divided among them. Then run it again.";

  /** @param how such as `SIGKILL` or `exit code 137`. */
  constructor(model: string, how: string) {
    super(`The process that ran "${plain(model)}" ended before it was done (${plain(how)}).`);
  }
}

/** A spec change lands first, by a person's commit; the champion follows in its own proposal. */
export class SpecNotOnBaseError extends RefitError {
  readonly code = "spec-not-on-base";
  readonly hint = "Commit it to the base branch (and push it, where there is a remote), or try it with `--dry-run`.";

  constructor(file: string, baseBranch: string) {
    super(`${file} is in the work tree but not on ${baseBranch}; refit reads the base branch only.`);
  }
}

/** The bytes of a version would stay in git history for ever, so too large a one is stopped before the commit. */
export class ModelTooLargeError extends RefitError {
  readonly code = "model-too-large";
  readonly hint =
    "Train a smaller model, raise `maxModelMiB` in model.yaml, or keep `models/**/champion/artifact/**` in Git LFS.";

  /** @param part what is too large, such as `The new version`. @param rule the limit and whose it is, such as `maxModelMiB allows 25`. */
  constructor(model: string, part: string, mebibytes: number, rule: string) {
    super(`${part} of "${model}" has ${mebibytes.toFixed(1)} MiB outside of Git LFS; ${rule}.`);
  }
}

export class VersionUnknownError extends RefitError {
  readonly code = "version-unknown";
  readonly hint = "Run `refit log <model>` to list the versions.";

  constructor(model: string, wanted: string) {
    super(`"${model}" has no version ${wanted} in the history of the base branch.`);
  }
}

/** A report is kept on the ledger branch, which a clone need not have, and old ones may be gone from it. */
export class ReportMissingError extends RefitError {
  readonly code = "report-missing";
  readonly hint: string;

  /** @param what such as `churn v3` or `the last run of churn`. @param remote that may have the ledger; `null`: none. */
  constructor(what: string, model: string, ledger: { readonly isMissing: boolean; readonly remote: string | null }) {
    const { isMissing, remote } = ledger;
    super(
      isMissing
        ? `There is no report of ${plain(what)} here: reports are kept on the branch \`refit-ledger\`, which this clone does not have.`
        : `The branch \`refit-ledger\` of this clone has no report of ${plain(what)}.`,
    );
    const listing = `\`refit history ${plain(model)}\` lists the runs and names those that have a report.`;
    this.hint =
      isMissing && remote !== null
        ? `Run \`git fetch ${plain(remote)} refit-ledger:refs/remotes/${plain(remote)}/refit-ledger\`, if the remote has it.`
        : listing;
  }
}

/** A folder that is not what its own `lineage.json` says is never restored, served or compared with. */
export class VersionBrokenError extends RefitError {
  readonly code = "version-broken";
  readonly hint = "Choose another version; `refit log <model>` lists them.";

  constructor(model: string, number: number, problem: string) {
    super(`v${number} of "${model}" is damaged: ${problem}`);
  }
}

export class NothingToRejectError extends RefitError {
  readonly code = "nothing-to-reject";
  readonly hint = "Run `refit status` to see which proposals are open.";

  constructor(model: string) {
    super(`"${model}" has no open proposal.`);
  }
}

/** A mistake in the words of a command line. */
export class UsageError extends RefitError {
  readonly code = "usage";
  readonly hint: string;

  constructor(message: string, usage: string) {
    super(message);
    this.hint = `Usage: ${usage}`;
  }
}

export class ManifestMissingError extends RefitError {
  readonly code = "manifest-missing";
  readonly hint =
    "Create the manifest (`refit init --data FILE --target COLUMN` writes one), or correct `data:` in the model.";

  constructor(specFile: string, manifestFile: string) {
    super(`${specFile} names a data manifest that does not exist: ${manifestFile}.`);
  }
}

/** A data manifest names a feature view, and there is no file of it. */
export class ViewMissingError extends RefitError {
  readonly code = "view-missing";
  readonly hint = "Create the file with one SELECT and commit it, or correct `views` in the data manifest.";

  constructor(manifestFile: string, viewFile: string) {
    super(`${manifestFile} names a feature view that does not exist: ${viewFile}.`);
  }
}

/** A temporal holdout needs instants. */
export class TimeTypeError extends RefitError {
  readonly code = "time-type";
  readonly hint =
    "Declare the column as `date` or `datetime` in the manifest's schema (with `format` if it is not ISO 8601), or cast it in `prepare`.";

  constructor(column: string, type: string) {
    super(`\`time: ${column}\` needs a date or datetime column; after \`prepare\` it is ${type}.`);
  }
}

/** A weight that is missing, 0 or below would leave its row out of everything without a word. */
export class WeightInvalidError extends RefitError {
  readonly code = "weight-invalid";
  readonly hint = "In `prepare`, give every row a number above 0, or leave those rows out.";

  constructor(column: string, bad: number, rows: number) {
    super(`\`weight: ${column}\` needs a number above 0 in every row; ${bad} of ${rows} rows do not have one.`);
  }
}

export class NothingToRollBackError extends RefitError {
  readonly code = "nothing-to-roll-back";
  readonly hint = "Run `refit log <model>` to see what was live when.";

  constructor(model: string) {
    super(`"${model}" has no earlier version to roll back to.`);
  }
}

export class UnreadableDataError extends RefitError {
  readonly code = "unreadable-data";
  readonly hint = "Fix the file, then run the command again.";

  constructor(findings: readonly Finding[]) {
    const lines = findings.map(
      ({ code, file, line, message }) =>
        `  - ${code}${file === null ? "" : ` ${quoted(file, 200)}`}${line === undefined ? "" : `:${line}`} ${message}`,
    );
    super(`The data cannot be read:\n${lines.join("\n")}`);
  }
}
