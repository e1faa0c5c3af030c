import { canonicalJson, type Json } from "@refit/core/history";
import { decidingSettings, type ArtifactFiles, type CandidateSettings, type Learner } from "@refit/core/runtime";
import type { ModelSpec } from "@refit/core/spec";
import { keepValue, recallValue } from "../data/cache.ts";
import type { Ports } from "../ports/index.ts";
import type { RowContext } from "../products/context.ts";
import type { Prepared } from "../products/prepared.ts";
import { sha256 } from "../sha256.ts";

/** Days after which a program is tried again, though nothing is known to have changed. */
const MOST_DAYS = 30;
const DAY = 86_400_000;

/** A trial that a program passed on this machine, and whether it counts still. */
export interface KeptTrial {
  isPassed(): Promise<boolean>;
  keep(): Promise<void>;
}

interface TriedProgram {
  readonly learner: Learner;
  readonly settings: CandidateSettings;
  readonly code: ArtifactFiles;
  /** The model that it goes on from. */
  readonly start?: ArtifactFiles | undefined;
}

/**
 * What is known of an earlier trial of the same program: with the same files, settings, seed, input columns and target, on the same
 * interpreter with the same packages. It is kept in the clone, by whoever tried: no version says it of itself or of the next one.
 *
 * @returns `null`: nothing is kept of it, since it cannot be told what it runs on, or since nothing shall stay behind.
 */
export async function keptTrial(
  { clock, files }: Pick<Ports, "clock" | "files">,
  { repository, request, spec }: Pick<RowContext, "repository" | "request" | "spec">,
  { featureSpec, target }: Pick<Prepared, "featureSpec" | "target">,
  tried: TriedProgram,
): Promise<KeptTrial | null> {
  const runtime = (await tried.learner.runtime?.(tried.settings)) ?? null;
  if (runtime === null || request.dryRun) return null;
  const name = `repeats/${sha256(canonicalJson(keyOf(tried, spec, { columns: featureSpec.inputs, target, runtime })))}.json`;
  return {
    async isPassed() {
      const kept = await recallValue(files, repository, name);
      const age = kept === null ? Infinity : clock.now() - Number(kept.value);
      return age >= 0 && age < MOST_DAYS * DAY;
    },
    keep: () => keepValue(files, repository, name, clock.now()),
  };
}

function keyOf({ learner, settings, code, start }: TriedProgram, { seed }: ModelSpec, about: object): Json {
  const digests = [...code].map(([file, bytes]) => [file, sha256(bytes)]);
  const { name, algorithmVersion } = learner;
  const how = [name, algorithmVersion, decidingSettings(settings), digests, start !== undefined, seed, about];
  return JSON.parse(JSON.stringify(how)) as Json;
}
