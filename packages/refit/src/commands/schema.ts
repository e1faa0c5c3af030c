import { featureSpec } from "@refit/core/data";
import { affectedAnswer } from "@refit/core/affected";
import { UsageError } from "@refit/core/errors";
import { ledgerRow, lineage } from "@refit/core/history";
import { shownVersion, siteHistory, statusOfModel, storedReport, toldHistory } from "@refit/core/report";
import { dataManifest, jsonSchemaOf, layoutSpec, modelSpec } from "@refit/core/spec";
import type { Ports } from "../ports/index.ts";
import type { Flags } from "./command.ts";

export const usage =
  "refit schema [model|data-manifest|refit|features|lineage|ledger-row|shown-version|status|history|report|site-history|affected] [--json]";
export const summary = "Print the JSON Schema of what refit reads or writes; without an argument, list the schemas.";
export const examples = [
  ["refit schema", "list the schemas"],
  ["refit schema model > model.schema.json", "of model.yaml, for an editor"],
] as const;
export const options = { json: { type: "boolean" } } as const;
export const optionHelp = { json: "print the list of schemas as JSON (a schema always is)" };

const schemas = {
  model: ({ learners }: Pick<Ports, "learners">) => modelSpec(learners.installed),
  "data-manifest": () => dataManifest,
  refit: () => layoutSpec,
  features: () => featureSpec,
  lineage: () => lineage,
  "ledger-row": () => ledgerRow,
  "shown-version": () => shownVersion,
  status: () => statusOfModel,
  history: () => toldHistory,
  report: () => storedReport,
  affected: () => affectedAnswer,
  "site-history": () => siteHistory,
} as const;

export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  const [name] = args;
  if (name === undefined) {
    const names = Object.keys(schemas);
    ports.out.print(flags.json === true ? JSON.stringify(names) : names.join("\n"));
    return 0;
  }
  if (!Object.hasOwn(schemas, name)) throw new UsageError(`There is no schema "${name}".`, usage);
  ports.out.print(JSON.stringify(jsonSchemaOf(schemas[name as keyof typeof schemas](ports)), null, 2));
  return 0;
}
