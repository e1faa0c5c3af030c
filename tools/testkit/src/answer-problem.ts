import * as z from "zod";

/**
 * What is wrong with a value by its JSON Schema, also where it has a key that the schema does not name; `null`: nothing.
 *
 * @param schema such as `refit schema run` prints it.
 */
export function answerProblem(schema: unknown, value: unknown): string | null {
  const { error } = z.fromJSONSchema(closed(schema) as Parameters<typeof z.fromJSONSchema>[0]).safeParse(value);
  return error === undefined ? null : z.prettifyError(error);
}

/** The same schema without keys beyond those that it names. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== "object" || schema === null) return schema;
  const inside = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  const isMap = inside["type"] === "object" && typeof inside["properties"] === "object";
  return isMap && !("additionalProperties" in inside) ? { ...inside, additionalProperties: false } : inside;
}
