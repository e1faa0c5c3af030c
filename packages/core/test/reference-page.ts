import { namedEntry, typeWords } from "../src/spec/json-schema.ts";
import type { JsonSchema } from "../src/spec/json-schema.ts";

/** One table of the reference: the keys of one map. */
interface Section {
  /** The way to the map, such as `schema.fields[].constraints`; empty: the file itself. */
  readonly path: string;
  readonly schema: JsonSchema;
}

/** A page of the reference: the introduction, an example, and a table for each map of the schema. */
export function referencePage(title: string, introduction: string, example: string, schema: JsonSchema): string {
  const [file, ...nested] = sections("", schema);
  return [
    `# ${title}`,
    "<!-- Generated from the schema: npx vitest run packages/core/test/reference.test.ts -u -->",
    introduction,
    `\`\`\`yaml\n${example.trimEnd()}\n\`\`\``,
    "## Keys",
    table(file!),
    ...nested.flatMap((section) => [`## ${section.path}`, section.schema.description ?? "", table(section)]),
  ]
    .filter((part) => part !== "")
    .join("\n\n")
    .concat("\n");
}

/** The map itself and every map below it, in the order of the schema. */
function sections(path: string, schema: JsonSchema): Section[] {
  if (schema.oneOf !== undefined) {
    return schema.oneOf.flatMap((branch) => sections(`${path} with ${tagOf(branch)}`, branch));
  }
  const list = schema.anyOf?.find((branch) => branch.items !== undefined);
  if (list !== undefined) return sections(path, list);
  const orNull = schema.anyOf?.some(({ type }) => type === "null") === true;
  const map = orNull ? schema.anyOf?.find((branch) => branch.properties !== undefined) : undefined;
  if (map !== undefined) return sections(path, map);
  if (schema.items !== undefined) return sections(`${path}[]`, schema.items);
  const entry = namedEntry(schema);
  if (entry !== undefined) return sections(`${path}.NAME`, entry);
  if (schema.properties === undefined) return [];
  const below = Object.entries(schema.properties).flatMap(([key, property]) =>
    sections(path === "" ? key : `${path}.${key}`, property),
  );
  return [{ path, schema }, ...below];
}

/** The key and word that choose this branch of a union, such as `learner: gbdt`. */
function tagOf(branch: JsonSchema): string {
  const [key, property] = Object.entries(branch.properties ?? {}).find(([, { const: tag }]) => tag !== undefined)!;
  return `${key}: ${String(property.const)}`;
}

function table({ path, schema }: Section): string {
  const rows = Object.entries(schema.properties ?? {}).map(([key, property]) => {
    const isRequired = schema.required?.includes(key) ?? false;
    const cells = [`\`${key}\``, typeCell(path, key, property), isRequired ? "required" : defaultWords(property)];
    return row([...cells, property.description ?? ""]);
  });
  return [row(["key", "type", "default", "meaning"]), "| --- | --- | --- | --- |", ...rows].join("\n");
}

function typeCell(path: string, key: string, property: JsonSchema): string {
  const [first] = sections(path === "" ? key : `${path}.${key}`, property);
  const words = typeWords(property).replace(/"([^"]*)"/g, "`$1`");
  return first === undefined ? words : `[${words}](#${anchor(first.path)})`;
}

/** The anchor that GitHub gives a heading. */
function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\w -]/g, "")
    .replaceAll(" ", "-");
}

function defaultWords({ default: value }: JsonSchema): string {
  if (value === undefined) return "–";
  const isEmptyMap =
    typeof value === "object" && value !== null && Object.keys(value).length === 0 && !Array.isArray(value);
  return isEmptyMap ? "its defaults" : `\`${JSON.stringify(value)}\``;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
