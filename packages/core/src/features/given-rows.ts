import type { DataManifest, Field } from "../spec/data-manifest.ts";
import type { FeatureSpec } from "./feature-spec.ts";

/** Which rows a caller has: those of the data files, or what `prepare` makes of them. */
export type InputKind = "raw" | "prepared";

/** How the files of a caller are read. */
export interface GivenRows {
  readonly manifest: DataManifest;
  /** Columns of the schema that files need not have. */
  readonly mayLack: ReadonlySet<string>;
}

type ReadSpec = Pick<FeatureSpec, "source" | "inputs" | "ignored">;

/**
 * Rows as the data files have them: read by the schema of the training, and undeclared columns by the types that it found. A file needs
 * the columns that are inputs or that the SQL names; the answer is what is asked for, so whatever it is made of may be missing.
 * Constraints are the training's, and are not looked at.
 *
 * @param kept columns that come with the answers where they are there.
 */
export function rawRows(
  { source, inputs, ignored }: ReadSpec,
  manifest: DataManifest,
  kept: readonly string[],
): GivenRows {
  const declared = new Map(manifest.schema.fields.map((field) => [field.name, field]));
  const isInput = new Set(inputs.map(({ name }) => name));
  const isAnswer = new Set(
    ignored.filter(({ reason }) => reason === "target" || reason === "target-input").map(({ name }) => name),
  );
  const sql = [manifest.prepare ?? "", ...Object.values(manifest.viewTexts ?? {})].join("\n").toLowerCase();
  const isNamed = (name: string) => sql.includes(name.toLowerCase().replaceAll('"', '""'));
  const isNeeded = (name: string) => !isAnswer.has(name) && (isInput.has(name) || isNamed(name));
  const read = source.filter(({ name }) => isInput.has(name) || isNamed(name) || kept.includes(name));
  const fields = read.map(({ name, type }): Field => {
    const { constraints: _, ...form } = declared.get(name) ?? { name, type };
    return form;
  });
  return withFields(
    manifest,
    fields,
    read.flatMap(({ name }) => (isNeeded(name) ? [] : [name])),
  );
}

/**
 * Rows as `prepare` gives them. What means that there is no value is what the schema says for a column of that name; how numbers and dates
 * are written in the data files is not asked.
 *
 * @param kept of the model, without those that are inputs; they are read as text.
 */
export function preparedRows({ inputs }: ReadSpec, manifest: DataManifest, kept: readonly string[]): GivenRows {
  const others = kept.filter((name) => inputs.every((input) => input.name !== name));
  const declared = new Map(manifest.schema.fields.map((field) => [field.name, field.missingValues]));
  const fields = [...inputs, ...others.map((name) => ({ name, type: "string" as const }))].map(
    ({ name, type }): Field => {
      const missingValues = declared.get(name);
      return { name, type, ...(missingValues && { missingValues }) };
    },
  );
  const { prepare: _prepare, tables: _tables, views: _views, viewTexts: _texts, ...rest } = manifest;
  return withFields(rest, fields, others);
}

function withFields(manifest: DataManifest, fields: readonly Field[], mayLack: readonly string[]): GivenRows {
  const { primaryKey: _, ...schema } = manifest.schema;
  return { manifest: { ...manifest, schema: { ...schema, fields: [...fields] } }, mayLack: new Set(mayLack) };
}
