import type * as z from "zod";
import { refuseNewer } from "../errors/format-errors.ts";
import { ArtifactInvalidError } from "../errors/artifact-errors.ts";
import { featureSpec, type FeatureSpec } from "../features/feature-spec.ts";
import { parseBySchema } from "../parse-by-schema.ts";
import { profile, type Profile } from "../data/profile.ts";
import { lineage, type Lineage, shownLineage, type ShownLineage } from "./lineage.ts";
import { knownFormat } from "./known-format.ts";
import { exceededLimit } from "./stored-json.ts";

/*
 * Files of a version, read tolerantly: keys that are not known are passed over. Each throws FormatNewerError for a higher
 * format, and ArtifactInvalidError naming the first field that is missing or wrong.
 */

/** @param file as messages name it. */
export function parseFeatureSpec(text: string, file = "features.json"): FeatureSpec {
  return parseStored(featureSpec, file, text);
}

/** @param file as messages name it. */
export function parseProfile(text: string, file = "profile.json"): Profile {
  return parseStored(profile, file, text);
}

/** @param file as messages name it. */
export function parseLineage(text: string, file = "lineage.json"): Lineage {
  return parseStored(lineage, file, text);
}

/** The part of a lineage that pages show; its other fields are not checked. */
export function parseShownLineage(text: string): ShownLineage {
  return parseStored(shownLineage, "lineage.json", text);
}

const lineages: readonly z.ZodType[] = [lineage, shownLineage];

function parseStored<Schema extends z.ZodType>(schema: Schema, file: string, text: string): z.output<Schema> {
  const limit = exceededLimit(text, lineages.includes(schema) ? "lineage" : "other");
  if (limit !== null) throw new ArtifactInvalidError(file, "", limit);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new ArtifactInvalidError(file, "", "JSON", { cause });
  }
  refuseNewer(file, value, knownFormat);
  const result = parseBySchema(schema, value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new ArtifactInvalidError(file, issue!.path.join("."), issue!.message);
}
