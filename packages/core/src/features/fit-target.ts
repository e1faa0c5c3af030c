import {
  SingleClassError,
  TargetTaskError,
  TooManyClassesError,
  UnknownPositiveError,
  UnseenClassError,
} from "../errors/target-errors.ts";
import { finding } from "../data/finding-codes.ts";
import type { Finding } from "../data/finding.ts";
import { quoted, quotedList } from "../errors/name-words.ts";
import type { ModelSpec } from "../spec/model-spec.ts";
import type { Column } from "./column.ts";
import type { ClassValue, TargetSpec } from "./feature-spec.ts";

const MOST_CLASSES = 100;

/** The rows that have a target value, ascending: only these take part in training and evaluation. */
export function labelledRows(column: Column): Uint32Array {
  const count = (column.kind === "text" ? column.codes : column.values).length;
  const rows = new Uint32Array(count);
  let labelled = 0;
  for (let row = 0; row < count; row++) {
    if (isPresent(column, row)) rows[labelled++] = row;
  }
  return rows.slice(0, labelled);
}

/**
 * Read the classes off the training rows.
 *
 * @param rows the training rows, all labelled; classes that only other rows have are not known to the model.
 * @throws SingleClassError, TargetTaskError, TooManyClassesError, UnknownPositiveError
 */
export function fitTarget(
  column: Column,
  spec: Pick<ModelSpec, "task" | "positive" | "target">,
  rows: Uint32Array,
): TargetSpec {
  const { task, target } = spec;
  if (column.type === "date" || column.type === "datetime" || (task === "regression" && !isNumeric(column))) {
    throw new TargetTaskError(`Target ${quoted(target)} is ${column.type}, which task ${task} cannot predict.`);
  }
  const values = distinctValues(column, rows);
  const heldOut = () => classesHeldOut(column, values);
  if (values.length < 2)
    throw new SingleClassError(
      target,
      { value: values.length === 0 ? null : String(values[0]), heldOut: task === "regression" ? "" : heldOut() },
      rows.length,
    );
  if (task === "regression") return { name: target, task, classes: null };

  const most = task === "binary" ? 2 : MOST_CLASSES;
  if (values.length > most) throw new TooManyClassesError(target, task, values.map(String), most);
  if (task === "multiclass" && values.length === 2) {
    const found = values.map((value) => quoted(String(value))).join(" and ");
    const others = heldOut();
    throw new TargetTaskError(
      others === ""
        ? `Target ${quoted(target)} has two values only, ${found}; that is task binary.`
        : `Target ${quoted(target)} has two values only, ${found}, in the ${rows.length} training rows, and task multiclass needs three.${others} Hold out fewer rows (\`holdout\` in model.yaml), or leave those rows out in \`prepare\` until more have come.`,
    );
  }
  const classes = task === "binary" ? orderedByPositive(values, spec) : values;
  return { name: target, task, classes };
}

/** A sentence, after a blank, about classes that no training row has and held-out rows do; empty: there are none. */
function classesHeldOut(column: Column, known: readonly ClassValue[]): string {
  const labelled = labelledRows(column);
  const others = labelled.filter((row) => !known.includes(valueAt(column, row)));
  if (others.length === 0) return "";
  const values = distinctValues(column, others).map(String);
  const rows = others.length === 1 ? "1 row" : `${others.length} rows`;
  return ` ${quotedList(values)} ${values.length === 1 ? "is" : "are"} only in rows that are held out (${rows}).`;
}

/** In place of a class index: a class that the model does not know, so that no answer can be right. */
const UNKNOWN_CLASS = -1;

/**
 * Target of every row for learners and metrics: 0 or 1, class index, or the number itself; NaN where it is missing. -1 where
 * one of many classes is not among `target.classes`: it came after training, and counts as wrong for every model.
 *
 * @throws UnseenClassError when a row of a binary target has a third value: that is another task.
 */
export function encodeTarget(column: Column, target: TargetSpec): Float64Array {
  const { classes } = target;
  const indexOf = new Map(classes?.map((value, index) => [value, index]));
  const unseen = new Map<ClassValue, number>();
  const encoded = new Float64Array((column.kind === "text" ? column.codes : column.values).length).fill(Number.NaN);
  for (const row of labelledRows(column)) {
    const value = valueAt(column, row);
    const code = classes === null && typeof value === "number" ? value : indexOf.get(value);
    if (code === undefined) unseen.set(value, (unseen.get(value) ?? 0) + 1);
    encoded[row] = code ?? UNKNOWN_CLASS;
  }
  if (unseen.size > 0 && target.task === "binary") {
    const count = [...unseen.values()].reduce((sum, n) => sum + n, 0);
    throw new UnseenClassError(target.name, [...unseen.keys()].map(String), count);
  }
  return encoded;
}

/**
 * Says which classes only rows of the holdout have.
 *
 * @param target `sensitive`: its values must not be shown.
 * @param labels [all rows]: encoded.
 */
export function checkClasses(
  column: Column,
  { name, sensitive }: { readonly name: string; readonly sensitive: boolean },
  labels: Float64Array,
  holdout: Uint32Array,
): Finding[] {
  const rows = holdout.filter((row) => labels[row] === UNKNOWN_CLASS);
  if (rows.length === 0) return [];
  const values = distinctValues(column, rows).map(String);
  const classes = values.length === 1 ? "a class" : "classes";
  const named = sensitive ? "" : ` (${quotedList(values)})`;
  const words = `${rows.length} of ${holdout.length} holdout rows have ${classes} of ${quoted(name)}${named} that no training row has: they count as wrong for every model.`;
  const examples = sensitive ? [] : values.map((value) => quoted(value));
  return [finding("new-class", { column: name, count: rows.length, examples }, words)];
}

function orderedByPositive(values: readonly ClassValue[], spec: Pick<ModelSpec, "positive" | "target">): ClassValue[] {
  const [smaller, larger] = values as [ClassValue, ClassValue];
  const positive = spec.positive ?? larger;
  if (positive !== smaller && positive !== larger) {
    throw new UnknownPositiveError(spec.target, written(positive), values.map(written));
  }
  return positive === larger ? [smaller, larger] : [larger, smaller];
}

/** As one would write it in YAML, so that `"1"` and `1` can be told apart. */
function written(value: ClassValue): string {
  return typeof value === "string" ? quoted(value) : String(value);
}

function isNumeric(column: Column): boolean {
  return column.type === "number" || column.type === "integer";
}

function isPresent(column: Column, row: number): boolean {
  return column.kind === "text" ? column.codes[row]! >= 0 : Number.isFinite(column.values[row]);
}

function valueAt(column: Column, row: number): ClassValue {
  if (column.kind === "text") return column.dictionary[column.codes[row]!]!;
  const value = column.values[row]!;
  return column.type === "boolean" ? value !== 0 : value;
}

/** Sorted: numbers by value, text by code unit, `false` before `true`. */
function distinctValues(column: Column, rows: Uint32Array): ClassValue[] {
  const seen = new Set<ClassValue>();
  for (const row of rows) seen.add(valueAt(column, row));
  return [...seen].sort((a, b) => (a < b ? -1 : 1));
}
