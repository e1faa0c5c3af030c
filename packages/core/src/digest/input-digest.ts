import type { DataManifest } from "../spec/data-manifest.ts";
import type { ModelSpec } from "../spec/model-spec.ts";
import { canonicalJson, type Json } from "./canonical-json.ts";

/** Hashes a text to 64 hex digits. Handed in, because hashing belongs to the platform. */
export type Sha256 = (text: string) => string;

/** What people write of a training. */
export interface TrainingSettings {
  readonly spec: ModelSpec;
  readonly manifest: DataManifest;
}

export interface TrainingInputs extends TrainingSettings {
  /** sha256 of every data file, any order: paths do not matter. */
  readonly files: readonly string[];
  /** sha256 of the learner's own code files; `null`: none. */
  readonly code: string | null;
  /** Algorithm version of every candidate's learner; `null`: not known here. */
  readonly learners: Readonly<Record<string, number | null>>;
}

export interface InputDigests {
  /** The training part of the spec. */
  readonly spec: string;
  /** `prepare` and `schema`. */
  readonly manifest: string;
  readonly code: string | null;
  /** Everything but the data files: differs when a person or an upgrade changed how training goes. */
  readonly settings: string;
  /** Everything that decides what training makes. */
  readonly input: string;
}

/**
 * Digests of what decides a training run.
 *
 * Not in it: gates, fairness, budget, margin, retrain policy, merge policy, checks, clock, champion, paths. Changing those retrains
 * nothing.
 */
export function digestInputs(inputs: TrainingInputs, sha256: Sha256): InputDigests {
  const digest = (value: unknown) => sha256(canonicalJson(withoutUndefined(value)));
  const spec = digest(trainingSpec(inputs.spec));
  const manifest = digest(trainingManifest(inputs.manifest));
  const settings = digest({ spec, manifest, code: inputs.code, learners: inputs.learners });
  const input = digest({ settings, files: [...inputs.files].sort() });
  return { spec, manifest, code: inputs.code, settings, input };
}

/** The part of `model.yaml` that decides what training makes. */
export function trainingSpec({
  task,
  data: _dataset,
  target,
  positive,
  time,
  key,
  group,
  weight,
  features,
  candidates,
  holdout,
  validation,
  training,
  ship,
  ...rest
}: ModelSpec): Readonly<Record<string, unknown>> {
  const { metrics, slices, seed } = rest;
  return {
    task,
    target,
    positive,
    time,
    key,
    group,
    weight,
    features,
    candidates,
    holdout,
    // What nobody wrote was a fifth once, and stays that here, so that an upgrade by itself retrains nothing.
    validation: { fraction: 0.2, ...validation },
    training,
    ship,
    metrics,
    slices,
    seed,
  };
}

/** The part of the data manifest that does. */
export function trainingManifest({ prepare, schema }: DataManifest): Readonly<Record<string, unknown>> {
  return { prepare, schema };
}

/** JSON has no `undefined`; an absent key and an undefined one mean the same. */
function withoutUndefined(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}
