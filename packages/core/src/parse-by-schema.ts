import type * as z from "zod";

/** Parses by one schema that are done before its code is generated. */
const fewParses = 50;
const parses = new WeakMap<z.ZodType, number>();

/**
 * `safeParse`, which for the first values goes through the schema as it is. Zod by itself generates code for each object of a schema before
 * its first value, which takes longer than to check one; a fresh clone has one of most kinds.
 */
export function parseBySchema<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): z.ZodSafeParseResult<z.output<Schema>> {
  const before = parses.get(schema) ?? 0;
  if (before >= fewParses) return schema.safeParse(value);
  parses.set(schema, before + 1);
  return schema.safeParse(value, { jitless: true });
}
