import type { Finding } from "./finding.ts";

/**
 * Every finding: how grave it is, and what to do.
 *
 * `error`: a declared rule or the file's own form is broken. `suspect`: it looks like an accident rather than news; a
 * person may accept it (`checks.accept`). `warning`: reported, blocks nothing.
 */
export const findingCodes = {
  "no-files": { severity: "error", hint: "Correct the `path` in the data manifest, or add the data." },
  "empty-file": { severity: "error", hint: "Remove the file or fill it; an empty file is usually a failed export." },
  "header-only": {
    severity: "error",
    hint: "Remove the file or fill it; a header without rows is usually a failed export.",
  },
  "unreadable-file": {
    severity: "error",
    hint: "Check that the file is complete and has the format that its ending says.",
  },
  "not-utf8": { severity: "error", hint: "Save the file as UTF-8." },
  "ragged-row": {
    severity: "error",
    hint: "Give each row as many fields as the header; quote fields that contain the separator.",
  },
  "header-again": {
    severity: "suspect",
    hint: "Remove the line, as where files were joined with their headers; accept it under `checks.accept` for the first column if it is a row.",
  },
  "duplicate-column": {
    severity: "error",
    hint: "Give each column a name of its own; names that differ only in case, white space or what cannot be seen count as the same.",
  },
  "column-name": {
    severity: "error",
    hint: 'Rename the column in the file, or in the data manifest under `schema.fields`, such as `{ name: price, from: "…", type: number }`; hidden characters of `from` are written as in the message.',
  },
  "missing-column": {
    severity: "error",
    hint: "Add the column to the file, or remove it from the manifest's `schema`.",
  },
  "gone-column": {
    severity: "suspect",
    hint: "Restore the column, or accept it under `checks.accept` if it is gone for good; its values are then missing.",
  },
  "new-column": {
    severity: "warning",
    hint: "Nothing, or add the column to the manifest's `schema`. In files without it, its values are missing.",
  },
  "wrong-type": {
    severity: "error",
    hint: 'Correct the values, or declare in `schema.fields` how they are written: `type`, `format`, `decimalChar: ","` where all numbers have a decimal comma, `groupChar`, `bareNumber: false`; or add the text to `missingValues`.',
  },
  "non-finite": { severity: "error", hint: "Correct the values, or add the text to `schema.missingValues`." },
  required: { severity: "error", hint: "Fill the values, or drop `required`." },
  "out-of-range": { severity: "error", hint: "Correct the values, or widen `minimum` or `maximum`." },
  "not-in-enum": { severity: "error", hint: "Correct the values, or add them to `enum`." },
  pattern: { severity: "error", hint: "Correct the values or the `pattern`." },
  "not-unique": { severity: "error", hint: "Remove the repeated rows, or correct `unique` or `primaryKey`." },
  "too-few-rows": { severity: "error", hint: "Add data, or lower `checks.minRows`." },
  "null-rate": {
    severity: "error",
    hint: "Find out why values are missing; raise `checks.maxNullRate` if that is intended.",
  },
  "null-jump": {
    severity: "suspect",
    hint: "Find out why values are missing; accept it under `checks.accept` if that is intended.",
  },
  "missing-together": {
    severity: "suspect",
    hint: "Look at what joins or delivers these columns; if this is intended, accept it under `checks.accept` for the column that is named.",
  },
  "one-label": {
    severity: "suspect",
    hint: "Check that the labels have arrived; accept it under `checks.accept` if all rows really have the same one.",
  },
  "lone-jump": {
    severity: "suspect",
    hint: "Compare how the file was made with the earlier ones; accept it under `checks.accept` if the values are right.",
  },
  "all-null": {
    severity: "suspect",
    hint: "Find out why the column is empty; accept it under `checks.accept` if it is gone for good.",
  },
  "constant-collapse": {
    severity: "suspect",
    hint: "Check the source; accept it under `checks.accept` if one value is right.",
  },
  "unit-change": {
    severity: "suspect",
    hint: "Check the unit; convert it in `prepare`, or accept it under `checks.accept`.",
  },
  "far-outside": {
    severity: "suspect",
    hint: "Check unit and source of the values; convert them in `prepare`, or accept it under `checks.accept` if they are right.",
  },
  "sentinel-spike": {
    severity: "suspect",
    hint: 'If the value stands for "none", add it to `schema.missingValues`; else accept it under `checks.accept`.',
  },
  "string-mismatch": {
    severity: "suspect",
    hint: "Write the values as before (or normalise them in `prepare`), or accept it under `checks.accept`.",
  },
  "constant-changed": {
    severity: "suspect",
    hint: "Check the source; accept it under `checks.accept` if the new value is right.",
  },
  relabelled: {
    severity: "suspect",
    hint: "Write the values as before (or map them in `prepare`), or accept it under `checks.accept`.",
  },
  "unseen-categories": {
    severity: "suspect",
    hint: "Check spelling, encoding and format; accept it under `checks.accept` if these are new values.",
  },
  "new-category": { severity: "warning", hint: "Nothing, or list the allowed values under `enum` to block others." },
  "swapped-columns": {
    severity: "suspect",
    hint: "Swap the columns or their names; accept it under `checks.accept` if both are right.",
  },
  "repeated-file": { severity: "error", hint: "Remove the copy, or find out why the source delivers the same again." },
  "repeated-rows": {
    severity: "error",
    hint: "Remove the copy, or find out why the source delivers the same rows again.",
  },
  "past-altered": {
    severity: "warning",
    hint: "Nothing if rows were corrected or deleted on purpose, or came later than `lookbackDays`; raise that, or name a `cursor` that never changes.",
  },
  "rows-again": {
    severity: "warning",
    hint: "Nothing if exports overlap on purpose; otherwise remove the rows that are there twice.",
  },
  "rows-uncounted": {
    severity: "warning",
    hint: "Nothing, if the number does not matter. To have it counted, keep the folder `.git/refit/cache` between runs, track the file in git, or keep it where earlier versions stay: S3 with versioning, DVC, Hugging Face.",
  },
  "key-repeated": {
    severity: "warning",
    hint: "Nothing, where exports overlap or rows are corrected. If several rows with one key are right, add the columns that tell them apart to `key` in model.yaml.",
  },
  "file-missing": {
    severity: "error",
    hint: "Add the file, commit it or git-ignore it, or correct its path or `folder` in the data manifest; remove rows whose file is gone.",
  },
  "file-path": {
    severity: "error",
    hint: "Write paths of files in the repository with `/` between folders, from the folder of the data file or from `folder` in the data manifest.",
  },
  "file-too-large": {
    severity: "error",
    hint: "Name a smaller file: cut recordings into parts, or extract what the model needs from it beforehand.",
  },
  "file-without-bytes": {
    severity: "suspect",
    hint: "Look at what writes the files: an empty one is usually a failed copy. Accept it under `checks.accept` if it is right.",
  },
  "files-alike": {
    severity: "warning",
    hint: "Nothing if that is right; a file that many rows name is often a placeholder for a missing one.",
  },
  "future-time": {
    severity: "error",
    hint: "Correct the times, or the clock or time zone of the program that wrote them.",
  },
  "stale-data": { severity: "error", hint: "Find out why the data stopped, or raise `checks.maxAgeDays`." },
  "age-unknown": {
    severity: "warning",
    hint: "Name a source column as the model's `time`, or remove `checks.maxAgeDays`.",
  },
  "champion-collapse": {
    severity: "warning",
    hint: "Look at how the labels of the new rows were made before you merge a model that learned from them.",
  },
  "row-count": { severity: "warning", hint: "Check that the file is complete and contains nothing twice." },
  overlap: {
    severity: "error",
    hint: "Remove the repeated rows, or declare the `key` that distinguishes them; then check the joins in `prepare`.",
  },
  "natural-copies": {
    severity: "warning",
    hint: "Nothing if each row is an observation of its own. If rows were written twice, remove the copies, or declare the `key` that tells rows apart.",
  },
  "same-file": {
    severity: "warning",
    hint: "Nothing if files repeat by nature, such as a standard text; otherwise leave out the rows that repeat one, or declare the `group` that keeps them on one side.",
  },
  "duplicate-features": {
    severity: "warning",
    hint: "Nothing if rows are naturally alike; otherwise look for rows that were written twice.",
  },
  "leak-suspect": {
    severity: "suspect",
    hint: "Add it to `features.exclude` if it is known only after the outcome; else accept it under `checks.accept`.",
  },
  "future-knowledge": {
    severity: "error",
    hint: "Use only rows that were known: in a join `ASOF JOIN`, or `availableAt <= time`; in a window `ORDER BY` the time, and a frame that ends with the current row.",
  },
  "row-order": {
    severity: "warning",
    hint: "Say in the SQL which of the rows counts, by a column that tells them apart.",
  },
  "leak-hint": {
    severity: "warning",
    hint: "Add it to `features.exclude` if it is known only after the outcome.",
  },
  "new-class": {
    severity: "warning",
    hint: "Nothing if the class is new: what ships learns it where `ship` is `all`. Otherwise correct or merge the value in `prepare`.",
  },
  "non-finite-predictions": {
    severity: "error",
    hint: "Look at the learner: a diverged model, or a division by zero.",
  },
  "constant-predictions": {
    severity: "error",
    hint: "Check the features and the learner's settings: the model learned nothing.",
  },
  "nothing-learned": {
    severity: "warning",
    hint: "Look at the features and at the newest rows before the holdout; a `learningRate` that is too large can also be the cause: then the first step makes the model worse.",
  },
  "class-never-predicted": {
    severity: "suspect",
    hint: "Look at the class's training rows; accept it under `checks.accept` for the target if that is intended.",
  },
  "rare-class-never-predicted": {
    severity: "warning",
    hint: "Nothing if you use the probabilities; otherwise weight the class or change the threshold.",
  },
  "biased-predictions": {
    severity: "suspect",
    hint: "Usual cause: the share changed between training and holdout. If only the order of the predictions matters to you, accept it under `checks.accept` for the target.",
  },
  "no-better-than-dummy": {
    severity: "error",
    hint: "Try better features, more rows or a larger holdout: nothing shows that this model has learned anything.",
  },
  "dummy-undecided": {
    severity: "warning",
    hint: "Add rows, or hold out more of them. A person may merge it: the only objection is the small number of rows.",
  },
  "calibration-worse": {
    severity: "warning",
    hint: "If you use the probabilities, set `calibration: platt` on the candidate, or add a gate on `logLoss` or `brier`.",
  },
  "train-holdout-gap": {
    severity: "warning",
    hint: "Use a simpler model if it overfits; look for features that reveal when a row was recorded.",
  },
  "log-damaged": {
    severity: "warning",
    hint: "Nothing if few: a process that is killed leaves half a line. Otherwise look at the disk, or at the program that writes the lines.",
  },
  "log-newer": {
    severity: "warning",
    hint: "Update refit: the lines are read as soon as it knows their format.",
  },
  "log-foreign": {
    severity: "warning",
    hint: "Give each model a folder of its own in the log, as `refit serve` does.",
  },
  "log-repeated-id": {
    severity: "warning",
    hint: "Give each request an id of its own (header `x-request-id`); nothing if requests are sent again after a failure.",
  },
  "log-unknown-version": {
    severity: "warning",
    hint: "Fetch the whole history, or check which repository the service has its model from.",
  },
  "log-unfit": {
    severity: "warning",
    hint: "Check the program that writes the lines: probabilities in the order of `target.classes` of features.json, between 0 and 1.",
  },
  "label-unknown-class": {
    severity: "warning",
    hint: "Write labels as the target has them, or name another column in `labels.target`.",
  },
  "label-duplicate": {
    severity: "warning",
    hint: "Nothing if labels are sent again or corrected; otherwise remove the copies.",
  },
  "label-conflict": {
    severity: "warning",
    hint: "Check which of them is right: a correction must be the newer one.",
  },
  "label-unmatched": {
    severity: "warning",
    hint: "Check `labels` in model.yaml and `REFIT_LOG_SALT`, and that the log has not been removed (`refit log forget --older-than`).",
  },
  "label-early": {
    severity: "warning",
    hint: "Check the time zones of both, and that `labels.time` is when the label became known.",
  },
} as const satisfies Readonly<Record<string, { severity: Finding["severity"]; hint: string }>>;

export type FindingCode = keyof typeof findingCodes;

/** Where a finding is and what it counts; what is left out is not known or does not apply. */
export type FindingPlace = Partial<Pick<Finding, "file" | "column" | "line" | "count" | "examples">>;

/** A finding with the severity and the advice of its code. */
export function finding(code: FindingCode, place: FindingPlace, message: string): Finding {
  return {
    code,
    ...findingCodes[code],
    file: place.file ?? null,
    column: place.column ?? null,
    ...(place.line !== undefined && { line: place.line }),
    ...(place.count !== undefined && { count: place.count }),
    ...(place.examples !== undefined && place.examples.length > 0 && { examples: place.examples.slice(0, 3) }),
    message,
  };
}
