import type * as z from "zod";
import { ArtifactInvalidError } from "../errors/learner-errors.ts";
import { featureSpec, type FeatureSpec } from "../features/feature-spec.ts";
import { profile, type Profile } from "../data/profile.ts";
import { lineage, type Lineage } from "./lineage.ts";

/** @throws ArtifactInvalidError naming the first field that is not what a version's `features.json` holds. */
export function parseFeatureSpec(text: string): FeatureSpec {
  return parseStored(featureSpec, "features.json", text);
}

/** @throws ArtifactInvalidError, as above, for `profile.json`. */
export function parseProfile(text: string): Profile {
  return parseStored(profile, "profile.json", text);
}

/** `null` for anything that is no lineage: the folder is then broken, which history says in its own words. */
export function parseLineage(text: string): Lineage | null {
  try {
    return parseStored(lineage, "lineage.json", text);
  } catch (error) {
    if (error instanceof ArtifactInvalidError) return null;
    throw error;
  }
}

function parseStored<Schema extends z.ZodType>(schema: Schema, file: string, text: string): z.output<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new ArtifactInvalidError(file, "", "JSON", { cause });
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new ArtifactInvalidError(file, issue!.path.join("."), issue!.message);
}
