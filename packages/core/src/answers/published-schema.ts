import type * as z from "zod";
import { repositoryFile } from "../errors/docs-page.ts";
import { type JsonSchema, jsonSchemaOf } from "../spec/json-schema.ts";
import { answerSchemas } from "./answer-schemas.ts";

/** What each schema of a file is of. */
const fileTitles: Readonly<Record<string, string>> = {
  model: "models/<model>/model.yaml",
  "data-manifest": "data-manifests/<dataset>.yaml",
  refit: "refit.yaml",
  rollout: "models/<model>/rollout.yaml",
  lineage: "lineage.json of a version",
  "ledger-row": "a line of the ledger",
  "command-job": "job.json of a command learner",
  features: "features.json of a version",
  prediction: "a line of a prediction log",
  "production-day": "production/<model>/<day>.json",
  "site-history": "api/models/<model>/*.json of refit site",
};

/** @throws Error where no schema has this name. */
function schemaTitle(name: string): string {
  const answer = answerSchemas.find((each) => each.name === name);
  const title = answer === undefined ? fileTitles[name] : answer.title;
  if (title === undefined) throw new Error(`no schema is called ${name}`);
  return title;
}

/**
 * Where a schema can be read.
 *
 * @param ref branch or tag of refit's repository.
 */
export function schemaAddress(name: string, ref = "main"): string {
  return repositoryFile(`packages/core/schemas/${name}.schema.json`, ref);
}

/** A schema as it is published: with its address, by which others refer to it, and what it is of. */
export function publishedSchema(name: string, schema: z.ZodType): JsonSchema {
  return { $id: schemaAddress(name), title: schemaTitle(name), ...jsonSchemaOf(schema) };
}
