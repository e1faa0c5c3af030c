import * as z from "zod";

/** The part of JSON Schema (draft 2020-12) that our own schemas use. */
export interface JsonSchema {
  readonly $id?: string;
  /** To an entry of `$defs` of the whole schema. */
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly title?: string;
  readonly description?: string;
  readonly format?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  /** Of every key that `properties` does not list; `false`: there is none. */
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  /** Of a list of fixed length, each. */
  readonly prefixItems?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minItems?: number;
}

const made = new WeakMap<z.ZodType, JsonSchema>();

/** What a person may write for this schema: before defaults are filled in. Made once per schema. */
export function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  const known = made.get(schema) ?? (z.toJSONSchema(schema, { io: "input" }) as JsonSchema);
  made.set(schema, known);
  return known;
}

/** What a schema asks for, without an article: for a table of the reference. */
export function typeWords(schema: JsonSchema): string {
  if (schema.title !== undefined) return schema.title;
  if (schema.$ref !== undefined) return partOf(schema.$ref);
  if (schema.format === "date-time") return "ISO 8601 time";
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return alternatives(schema.enum.map((value) => JSON.stringify(value)));
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches !== undefined) return alternatives([...new Set(branches.map(typeWords))]);
  if (Array.isArray(schema.type)) return alternatives(schema.type.map((type: string) => typeWords({ type })));
  switch (schema.type) {
    case "string":
      return textWords(schema);
    case "integer":
      return `whole number${rangeWords(schema)}`;
    case "number":
      return `number${rangeWords(schema)}`;
    case "boolean":
      return "true or false";
    case "array":
      if (schema.prefixItems !== undefined) return schema.prefixItems.length === 2 ? "pair of numbers" : "list";
      return schema.minItems === 1
        ? `list of at least one ${typeWords(schema.items ?? {})}`
        : `list of ${pluralWords(schema.items ?? {})}`;
    case "object":
      return "map";
    default:
      return "any value";
  }
}

/** Name of the part that a reference names. */
const partOf = (reference: string) => reference.replace("#/$defs/", "");

/** What a schema asks for, in words that fit after "expected". */
export function expectedWords(schema: JsonSchema): string {
  const words = typeWords(schema);
  return /^(?:column|list|map|name|number|whole)/.test(words) ? `a ${words}` : words;
}

function textWords(schema: JsonSchema): string {
  if (schema.pattern !== undefined) return `text matching \`${schema.pattern}\``;
  if (schema.minLength === 1 && schema.maxLength === 1) return "one character";
  return schema.minLength === 1 ? "non-empty text" : "text";
}

function pluralWords(items: JsonSchema): string {
  return typeWords(items).replace(/^(map|column name|whole number|number)(?=$|,| )/, "$1s");
}

function rangeWords({ minimum, exclusiveMinimum, maximum }: JsonSchema): string {
  // zod writes the safe integers as the range of an integer without one.
  const low = minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER ? minimum : undefined;
  const high = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER ? maximum : undefined;
  if (exclusiveMinimum !== undefined)
    return ` above ${exclusiveMinimum}${high === undefined ? "" : `, at most ${high}`}`;
  if (low !== undefined && high !== undefined) return ` from ${low} to ${high}`;
  if (low !== undefined) return `, at least ${low}`;
  return high === undefined ? "" : `, at most ${high}`;
}

function alternatives(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

/**
 * The schema that governs the value at `path`, for a document that need not be valid.
 *
 * A union of maps is resolved by the constant that tells its branches apart (`learner: gbdt`).
 */
export function schemaAt(schema: JsonSchema, value: unknown, path: readonly PropertyKey[]): JsonSchema {
  const chosen = branchFor(schema, value, path.length > 0);
  const [key, ...rest] = path;
  if (key === undefined) return chosen;
  const next = typeof key === "number" ? chosen.items : (ownValue(chosen.properties, key) ?? namedEntry(chosen));
  return schemaAt(next ?? {}, ownValue(value, key), rest);
}

/** What each entry of a map looks like whose keys are names; `undefined`: it is not such a map. */
export function namedEntry({ additionalProperties: entry }: JsonSchema): JsonSchema | undefined {
  return typeof entry === "object" ? entry : undefined;
}

function branchFor(schema: JsonSchema, value: unknown, goingDeeper: boolean): JsonSchema {
  const tagged = schema.oneOf?.find((branch) =>
    Object.entries(branch.properties ?? {}).some(
      ([key, property]) => property.const !== undefined && property.const === ownValue(value, key),
    ),
  );
  if (tagged !== undefined) return tagged;
  if (goingDeeper && schema.oneOf !== undefined) return { properties: sharedTag(schema.oneOf) };
  const list =
    goingDeeper && Array.isArray(value) ? schema.anyOf?.find((branch) => branch.type === "array") : undefined;
  return list ?? schema;
}

/** The tag itself, as the choice among all branches: what is known when no branch matches. */
function sharedTag(branches: readonly JsonSchema[]): Record<string, JsonSchema> {
  const tags = branches.flatMap((branch) =>
    Object.entries(branch.properties ?? {}).filter(([, property]) => property.const !== undefined),
  );
  return Object.fromEntries(tags.map(([key]) => [key, { enum: tags.map(([, property]) => property.const) }]));
}

/** A member of a map or list of unknown shape; never something inherited, such as `constructor`. */
export function ownValue(container: unknown, key: PropertyKey): unknown {
  if (typeof container !== "object" || container === null || !Object.hasOwn(container, key)) return undefined;
  return (container as Record<PropertyKey, unknown>)[key];
}
