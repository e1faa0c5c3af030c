import type * as z from "zod";

import { expectedWords, ownValue, schemaAt } from "./json-schema.ts";
import type { JsonSchema } from "./json-schema.ts";
import { nearest } from "./nearest.ts";
import { quoted } from "../errors/name-words.ts";

/** Something wrong in a file that a person wrote. */
export interface SpecProblem {
  /** Keys and list positions (from 0) that lead to it; empty: the document as a whole. */
  readonly path: readonly (string | number)[];
  /** Whether to point at the key or at its value. */
  readonly at: "key" | "value";
  /** One sentence that begins with the path, such as `retrain.cooldownHour: unknown key; did you mean "cooldownHours"?` */
  readonly message: string;
  /** What was expected, in words. */
  readonly expected?: string;
  /** The known word that a mistyped one most likely stands for. */
  readonly nearest?: string;
}

/** A problem at a value, for checks that look at several keys together. */
export function problemAt(path: SpecProblem["path"], sentence: string): SpecProblem {
  return { path, at: "value", message: `${pathWords(path)}${sentence}` };
}

/** A problem of a part of a document, by its place in the whole. */
export function problemBelow(above: SpecProblem["path"], problem: SpecProblem): SpecProblem {
  const message = pathWords(above).replace(/: $/, ".") + problem.message;
  return { ...problem, path: [...above, ...problem.path], message };
}

/** `problemAt` at a key, for names that a person chooses. */
export function keyProblemAt(path: SpecProblem["path"], sentence: string): SpecProblem {
  return { ...problemAt(path, sentence), at: "key" };
}

/** `candidates[0].trees: `; empty for the document as a whole. */
function pathWords(path: SpecProblem["path"]): string {
  const words = path.map((key, i) => {
    if (typeof key === "number") return `[${key}]`;
    return `${i === 0 ? "" : "."}${/^[\w*-]+$/.test(key) ? key : quoted(key)}`;
  });
  return words.length === 0 ? "" : `${words.join("")}: `;
}

/**
 * Says every zod issue in plain words.
 *
 * @param value the document that was parsed: issues do not carry what was found.
 */
export function problemsOf(issues: readonly z.core.$ZodIssue[], schema: JsonSchema, value: unknown): SpecProblem[] {
  const problems = issues.flatMap((issue) => problemsOfIssue(issue, issue.path, schema, value));
  // A mistyped required key is one mistake: the missing one is not told a second time.
  const meant = new Set(
    problems
      .filter((p) => p.nearest !== undefined && p.at === "key")
      .map((p) => pathWords([...p.path.slice(0, -1), p.nearest!])),
  );
  const told = problems.filter((p) => valueAt(value, p.path) !== undefined || !meant.has(pathWords(p.path)));
  return [...new Map(told.map((problem) => [problem.message, problem])).values()];
}

function problemsOfIssue(
  issue: z.core.$ZodIssue,
  issuePath: readonly PropertyKey[],
  schema: JsonSchema,
  document: unknown,
): SpecProblem[] {
  const path = issuePath as (string | number)[];
  if (issue.code === "unrecognized_keys") {
    const known = Object.keys(schemaAt(schema, document, path).properties ?? {});
    return issue.keys.map((key) => unknownKey([...path, key], known));
  }
  if (issue.code === "custom") return [problemAt(path, issue.message)];
  if (issue.code === "invalid_union") {
    // The branch that got deepest is the one that was meant: `key: [1]` is a list of texts with a wrong entry.
    const deepest = issue.errors.find((branch) => branch.length > 0 && branch.every((inner) => inner.path.length > 0));
    if (deepest !== undefined) {
      return deepest.flatMap((inner) => problemsOfIssue(inner, [...path, ...inner.path], schema, document));
    }
  }
  const wanted = schemaAt(schema, document, path);
  return [wrongValue(path, wanted, valueAt(document, path))];
}

function unknownKey(path: (string | number)[], known: readonly string[]): SpecProblem {
  const key = String(path.at(-1));
  if (key === "<<") {
    return { path, at: "key", message: `${pathWords(path)}merge keys (<<) are not supported; write the keys out` };
  }
  const near = nearest(key, known);
  const rest = near === undefined ? `; known keys: ${known.join(", ")}` : `; did you mean ${quoted(near)}?`;
  const message = `${pathWords(path)}unknown key${rest}`;
  return { path, at: "key", message, ...(near !== undefined && { nearest: near }) };
}

function wrongValue(path: (string | number)[], wanted: JsonSchema, value: unknown): SpecProblem {
  const expected = expectedWords(wanted);
  if (value === undefined) {
    return { path, at: "value", message: `${pathWords(path)}missing; expected ${expected}`, expected };
  }
  const words = (wanted.enum ?? []).filter((word) => typeof word === "string");
  const near = typeof value === "string" ? nearest(value, words) : undefined;
  const hint = near === undefined ? "" : `; did you mean ${quoted(near)}?`;
  // A person may have written the token itself.
  const found = ["token", "credentials", "connection"].includes(String(path.at(-1)))
    ? "something else"
    : foundWords(value);
  const message = `${pathWords(path)}expected ${expected}, found ${found}${hint}`;
  return { path, at: "value", message, expected, ...(near !== undefined && { nearest: near }) };
}

function foundWords(value: unknown): string {
  if (value === null) return "nothing";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "string") return value === "" ? "empty text" : `the text ${quoted(value)}`;
  return typeof value === "object" ? "a map" : String(value);
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(ownValue, value);
}
