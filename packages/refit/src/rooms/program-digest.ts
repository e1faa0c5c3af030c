import { canonicalJson, type Json } from "@refit/core/history";
import { decidingSettings, type ArtifactFiles, type CandidateSettings, type Learner } from "@refit/core/runtime";
import type { ModelSpec } from "@refit/core/spec";
import type { Prepared } from "../products/prepared.ts";
import { sha256 } from "../sha256.ts";

/** A program with what makes its models differ. */
export interface ProgramToTry {
  readonly learner: Learner;
  readonly settings: CandidateSettings;
  readonly code: ArtifactFiles;
  /** The model that it goes on from. */
  readonly start?: ArtifactFiles | undefined;
}

/**
 * By which a program is known again: its files, settings, seed, input columns and target, and the interpreter and packages that it runs on.
 *
 * @returns `null`: it cannot be told what it runs on.
 */
export async function programDigest(
  { learner, settings, code, start }: ProgramToTry,
  { seed }: Pick<ModelSpec, "seed">,
  { featureSpec, target }: Pick<Prepared, "featureSpec" | "target">,
): Promise<string | null> {
  const runtime = (await learner.runtime?.(settings)) ?? null;
  if (runtime === null) return null;
  const digests = [...code].map(([file, bytes]) => [file, sha256(bytes)]);
  const { name, algorithmVersion } = learner;
  const about = { columns: featureSpec.inputs, target, runtime };
  const how = [name, algorithmVersion, decidingSettings(settings), digests, start !== undefined, seed, about];
  return sha256(canonicalJson(JSON.parse(JSON.stringify(how)) as Json));
}
