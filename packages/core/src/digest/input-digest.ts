import { decidingSettings } from "../learners/command-descriptor.ts";
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
  /** sha256 of every file of each further table, any order; left out: there are none. */
  readonly tables?: Readonly<Record<string, readonly string[]>>;
  /** sha256 of the learner's own code files; `null`: none. */
  readonly code: string | null;
  /** Algorithm version of every candidate's learner; `null`: not known here. */
  readonly learners: Readonly<Record<string, number | null>>;
}

export interface InputDigests {
  /** The training part of the spec. */
  readonly spec: string;
  /** `prepare`, `schema` and what `tables` says of their rows. */
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
  // An absent key and an undefined one mean the same: JSON has neither.
  const digest = (value: unknown) => sha256(canonicalJson(value as Json));
  const spec = digest(trainingSpec(inputs.spec));
  const manifest = digest(trainingManifest(inputs.manifest));
  const settings = digest({ spec, manifest, code: inputs.code, learners: inputs.learners });
  const tables = Object.entries(inputs.tables ?? {}).map(([name, files]) => [name, [...files].sort()]);
  const input = digest({
    settings,
    files: [...inputs.files].sort(),
    tables: tables.length === 0 ? undefined : Object.fromEntries(tables),
  });
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
    candidates: candidates.map(decidingSettings),
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
export function trainingManifest(manifest: DataManifest): Readonly<Record<string, unknown>> {
  const { prepare, schema, tables, views, viewTexts } = manifest;
  return {
    prepare,
    schema,
    views: views?.map((name) => [name, viewTexts?.[name] ?? null]),
    tables: tables?.map((table) => ({ name: table.name, schema: table.schema })),
  };
}
