import type { RawInput } from "../raw-rows.ts";
import type { ServedModel } from "../served-model.ts";
import { flag, listOf, objectOf, textSchema, textOrNull, type DocumentPart } from "./schemas.ts";

/** Texts as files have them are read, too. */
const kinds: Readonly<Record<RawInput["type"], readonly string[]>> = {
  string: ["string", "null"],
  number: ["number", "string", "null"],
  integer: ["integer", "string", "null"],
  boolean: ["boolean", "string", "null"],
  date: ["string", "null"],
  datetime: ["string", "null"],
  file: ["string", "null"],
};

/** What a model's metadata says of raw rows. */
export const rawContractSchema: DocumentPart = {
  anyOf: [
    objectOf({ inputs: listOf(objectOf({ name: textSchema, type: textSchema, required: flag, format: textOrNull })) }),
    objectOf({ code: textSchema, message: textSchema, hint: textSchema }),
    { type: "null" },
  ],
};

/** Schemas of bodies of raw rows; none where the model takes no raw rows. */
export function rawBodies(raw: ServedModel["raw"], most: number): DocumentPart[] {
  if (raw === null || raw === undefined || !("inputs" in raw)) return [];
  const limits = { maxItems: most };
  const named = (wrap: (schema: DocumentPart) => DocumentPart): DocumentPart => {
    const of = (isRequired: boolean) =>
      Object.fromEntries(
        raw.inputs.flatMap((input) => (input.required === isRequired ? [[input.name, wrap(valueSchema(input))]] : [])),
      );
    return objectOf(of(true), of(false));
  };
  const columns = { ...named((items) => listOf(items, limits)), additionalProperties: { type: "array", ...limits } };
  const input = { const: "raw" };
  return [
    {
      ...objectOf({
        input,
        records: listOf(
          named((schema) => schema),
          limits,
        ),
      }),
      not: { required: ["columns"] },
    },
    { ...objectOf({ input, columns }), not: { required: ["records"] } },
  ];
}

function valueSchema({ type, format }: RawInput): DocumentPart {
  return { type: kinds[type], ...(format !== null && { description: `A ${type}, written as ${format}` }) };
}
