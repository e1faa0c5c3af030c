import type * as z from "zod";

import { parseBySchema } from "../parse-by-schema.ts";
import { jsonSchemaOf, ownValue } from "./json-schema.ts";
import { problemAt, problemsOf } from "./problems.ts";
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

/** A check of one entry of a list by itself, so that a mistake in another entry does not hide what it finds. */
export interface EntryRule {
  readonly list: readonly string[];
  readonly find: (entry: unknown, index: number) => readonly SpecProblem[];
}

/** @param find gets only entries that are right by their own schema. */
export function entryRule<Entry>(
  list: readonly string[],
  schema: z.ZodType<Entry>,
  find: (entry: Entry, index: number) => readonly SpecProblem[],
): EntryRule {
  return {
    list,
    find(entry, index) {
      const parsed = parseBySchema(schema, entry);
      return parsed.success ? find(parsed.data, index) : [];
    },
  };
}

/** Parses a document and finds everything that is wrong with it, all at once: keys, types and combinations. */
export function check<Spec>(
  schema: z.ZodObject & z.ZodType<Spec>,
  rules: readonly Rule<Spec>[],
  entryRules: readonly EntryRule[],
  document: unknown,
): Checked<Spec> {
  const parsed = parseBySchema(schema, document);
  const problems = parsed.success ? [] : problemsOf(parsed.error.issues, jsonSchemaOf(schema), document);
  const zeros = zeroBytes(document);
  if (zeros.length > 0) return { ok: false, problems: [...problems, ...zeros] };
  const unknown = problems.filter((problem) => problem.at === "key");
  const known = unknown.length === 0 ? document : without(document, new Set(unknown.map(({ path }) => idOf(path))));
  for (const { list, find } of entryRules) {
    const entries = list.reduce<unknown>(ownValue, known);
    if (Array.isArray(entries)) problems.push(...entries.flatMap(find));
  }
  if (parsed.success) {
    problems.push(...rules.flatMap((rule) => rule.find(parsed.data)));
    return problems.length === 0 ? { ok: true, value: parsed.data } : { ok: false, problems };
  }
  const meant = new Set(unknown.flatMap(({ path, nearest }) => (path.length === 1 ? [nearest] : [])));
  const sound = soundKeys(schema, known, meant);
  const runnable = rules.filter((rule) => rule.reads.every((key) => Object.hasOwn(sound, key)));
  return { ok: false, problems: [...problems, ...runnable.flatMap((rule) => rule.find(sound as Spec))] };
}

/** Texts that end early for everything that is not JavaScript: SQL, file systems, git. */
function zeroBytes(value: unknown, path: SpecProblem["path"] = [], seen: Set<object> = new Set()): SpecProblem[] {
  if (typeof value === "string") {
    return value.includes("\0") ? [problemAt(path, "contains a zero byte, which is not allowed in a text")] : [];
  }
  // An alias may stand inside what it names.
  if (typeof value !== "object" || value === null || seen.has(value)) return [];
  seen.add(value);
  const list = Array.isArray(value);
  return Object.entries(value).flatMap(([key, item]) => [
    ...(key.includes("\0") ? [problemAt(path, "has a key with a zero byte, which is not allowed in a text")] : []),
    ...zeroBytes(item, [...path, list ? Number(key) : key], seen),
  ]);
}

/** The top-level keys that are right by themselves, apart from those that a mistyped key was `meant` to be. */
function soundKeys(schema: z.ZodObject, known: unknown, meant: ReadonlySet<string | undefined>): object {
  if (typeof known !== "object" || known === null || Array.isArray(known)) return {};
  const sound: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(schema.shape)) {
    const parsed = (part as z.ZodType).safeParse(ownValue(known, key));
    if (parsed.success && !meant.has(key)) sound[key] = parsed.data;
  }
  return sound;
}

/** A copy of the document without the keys at these paths. */
function without(value: unknown, dropped: ReadonlySet<string>, path: SpecProblem["path"] = []): unknown {
  if (Array.isArray(value)) return value.map((entry, i) => without(entry, dropped, [...path, i]));
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => !dropped.has(idOf([...path, key])));
  return Object.fromEntries(kept.map(([key, item]) => [key, without(item, dropped, [...path, key])]));
}

function idOf(path: SpecProblem["path"]): string {
  return JSON.stringify(path);
}
