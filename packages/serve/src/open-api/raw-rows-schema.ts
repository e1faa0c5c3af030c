import type { RawInput } from "../raw-rows.ts";
import type { ServedModel } from "../served-model.ts";
import { flag, listOf, objectOf, textSchema, textOrNull, type DocumentPart } from "./schemas.ts";
import { writtenPattern } from "./written-pattern.ts";

/** Nothing that a file could hold has a zero byte. */
const anyText = { type: "string", pattern: String.raw`^[^\u0000]*$` };
const dot = String.raw`\.`;
const numberText = { type: "string", pattern: `^[+-]?[0-9]{1,15}(?:${dot}[0-9]{1,15})?(?:[eE][+-]?[0-9]{1,2})?$` };
const integerText = { type: "string", pattern: "^[+-]?[0-9]{1,15}$" };
const words = ["true", "t", "yes", "y", "false", "f", "no", "n"];
const booleanTexts = ["1", "0", ...words.flatMap((word) => [...new Set([word, upper(word), word.toUpperCase()])])];
const { MIN_SAFE_INTEGER: minimum, MAX_SAFE_INTEGER: maximum } = Number;

/** Values of a column besides those that are missing. Texts as files have them are read, too. */
const kinds: Readonly<Record<RawInput["type"], (input: RawInput) => readonly DocumentPart[]>> = {
  string: () => [anyText],
  number: ({ ownForm }) => [{ type: "number" }, ownForm ? anyText : numberText],
  integer: ({ ownForm }) => [{ type: "integer", minimum, maximum }, ownForm ? anyText : integerText],
  boolean: () => [{ type: "boolean" }, { enum: booleanTexts }],
  date: (input) => [timeText(input, "date")],
  datetime: (input) => [timeText(input, "date-time")],
  file: () => [anyText],
};

function timeText({ format }: RawInput, iso: string): DocumentPart {
  if (format === null) return { type: "string", format: iso };
  const pattern = writtenPattern(format);
  return pattern === null ? anyText : { type: "string", pattern };
}

function upper(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

/** What a model's metadata says of raw rows. */
export const rawContractSchema: DocumentPart = {
  anyOf: [
    objectOf({
      inputs: listOf(
        objectOf({
          name: textSchema,
          type: textSchema,
          required: flag,
          format: textOrNull,
          ownForm: flag,
          missingValues: listOf(textSchema),
        }),
      ),
    }),
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

function valueSchema(input: RawInput): DocumentPart {
  const { type, format, missingValues } = input;
  const description = format === null ? {} : { description: `A ${type}, written as ${format}` };
  return { anyOf: [...kinds[type](input), { enum: [null, ...missingValues] }], ...description };
}
