import type { LoadedVersion } from "@refit/runtime";

/** A schema, or another part of an OpenAPI document. */
export type DocumentPart = Readonly<Record<string, unknown>>;

type DescribedType = LoadedVersion["inputs"][number]["type"];

/** What JSON has of a column, and a value that one may be sent. */
const columns: Readonly<Record<DescribedType, { readonly schema: DocumentPart; readonly example: unknown }>> = {
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

export const textSchema: DocumentPart = { type: "string" };
export const textOrNull: DocumentPart = { type: ["string", "null"] };
export const flag: DocumentPart = { type: "boolean" };
export const count: DocumentPart = { type: "integer", minimum: 0 };
export const anything: DocumentPart = { type: ["string", "number", "boolean", "null"] };

/** @param optional further properties, which may be absent */
export function objectOf(properties: DocumentPart, optional: DocumentPart = {}): DocumentPart {
  return { type: "object", required: Object.keys(properties), properties: { ...properties, ...optional } };
}
export const listOf = (items: DocumentPart, limits: DocumentPart = {}): DocumentPart => ({
  type: "array",
  items,
  ...limits,
});
export const jsonOf = (schema: DocumentPart, examples: DocumentPart = {}): DocumentPart => ({
  "application/json": { schema, ...examples },
});
export const plainText: DocumentPart = { "text/plain": { schema: textSchema } };
export const reference = (name: string): DocumentPart => ({ $ref: `#/components/schemas/${name}` });

type DescribedInputs = LoadedVersion["inputs"];

/** A row as an object. */
export function recordSchema(inputs: DescribedInputs): DocumentPart {
  return objectOf(Object.fromEntries(inputs.map(({ name, type }) => [name, columns[type].schema])));
}

/** Rows as lists by column, also of those that the version does not read; that they are of one length is nothing that a schema can say. */
export function columnsSchema(inputs: DescribedInputs, most: number): DocumentPart {
  const limits = { maxItems: most };
  const lists = inputs.map(({ name, type }) => [name, listOf(columns[type].schema, limits)]);
  return { ...objectOf(Object.fromEntries(lists)), additionalProperties: { type: "array", ...limits } };
}

/** A row that a version reads; its values mean nothing. */
export function exampleRecord(inputs: DescribedInputs): DocumentPart {
  return Object.fromEntries(inputs.map(({ name, type }) => [name, columns[type].example]));
}

/** Of a GET. */
export function answered(content: DocumentPart, description: string, others: DocumentPart = {}): DocumentPart {
  return { responses: { 200: { description, content }, ...others } };
}

const refusals: Readonly<Record<number, string>> = {
  400: "The body does not have the form that this path reads.",
  413: "The body has too many bytes or rows.",
  415: "The body is of another type.",
  422: "A row does not fit the model: a column is absent or of another type; or raw rows are not accepted. Nothing was predicted.",
  500: "An internal error; the log of the server has the details.",
  503: "No version is loaded yet, or there was no answer in time.",
};

/** @param error name of the schema that errors of the path have */
export function refused(error: string, ...statuses: readonly number[]): DocumentPart {
  const content = jsonOf(reference(error));
  return Object.fromEntries(statuses.map((status) => [status, { description: refusals[status], content }]));
}
