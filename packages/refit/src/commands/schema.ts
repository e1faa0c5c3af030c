import { answerSchemas, publishedSchema } from "@refit/core/answers";
import { featureSpec } from "@refit/core/data";
import { UsageError } from "@refit/core/errors";
import { dayFile, predictionLine } from "@refit/core/production";
import { ledgerRow, lineage } from "@refit/core/history";
import { quoteForTerminal, siteHistory } from "@refit/core/report";
import { dataManifest, layoutSpec, modelSpec, nearest, rolloutSpec } from "@refit/core/spec";
import type { Ports } from "../ports/index.ts";
import type { Flags } from "./command.ts";

export const usage = "refit schema [name] [--json]";
export const summary = "Print the JSON Schema of what refit reads or writes; without an argument, list the schemas.";
export const examples = [
  ["refit schema", "list the schemas"],
  ["refit schema model > model.schema.json", "of model.yaml, for an editor"],
  ["refit schema show", "of what `refit show --json` prints"],
] as const;
export const options = { json: { type: "boolean" } } as const;
export const optionHelp = { json: "print the list of schemas as JSON (a schema always is)" };

/** Of files that people or refit write; those of answers are in core. */
const fileSchemas = {
  model: ({ learners }: Pick<Ports, "learners">) => modelSpec(learners.installed),
  "data-manifest": () => dataManifest,
  refit: () => layoutSpec,
  rollout: () => rolloutSpec,
  features: () => featureSpec,
  lineage: () => lineage,
  "ledger-row": () => ledgerRow,
  "site-history": () => siteHistory,
  prediction: () => predictionLine,
  "production-day": () => dayFile,
} as const;

const names = [...Object.keys(fileSchemas), ...answerSchemas.map((answer) => answer.name)];

/** For the completion of its argument. */
export const argumentWords = names;

export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  const [name] = args;
  if (name === undefined) {
    ports.out.print(flags.json === true ? JSON.stringify(names) : names.join("\n"));
    return 0;
  }
  const found = schemaCalled(ports, name);
  if (found === undefined) {
    throw new UsageError(`There is no schema ${quoteForTerminal(name)}. ${whichOf(name)}`, usage);
  }
  ports.out.print(JSON.stringify(publishedSchema(found.name, found.schema), null, 2));
  return 0;
}

function whichOf(name: string): string {
  const near = nearest(name, names);
  const all = `The schemas are ${names.join(", ")}.`;
  return near === undefined ? all : `Did you mean "${near}"? ${all}`;
}

function schemaCalled(ports: Pick<Ports, "learners">, name: string) {
  if (Object.hasOwn(fileSchemas, name)) return { name, schema: fileSchemas[name as keyof typeof fileSchemas](ports) };
  // What a command answers is found by the command, too, where the schema is named after what it describes.
  return answerSchemas.find((answer) => answer.name === name || answer.title === `refit ${name} --json`);
}
