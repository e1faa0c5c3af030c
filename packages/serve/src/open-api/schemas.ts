import type { LoadedVersion } from "@refit/runtime";

/** A schema, or another part of an OpenAPI document. */
export type Part = Readonly<Record<string, unknown>>;

type ColumnType = LoadedVersion["inputs"][number]["type"];

/** What JSON has of a column, and a value that one may be sent. */
const columns: Readonly<Record<ColumnType, { readonly schema: Part; readonly example: unknown }>> = {
  string: { schema: { type: ["string", "null"] }, example: "text" },
  number: { schema: { type: ["number", "null"] }, example: 1.5 },
  integer: { schema: { type: ["number", "null"] }, example: 1 },
  boolean: { schema: { type: ["boolean", "null"] }, example: true },
  date: {
    schema: { type: ["string", "null"], format: "date", description: "ISO 8601, such as 2026-11-28" },
    example: "2026-11-28",
  },
  datetime: {
    schema: {
      type: ["string", "null"],
      format: "date-time",
      description: "ISO 8601, such as 2026-11-28T06:00:00Z; UTC without a zone",
    },
    example: "2026-11-28T06:00:00Z",
  },
  file: { schema: { type: ["string", "null"] }, example: null },
};

export const text: Part = { type: "string" };
export const textOrNull: Part = { type: ["string", "null"] };
export const flag: Part = { type: "boolean" };
export const count: Part = { type: "integer", minimum: 0 };
export const anything: Part = { type: ["string", "number", "boolean", "null"] };

/** @param optional further properties, which may be absent */
export function objectOf(properties: Part, optional: Part = {}): Part {
  return { type: "object", required: Object.keys(properties), properties: { ...properties, ...optional } };
}
export const listOf = (items: Part, limits: Part = {}): Part => ({ type: "array", items, ...limits });
export const jsonOf = (schema: Part, examples: Part = {}): Part => ({ "application/json": { schema, ...examples } });
export const plainText: Part = { "text/plain": { schema: text } };
export const reference = (name: string): Part => ({ $ref: `#/components/schemas/${name}` });

type Inputs = LoadedVersion["inputs"];

/** A row as an object. */
export function recordSchema(inputs: Inputs): Part {
  return objectOf(Object.fromEntries(inputs.map(({ name, type }) => [name, columns[type].schema])));
}

/** Rows as lists by column, also of those that the version does not read; that they are of one length is nothing that a schema can say. */
export function columnsSchema(inputs: Inputs, most: number): Part {
  const limits = { maxItems: most };
  const lists = inputs.map(({ name, type }) => [name, listOf(columns[type].schema, limits)]);
  return { ...objectOf(Object.fromEntries(lists)), additionalProperties: { type: "array", ...limits } };
}

/** A row that a version reads; its values mean nothing. */
export function exampleRecord(inputs: Inputs): Part {
  return Object.fromEntries(inputs.map(({ name, type }) => [name, columns[type].example]));
}

/** Of a GET. */
export function answered(content: Part, description: string, others: Part = {}): Part {
  return { responses: { 200: { description, content }, ...others } };
}

const refusals: Readonly<Record<number, string>> = {
  400: "The body is not what this path reads.",
  413: "The body has too many bytes or rows.",
  415: "The body is of another type.",
  422: "A row does not fit the model: a column is absent or of another type. No row was answered.",
  500: "A defect, which the log of the server tells.",
  503: "No version is loaded yet, or there was no answer in time.",
};

/** @param error name of the schema that errors of the path have */
export function refused(error: string, ...statuses: readonly number[]): Part {
  const content = jsonOf(reference(error));
  return Object.fromEntries(statuses.map((status) => [status, { description: refusals[status], content }]));
}
