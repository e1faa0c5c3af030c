import { canonicalJson, type Json } from "../digest/canonical-json.ts";
import type { DataManifest, Field, FurtherTable, Source } from "../spec/data-manifest.ts";
import { asOwnRows } from "../spec/further-table.ts";
import { gone, looserClause } from "./weakened-clauses.ts";

type Constraints = NonNullable<Field["constraints"]>;

/** What a change of a data manifest asks less of the data than before, or tells more of them, one clause each. */
export function weakenedChecks(before: DataManifest, after: DataManifest): string[] {
  const accepted = ({ checks }: DataManifest) => checks.accept.map(({ column, finding }) => `${finding} of ${column}`);
  const keys = ({ schema: { primaryKey } }: DataManifest) => (primaryKey === undefined ? [] : [primaryKey].flat());
  return [
    ...looserClause("checks.maxNullRate", "higher", before.checks.maxNullRate, after.checks.maxNullRate),
    ...looserClause("checks.minRows", "lower", before.checks.minRows, after.checks.minRows),
    ...looserClause("checks.maxAgeDays", "higher", before.checks.maxAgeDays, after.checks.maxAgeDays),
    ...added(accepted(before), accepted(after)).map((entry) => `\`checks.accept\` now accepts ${entry}`),
    ...before.schema.fields.flatMap((field) => weakenedField(field, before, after)),
    ...(keys(before).length > 0 && keys(before).join() !== keys(after).join()
      ? ["`schema.primaryKey` is changed or gone"]
      : []),
    ...added(before.schema.missingValues, after.schema.missingValues).map(
      (text) => `${JSON.stringify(text)} now counts as missing`,
    ),
    ...gone("`sensitive`", before.sensitive, after.sensitive),
    ...gone("`sources`", pathsOf(before), pathsOf(after)),
    ...before.sources.flatMap((source) => otherRows(source, after)),
    ...(before.tables ?? []).flatMap((table) => weakenedTable(table, before, after)),
  ];
}

/** A further table is judged by the same rules as the model's own rows. */
function weakenedTable(table: FurtherTable, before: DataManifest, after: DataManifest): string[] {
  const now = after.tables?.find(({ name }) => name === table.name);
  if (now === undefined) return [`the table ${table.name} is gone from \`tables\``];
  const clauses = weakenedChecks(asOwnRows(table, before), asOwnRows(now, after));
  const late = table.availableAt === now.availableAt ? [] : ["`availableAt` is changed or gone"];
  return [...clauses, ...late].map((clause) => `table ${table.name}: ${clause}`);
}

/** Whoever asks a database otherwise can leave rows out. */
function otherRows({ path, query, cursor }: Source, after: DataManifest): string[] {
  const now = after.sources.find((source) => source.path === path);
  if (now === undefined) return [];
  return [
    ...(query === now.query ? [] : [`\`query\` of ${path} is changed`]),
    ...(cursor === now.cursor ? [] : [`\`cursor\` of ${path} is changed`]),
  ];
}

const pathsOf = ({ sources }: DataManifest) => sources.map(({ path }) => path);

const added = (before: readonly string[], after: readonly string[]) => after.filter((entry) => !before.includes(entry));

function weakenedField(field: Field, before: DataManifest, after: DataManifest): string[] {
  const { name } = field;
  const now = after.schema.fields.find((each) => each.name === name);
  if (now === undefined) return [`the column ${name} is gone from \`schema\``];
  const type = now.type === field.type ? [] : [`${name} is read as ${now.type}, no longer as ${field.type}`];
  const bare =
    now.bareNumber === false && field.bareNumber !== false
      ? [`${name} is read without what stands before and after its numbers`]
      : [];
  const unit =
    field.unit !== undefined && now.unit !== field.unit
      ? [
          `${name} is read in ${now.unit === undefined ? "any unit" : JSON.stringify(now.unit)}, no longer in ${JSON.stringify(field.unit)} alone`,
        ]
      : [];
  const missing =
    field.missingValues === undefined && now.missingValues === undefined
      ? []
      : added(missingTexts(field, before), missingTexts(now, after)).map(
          (text) => `${JSON.stringify(text)} now counts as missing in ${name}`,
        );
  const [then, today] = [field.constraints ?? {}, now.constraints ?? {}];
  return [
    ...type,
    ...bare,
    ...unit,
    ...missing,
    ...constraintKeys.flatMap((key) => weakenedConstraint(name, key, then, today)),
  ];
}

const missingTexts = ({ missingValues }: Field, { schema }: DataManifest) => missingValues ?? schema.missingValues;

const constraintKeys = ["required", "unique", "minimum", "maximum", "enum", "pattern"] as const;

function weakenedConstraint(column: string, key: keyof Constraints, then: Constraints, today: Constraints): string[] {
  const [before, after] = [then[key], today[key]];
  if (before === undefined || before === false || asksAsMuch(key, before, after)) return [];
  const words = after === undefined || after === false ? "is gone" : "is loosened";
  return [`the constraint \`${key}\` of ${column} ${words}`];
}

/** A pattern that is another one is not known to ask as much. */
function asksAsMuch(key: keyof Constraints, before: unknown, after: unknown): boolean {
  if (canonicalJson((before ?? null) as Json) === canonicalJson((after ?? null) as Json)) return true;
  if (typeof before === "number" && typeof after === "number") {
    return key === "minimum" ? after >= before : key === "maximum" && after <= before;
  }
  return key === "enum" && Array.isArray(after) && after.every((value) => (before as unknown[]).includes(value));
}
