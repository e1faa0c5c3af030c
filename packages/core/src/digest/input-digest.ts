import type { DataManifest } from "../spec/data-manifest.ts";
import type { ModelSpec } from "../spec/model-spec.ts";
import { canonicalJson, type Json } from "./canonical-json.ts";

/** Hashes a text to 64 hex digits. Handed in, because hashing belongs to the platform. */
export type Sha256 = (text: string) => string;

export interface TrainingInputs {
  /** sha256 of every data file, any order: paths do not matter. */
  readonly files: readonly string[];
  readonly spec: ModelSpec;
  readonly manifest: DataManifest;
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
  const {
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
  } = inputs.spec;
  const { metrics, slices, seed } = rest;
  const digest = (value: unknown) => sha256(canonicalJson(withoutUndefined(value)));

  const spec = digest({
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
  });
  const manifest = digest({ prepare: inputs.manifest.prepare, schema: inputs.manifest.schema });
  const settings = digest({ spec, manifest, code: inputs.code, learners: inputs.learners });
  const input = digest({ settings, files: [...inputs.files].sort() });
  return { spec, manifest, code: inputs.code, settings, input };
}

/** JSON has no `undefined`; an absent key and an undefined one mean the same. */
function withoutUndefined(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}
