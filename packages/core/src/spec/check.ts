import type * as z from "zod";

import { jsonSchemaOf, ownValue } from "./json-schema.ts";
import { problemsOf } from "./problems.ts";
import type { SpecProblem } from "./problems.ts";

export type Checked<Spec> =
  | { readonly ok: true; readonly value: Spec }
  | { readonly ok: false; readonly problems: readonly SpecProblem[] };

/** A check of keys that may each be right and still not fit together. */
export interface Rule<Spec> {
  /** The top-level keys it looks at: it runs only when each of these is right by itself. */
  readonly reads: readonly (keyof Spec)[];
  readonly find: (spec: Spec) => readonly SpecProblem[];
}

/**
 * Parses a document and finds everything that is wrong with it, all at once: keys, types and combinations.
 */
export function check<Spec>(
  schema: z.ZodObject & z.ZodType<Spec>,
  rules: readonly Rule<Spec>[],
  document: unknown,
): Checked<Spec> {
  const parsed = schema.safeParse(document);
  const problems = parsed.success ? [] : problemsOf(parsed.error.issues, jsonSchemaOf(schema), document);
  const sound = parsed.success ? parsed.data : soundKeys(schema, document, problems);
  const runnable = parsed.success
    ? rules
    : rules.filter((rule) => rule.reads.every((key) => Object.hasOwn(sound as object, key)));
  const all = [...problems, ...runnable.flatMap((rule) => rule.find(sound as Spec))];
  return parsed.success && all.length === 0 ? { ok: true, value: parsed.data } : { ok: false, problems: all };
}

/** The top-level keys that are right by themselves, so that one mistake does not hide another. */
function soundKeys(schema: z.ZodObject, document: unknown, problems: readonly SpecProblem[]): object {
  if (typeof document !== "object" || document === null || Array.isArray(document)) return {};
  const unknown = problems.filter((problem) => problem.at === "key");
  const meant = new Set(unknown.filter((problem) => problem.path.length === 1).map((problem) => problem.nearest));
  const known = unknown.reduce<unknown>((rest, problem) => without(rest, problem.path), document);
  const sound: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(schema.shape)) {
    const parsed = (part as z.ZodType).safeParse(ownValue(known, key));
    if (parsed.success && !meant.has(key)) sound[key] = parsed.data;
  }
  return sound;
}

function without(value: unknown, path: readonly (string | number)[]): unknown {
  const [key, ...rest] = path;
  if (Array.isArray(value)) return value.map((item, i) => (i === key ? without(item, rest) : item));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([name]) => rest.length > 0 || name !== key);
  return Object.fromEntries(entries.map(([name, item]) => [name, name === key ? without(item, rest) : item]));
}
