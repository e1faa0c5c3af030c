import { createHash, type Hash } from "node:crypto";
import path from "node:path";
import { canonicalJson, type Json } from "@refit/core/history";
import type { ArtifactFiles, FeatureMatrix, FitRequest, LabelledRows, Learner, Predictor } from "@refit/core/runtime";
import type { Files } from "../../ports/files.ts";
import type { Learners } from "../../ports/learners.ts";
import { artifactOf, keptArtifact, type KeptArtifact } from "./kept-artifact.ts";
import { keep, readKept } from "./kept-json.ts";

/** What trainings cost. */
export interface FitCounts {
  /** Trainings that were asked for, and those of them that had not been made before. */
  asked: number;
  made: number;
}

/** Where trainings are kept, and whether answers are remembered. */
export interface Keeping {
  readonly folder: string;
  /** Not where somebody measures how long they take. */
  readonly answers: boolean;
}

/**
 * Learners that keep what they made by all that it was made from: settings, seed and every value of the rows. The same request
 * gives the same bytes, whoever asks and when; so do the same model and the same rows.
 */
export function keptFits(
  learners: Learners,
  files: Pick<Files, "read" | "write">,
  where: Keeping,
  counts: FitCounts,
): Learners {
  const keepers = new Map<string, Promise<Learner>>();
  return {
    installed: learners.installed,
    missing: learners.missing,
    get(name) {
      const keeper = keepers.get(name) ?? learners.get(name).then((learner) => keeping(learner, files, where, counts));
      keepers.set(name, keeper);
      return keeper;
    },
  };
}

/** Artifacts, models and answers that are held in memory: those of the policies of a night, and of the night before. */
const mostHeld = 64;

/** The newest few values by key. */
function newest<T>() {
  const held = new Map<string, T>();
  return {
    get: (key: string) => held.get(key) ?? null,
    hold(key: string, value: T): T {
      held.delete(key);
      held.set(key, value);
      for (const oldest of [...held.keys()].slice(0, -mostHeld)) held.delete(oldest);
      return value;
    },
  };
}

function keeping(
  learner: Learner,
  files: Pick<Files, "read" | "write">,
  { folder, answers }: Keeping,
  counts: FitCounts,
): Learner {
  // A program reads what the matrix was made of, and need not give the same model again.
  if (learner.mayDiffer !== undefined) return { ...learner, fit: counted(learner, counts) };
  const fits = newest<ArtifactFiles>();
  const models = newest<Promise<Predictor>>();
  const known = newest<Float64Array>();
  return {
    ...learner,
    settle: (settings, artifact) => learner.settle(settings, artifact),
    load(artifact) {
      const name = digestOfFiles(artifact);
      const load = async (): Promise<Predictor> => {
        const predictor = await learner.load(artifact);
        if (!answers) return predictor;
        return {
          ...(predictor.reads && { reads: predictor.reads }),
          async predict(features) {
            const key = name + digestOfRows(features);
            // A copy, since whoever asked may work in it.
            return (known.get(key) ?? known.hold(key, await predictor.predict(features))).slice();
          },
        };
      };
      return models.hold(name, models.get(name) ?? load());
    },
    async fit(request) {
      counts.asked++;
      const place = path.join(folder, `${digestOf(learner, request)}.json`);
      const before = fits.get(place) ?? (await readFit(files, place));
      if (before !== null) return fits.hold(place, before);
      counts.made++;
      const made = await learner.fit(request);
      await keep(files, place, keptArtifact(made));
      return fits.hold(place, made);
    },
  };
}

function counted(learner: Learner, counts: FitCounts): Learner["fit"] {
  return (request) => {
    counts.asked++;
    counts.made++;
    return learner.fit(request);
  };
}

function digestOfFiles(artifact: ArtifactFiles): string {
  const hash = createHash("sha256");
  for (const [file, bytes] of artifact) hash.update(JSON.stringify([file, bytes.byteLength])).update(bytes);
  return hash.digest("hex");
}

function digestOfRows(features: FeatureMatrix): string {
  const hash = createHash("sha256");
  addFeatures(hash, features);
  return hash.digest("hex");
}

async function readFit(files: Pick<Files, "read">, place: string): Promise<ArtifactFiles | null> {
  const stored = await readKept<KeptArtifact>(files, place);
  return stored && artifactOf(stored.value);
}

function digestOf(
  { name, algorithmVersion }: Learner,
  { task, classes, settings, seed, train, validation, champion }: FitRequest<unknown>,
): string {
  const hash = createHash("sha256");
  const live = champion === undefined ? null : { ...champion };
  hash.update(canonicalJson([name, algorithmVersion, task, classes, seed, settings as Json, live as Json]));
  addRows(hash, train);
  addRows(hash, validation);
  return hash.digest("hex");
}

function addRows(hash: Hash, { features, target, weights, times }: LabelledRows): void {
  hash.update(JSON.stringify([weights !== undefined, times !== undefined]));
  addFeatures(hash, features);
  addValues(hash, target);
  if (weights !== undefined) addValues(hash, weights);
  if (times !== undefined) addValues(hash, times);
}

function addFeatures(hash: Hash, { rows, columns }: FeatureMatrix): void {
  hash.update(JSON.stringify([rows]));
  for (const column of columns) {
    hash.update(JSON.stringify(column.kind === "numeric" ? [column.name] : [column.name, column.levels]));
    addValues(hash, column.kind === "numeric" ? column.values : column.codes);
  }
}

function addValues(hash: Hash, values: Float32Array | Float64Array | Uint8Array): void {
  hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
}
