import type { FeatureSpec } from "@refit/core/data";
import { parseFeatureSpec, type Declared, type Lineage } from "@refit/core/history";
import {
  applyFeatures,
  inputMismatches,
  limitsOf,
  limitsOfToday,
  type ArtifactFiles,
  type FeatureMatrix,
  type Predictor,
} from "@refit/core/runtime";
import type { Ports } from "../ports/index.ts";
import type { Prepared } from "../products/prepared.ts";
import type { Context } from "../products/context.ts";
import { artifactBytes, type Challenger } from "../products/training.ts";
import { readLineage } from "../versions/read-lineage.ts";
import { readArtifact, readChampionFile } from "../versions/version-folder.ts";

type LoadAppliedPorts = Pick<Ports, "git" | "largeFiles" | "files" | "learners">;

/** A version that can answer for today's prepared rows, through its own transform. */
export interface ScoredVersion {
  readonly predictor: Predictor;
  features(rows: Uint32Array): Promise<FeatureMatrix>;
  /** Bytes of its artifact. */
  readonly bytes: number;
  /** Absent where it was made just now. */
  readonly artifact?: ArtifactFiles;
}

/** A version of the history, with the transform that it was trained with. */
export interface AppliedVersion extends ScoredVersion {
  readonly spec: FeatureSpec;
  /** Name of its learner. */
  readonly learner: string;
  /** What is said of it; absent: refit has trained it. */
  readonly declared?: Declared | undefined;
}

/** An artifact that answers through the transform that was fitted for it just now. */
export async function loadChallenger(
  { learners }: Pick<Ports, "learners">,
  { part }: Pick<Prepared, "part">,
  { settings, artifact }: Pick<Challenger, "settings" | "artifact">,
): Promise<ScoredVersion> {
  return {
    predictor: await (await learners.get(settings.learner)).load(artifact, limitsOf(settings)),
    features: async (rows) => (await part(rows)).features,
    bytes: artifactBytes(artifact),
  };
}

/** A version's settings, trained on other rows than it was, answering through its transform. */
export async function loadProcedure(
  { learners }: Pick<Ports, "learners">,
  { spec }: Pick<Context, "spec">,
  { learner, features, bytes }: AppliedVersion,
  procedure: ArtifactFiles,
): Promise<ScoredVersion> {
  return { predictor: await (await learners.get(learner)).load(procedure, limitsOfToday(spec)), features, bytes };
}

/** @returns `null` when it cannot be applied to these rows. */
export async function loadApplied(
  ports: LoadAppliedPorts,
  context: Pick<Context, "repository" | "spec">,
  prepared: Pick<Prepared, "table" | "read">,
  version: { readonly treeId: string; readonly lineage?: Lineage },
): Promise<AppliedVersion | null> {
  const stored = await readStored(ports, context.repository, version);
  if (stored === null || inputMismatches(stored.spec.inputs, prepared.table.columns).length > 0) return null;
  const { spec, lineage } = stored;
  const { artifact, predictor } = await loadModel(ports, context, { ...version, lineage });
  return {
    spec,
    learner: lineage.learner.name,
    artifact,
    declared: lineage.declared,
    predictor,
    features: (rows) => applyFeatures(spec, prepared.read, rows),
    bytes: artifactBytes(artifact),
  };
}

/** What a version says of its inputs and of itself; `null` where one of the two is missing or damaged. */
export async function readStored(
  ports: Pick<Ports, "git" | "files">,
  repository: Context["repository"],
  version: { readonly treeId: string; readonly lineage?: Lineage },
): Promise<{ readonly spec: FeatureSpec; readonly lineage: Lineage } | null> {
  const text = await readChampionFile(ports, version, "features.json");
  const lineage = version.lineage ?? (await readLineage(ports, repository, `${version.treeId}:lineage.json`));
  return text === null || lineage === null ? null : { spec: parseFeatureSpec(text), lineage };
}

/** Opens a version's model by its learner. */
export async function loadModel(
  ports: LoadAppliedPorts,
  { repository, spec }: Pick<Context, "repository" | "spec">,
  version: { readonly treeId: string; readonly lineage: Lineage },
): Promise<{ readonly artifact: ArtifactFiles; readonly predictor: Predictor }> {
  const learner = await ports.learners.get(version.lineage.learner.name);
  const artifact = await readArtifact(ports, repository, version);
  return { artifact, predictor: await learner.load(artifact, limitsOfToday(spec)) };
}

/** Its predictions for rows of today's prepared data; `null` when it has none. */
export async function predictionsOf(version: ScoredVersion | null, rows: Uint32Array): Promise<Float64Array | null> {
  return version && version.predictor.predict(await version.features(rows));
}
