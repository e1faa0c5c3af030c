import type { Field } from "./data-manifest.ts";
import { quoted } from "../errors/name-words.ts";
import { problemAt } from "./problems.ts";
import type { SpecProblem } from "./problems.ts";
import { formatProblems } from "./written-form-rules.ts";

type Value = string | number | boolean;

/** Constraints of a field that do not fit its type, or that no value can meet. */
export function constraintProblems(field: Field, index: number): SpecProblem[] {
  const { type, format, constraints } = field;
  const at = (...keys: readonly (string | number)[]) => ["schema", "fields", index, ...keys];
  const isDate = type === "date" || type === "datetime";
  const isNumber = type === "number" || type === "integer";
  const problems: SpecProblem[] = [];
  if (format !== undefined && !isDate)
    problems.push(problemAt(at("format"), `only date and datetime have one, and type is ${quoted(type)}`));
  else if (format !== undefined) problems.push(...formatProblems(format, at("format")));
  if (constraints === undefined) return problems;
  if (type === "file") return [...problems, ...fileConstraintProblems(constraints, at)];

  const { minimum, maximum, pattern } = constraints;
  for (const [name, bound] of Object.entries({ minimum, maximum })) {
    if (bound === undefined) continue;
    const path = at("constraints", name);
    if (!isDate && !isNumber) problems.push(problemAt(path, `a ${type} has no order; use enum or pattern`));
    else if (!fits(bound, field)) problems.push(problemAt(path, `expected ${typeWords[type]}, found ${shown(bound)}`));
  }
  if (minimum !== undefined && maximum !== undefined && typeof minimum === typeof maximum && minimum > maximum) {
    // Dates in a format of their own do not sort as text.
    if (isNumber || (isDate && format === undefined)) {
      problems.push(
        problemAt(at("constraints", "minimum"), `${shown(minimum)} is above the maximum, ${shown(maximum)}`),
      );
    }
  }
  if (pattern !== undefined) {
    const path = at("constraints", "pattern");
    const wrong = type === "string" ? patternProblem(pattern) : `is for string fields, and type is ${quoted(type)}`;
    if (wrong !== null) problems.push(problemAt(path, wrong));
  }
  for (const [i, value] of (constraints.enum ?? []).entries()) {
    if (fits(value, field)) continue;
    const advice = type === "string" ? `; write it in quotes: ${quoted(String(value))}` : "";
    problems.push(
      problemAt(at("constraints", "enum", i), `expected ${typeWords[type]}, found ${shown(value)}${advice}`),
    );
  }
  return problems;
}

function fileConstraintProblems(
  constraints: NonNullable<Field["constraints"]>,
  at: (...keys: readonly string[]) => SpecProblem["path"],
): SpecProblem[] {
  return Object.keys(constraints)
    .filter((name) => name !== "required" && name !== "unique")
    .map((name) => problemAt(at("constraints", name), "is not for files, which can be `required` and `unique`"));
}

const typeWords: Readonly<Record<Field["type"], string>> = {
  string: "text",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  date: "a date such as 2026-01-31",
  datetime: "a date or time such as 2026-01-31T12:00:00",
  file: "the path of a file",
};

function fits(value: Value, { type, format }: Field): boolean {
  if (type === "number") return typeof value === "number";
  if (type === "integer") return Number.isInteger(value);
  if (type === "boolean") return typeof value === "boolean";
  if (typeof value !== "string") return false;
  return type === "string" || format !== undefined || /^\d{4}-\d{2}-\d{2}/.test(value);
}

function shown(value: Value): string {
  return typeof value === "string" ? `the text ${quoted(value)}` : String(value);
}

/** DuckDB's expressions are RE2: JavaScript's, with flags in front and Python's named groups, without looking around or back. */
function patternProblem(pattern: string): string | null {
  const unescaped = pattern.replace(/\\[^1-9]/gs, "");
  if (/\(\?<?[=!]|\\[1-9]/.test(unescaped))
    return `${quoted(pattern)} uses a lookaround or a backreference, which DuckDB's regular expressions do not have`;
  const translated = pattern
    .replace(/\(\?[imsU-]+\)/g, "")
    .replace(/\(\?[imsU-]+:/g, "(?:")
    .replace(/\(\?P</g, "(?<");
  try {
    RegExp(translated);
    return null;
  } catch {
    return `${quoted(pattern)} is not a regular expression`;
  }
}
