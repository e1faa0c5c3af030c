import { namedEntry, typeWords } from "../src/spec/json-schema.ts";
import type { JsonSchema } from "../src/spec/json-schema.ts";

/** One table of the reference: the keys of one map. */
interface Section {
  /** The way to the map, such as `schema.fields[].constraints`; empty: the file itself. */
  readonly path: string;
  readonly schema: JsonSchema;
}

/**
 * A page of the reference: the introduction, an example, and a table for each map of the schema.
 *
 * @param example `null`: the introduction says all.
 */
export function referencePage(title: string, introduction: string, example: string | null, schema: JsonSchema): string {
  const [file, ...nested] = sections("", withPartWords(schema));
  const parts = Object.entries(withPartWords(schema).$defs ?? {}).flatMap(([name, part]) => partSections(name, part));
  return [
    `# ${title}`,
    "<!-- Generated from the schema: npx vitest run packages/core/test/reference.test.ts -u -->",
    introduction,
    example === null ? "" : `\`\`\`${/^[[{]/.test(example) ? "json" : "yaml"}\n${example.trimEnd()}\n\`\`\``,
    ...(file === undefined ? [] : [`## Keys${ofBranch(file.path)}`, table(file)]),
    ...[...nested, ...parts].flatMap((section) => [
      `## ${section.path}`,
      section.schema.description ?? "",
      table(section),
    ]),
  ]
    .filter((part) => part !== "")
    .join("\n\n")
    .concat("\n");
}

/** Of a list of several kinds of maps, which of them the first table is about. */
function ofBranch(path: string): string {
  return path.includes(" with ") ? path.slice(path.indexOf(" with ")) : "";
}

/** A part that several maps have in common; one that is not a map is told by its description, and the report on a page of its own. */
function partSections(name: string, part: JsonSchema): Section[] {
  if (name === "Piece" || name === "Text") return [];
  const found = name === "Report" ? [] : sections(name, part);
  if (found[0]?.path === name) return found;
  const heading: JsonSchema = part.description === undefined ? {} : { description: part.description };
  return [{ path: name, schema: heading }, ...found];
}

/** The map itself and every map below it, in the order of the schema. */
function sections(path: string, schema: JsonSchema): Section[] {
  if (schema.$ref !== undefined || schema.prefixItems !== undefined) return [];
  const branches = schema.oneOf ?? schema.anyOf?.filter((branch) => branch.properties !== undefined) ?? [];
  if (schema.oneOf !== undefined || branches.length > 1) {
    return branches.flatMap((branch) => sections(`${path} with ${tagOf(branch, branches)}`, branch));
  }
  const list = schema.anyOf?.find((branch) => branch.items !== undefined);
  if (list !== undefined) return sections(path, list);
  const orNull = schema.anyOf?.some(({ type }) => type === "null") === true;
  const map = orNull ? schema.anyOf?.find((branch) => branch.properties !== undefined) : undefined;
  if (map !== undefined) return sections(path, map);
  if (schema.items !== undefined) return sections(path === "" ? "entry" : `${path}[]`, schema.items);
  const entry = namedEntry(schema);
  if (entry !== undefined) return sections(`${path}.NAME`, entry);
  if (schema.properties === undefined) return [];
  const below = Object.entries(schema.properties).flatMap(([key, property]) =>
    sections(path === "" ? key : `${path}.${key}`, property),
  );
  return [{ path, schema }, ...below];
}

/** What chooses this branch of a union: a key with its words, such as `learner: gbdt`, or a key that no other branch has. */
function tagOf(branch: JsonSchema, branches: readonly JsonSchema[]): string {
  const keys = Object.entries(branch.properties ?? {});
  const isShared = (key: string) => branches.every(({ properties }) => properties?.[key] !== undefined);
  const tag = keys.find(([key, { const: word, enum: words }]) => isShared(key) && (word ?? words) !== undefined);
  if (tag === undefined) return keys.find(([key]) => !isShared(key))![0];
  const [key, { const: word, enum: words = [word] }] = tag;
  return `${key}: ${words.map(String).join(" or ")}`;
}

function table({ path, schema }: Section): string {
  if (schema.properties === undefined || path === "Report") return "";
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
  const parts = new Set(JSON.stringify(property).match(/(?<=#\/\$defs\/)\w+/g));
  if (first !== undefined) return `[${words}](#${anchor(first.path)})`;
  return words.replace(/\b[A-Z]\w+\b/g, (name) => (parts.has(name) ? `[${name}](#${anchor(name)})` : name));
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

/** A key that only names a part means what the part means. */
export function withPartWords(schema: JsonSchema): JsonSchema {
  const words = (reference: string) => schema.$defs?.[reference.replace("#/$defs/", "")]?.description;
  const described = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(described);
    if (typeof value !== "object" || value === null) return value;
    const inside = Object.fromEntries(Object.entries(value).map(([key, each]) => [key, described(each)]));
    const reference = inside["$ref"];
    return typeof reference === "string" ? { description: words(reference), ...inside } : inside;
  };
  return described(schema) as JsonSchema;
}
