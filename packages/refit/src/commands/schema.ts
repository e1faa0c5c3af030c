import { dataManifest, featureSpec, jsonSchemaOf, ledgerRow, lineage, modelSpec, UsageError } from "@refit/core";
import type { Ports } from "../ports.ts";

export const usage = "refit schema [model|data-manifest|features|lineage|ledger-row]";
export const summary = "Print the JSON Schema of a file that refit reads or writes; without a name, list them.";
export const options = {} as const;
export const optionHelp = {};

const schemas = {
  model: modelSpec,
  "data-manifest": dataManifest,
  features: featureSpec,
  lineage,
  "ledger-row": ledgerRow,
} as const;

export async function run(ports: Ports, args: readonly string[]): Promise<number> {
  const [name] = args;
  if (name === undefined) {
    for (const known of Object.keys(schemas)) ports.out.print(known);
    return 0;
  }
  if (!Object.hasOwn(schemas, name)) throw new UsageError(`There is no schema "${name}".`, usage);
  ports.out.print(JSON.stringify(jsonSchemaOf(schemas[name as keyof typeof schemas]), null, 2));
  return 0;
}
