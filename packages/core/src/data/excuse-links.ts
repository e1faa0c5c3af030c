import type { DataManifest } from "../spec/data-manifest.ts";
import type { ModelSpec } from "../spec/model-spec.ts";
import type { FindingCode } from "./finding-codes.ts";
import type { Finding } from "./finding.ts";

/** What new customers, orders or devices look like. */
const ofNewTexts: ReadonlySet<string> = new Set<FindingCode>(["unseen-categories", "relabelled"]);

/**
 * Columns by which rows of further tables are found, as far as declarations tell: keys, and what names a row of the model without being
 * one of its features.
 */
export function linkColumns(
  { schema, tables = [] }: Pick<DataManifest, "schema" | "tables">,
  { key, features }: Pick<ModelSpec, "key" | "features">,
): ReadonlySet<string> {
  const keys = [key, schema.primaryKey, ...tables.map((table) => table.schema.primaryKey)];
  return new Set([...keys.flatMap((each) => each ?? []), ...features.exclude]);
}

/** Turns suspects about texts that are new in such columns into warnings: they come with every new customer. */
export function excuseLinks(findings: readonly Finding[], links: ReadonlySet<string>): Finding[] {
  return findings.map((found) => {
    if (found.severity !== "suspect" || !ofNewTexts.has(found.code) || !links.has(found.column ?? "")) return found;
    return {
      ...found,
      severity: "warning",
      message: `${found.message} The column links tables, so this blocks nothing.`,
    };
  });
}
