import { count, flag, listOf, objectOf, textSchema, textOrNull, type DocumentPart } from "./schemas.ts";
import type { ServedView } from "../views.ts";

const keySchemas = {
  string: { type: ["string", "null"] },
  boolean: { type: ["boolean", "null"] },
  integer: { type: ["number", "null"] },
  number: { type: ["number", "null"] },
} as const;

/**
 * An object that has every column, or the key of a view and the columns that the view does not have.
 *
 * @param row an object with every column @param wrap of a column of the key
 */
export function orKey(
  row: DocumentPart,
  view: ServedView | undefined,
  wrap: (schema: DocumentPart) => DocumentPart = (schema) => schema,
): DocumentPart {
  if (view === undefined) return row;
  const { key, columns: looked } = view.rows;
  const keys = Object.fromEntries(
    key.map(({ name, type }) => [name, wrap(keySchemas[type as keyof typeof keySchemas])]),
  );
  const { required, properties, ...others } = row;
  const names = required as readonly string[];
  const rest = names.filter((name) => !looked.includes(name));
  return {
    ...others,
    properties: { ...keys, ...(properties as DocumentPart) },
    anyOf: [{ required: names }, { required: [...new Set([...Object.keys(keys), ...rest])] }],
    description: `Without all columns, those of the view ${view.name} are looked up by the key; a column that is sent counts.`,
  };
}

export const absentKeysSchema: DocumentPart = {
  enum: ["refuse", "missing"],
  default: "refuse",
  description: "What happens if the view does not have a key: the request is refused, or the columns are missing.",
};

const used = objectOf({
  name: textSchema,
  sha256: { ...textSchema, description: "Of the file of the view." },
  newest: { ...textOrNull, description: "Time of its newest row." },
  writtenAt: { ...textSchema, description: "When the file was written." },
  stale: { ...flag, description: "Whether there may be a newer file that could not be read." },
  found: { ...count, description: "Rows that were filled up." },
  absent: { ...count, description: "Rows whose key the view does not have." },
  own: { ...listOf(textSchema), description: "Columns of the view that rows had themselves." },
});

/** What an answer says of the view. */
export const usedViewSchema: DocumentPart = { anyOf: [{ type: "null" }, used] };
