import { createHash, type Hash } from "node:crypto";
import path from "node:path";
import { canonicalJson, type Json } from "@refit/core/history";
import type { ArtifactFiles, FitRequest, LabelledRows, Learner, Predictor } from "@refit/core/runtime";
import type { Files } from "../../ports/files.ts";
import type { Learners } from "../../ports/learners.ts";
import { openSealedJson, sealJson } from "../../sealed-json.ts";
import { decodeText, encodeText } from "../../text.ts";

/** What trainings cost. */
export interface FitCounts {
  /** Trainings that were asked for, and those of them that had not been made before. */
  asked: number;
  made: number;
}

/**
 * Learners that keep what they made by all that it was made from: settings, seed and every value of the rows. The same request
 * gives the same bytes, whoever asks and when.
 */
export function keptFits(learners: Learners, files: Files, folder: string, counts: FitCounts): Learners {
  const keepers = new Map<string, Promise<Learner>>();
  return {
    installed: learners.installed,
    get(name) {
      const keeper = keepers.get(name) ?? learners.get(name).then((learner) => keeping(learner, files, folder, counts));
      keepers.set(name, keeper);
      return keeper;
    },
  };
}

/** Artifacts that are held in memory: those of the policies of a night, and of the night before. */
const mostHeld = 32;

function keeping(learner: Learner, files: Files, folder: string, counts: FitCounts): Learner {
  const held = new Map<string, ArtifactFiles>();
  const hold = (place: string, artifact: ArtifactFiles): ArtifactFiles => {
    held.delete(place);
    held.set(place, artifact);
    for (const oldest of [...held.keys()].slice(0, -mostHeld)) held.delete(oldest);
    return artifact;
  };
  const loaded = new WeakMap<ArtifactFiles, Promise<Predictor>>();
  return {
    ...learner,
    settle: (settings, artifact) => learner.settle(settings, artifact),
    load(artifact) {
      const predictor = loaded.get(artifact) ?? learner.load(artifact);
      loaded.set(artifact, predictor);
      return predictor;
    },
    async fit(request) {
      counts.asked++;
      const place = path.join(folder, `${digestOf(learner, request)}.json`);
      const known = held.get(place) ?? (await readFit(files, place));
      if (known !== null) return hold(place, known);
      counts.made++;
      const made = await learner.fit(request);
      const stored = [...made].map(([file, bytes]) => [file, Buffer.from(bytes).toString("base64")] as const);
      await files.write(place, encodeText(sealJson(stored)), { lasting: false });
      return hold(place, made);
    },
  };
}

async function readFit(files: Files, place: string): Promise<ArtifactFiles | null> {
  const bytes = await files.read(place);
  const stored = bytes && openSealedJson(decodeText(bytes));
  if (stored === null) return null;
  const entries = stored.value as readonly (readonly [string, string])[];
  return new Map(entries.map(([file, text]) => [file, Buffer.from(text, "base64")]));
}

function digestOf(
  { name, algorithmVersion }: Learner,
  { task, classes, settings, seed, train, validation }: FitRequest<unknown>,
): string {
  const hash = createHash("sha256");
  hash.update(canonicalJson([name, algorithmVersion, task, classes, seed, settings as Json]));
  addRows(hash, train);
  addRows(hash, validation);
  return hash.digest("hex");
}

function addRows(hash: Hash, { features, target, weights }: LabelledRows): void {
  const add = (values: Float32Array | Float64Array | Uint8Array) =>
    hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  hash.update(JSON.stringify([features.rows, weights !== undefined]));
  for (const column of features.columns) {
    hash.update(JSON.stringify(column.kind === "numeric" ? [column.name] : [column.name, column.levels]));
    add(column.kind === "numeric" ? column.values : column.codes);
  }
  add(target);
  if (weights !== undefined) add(weights);
}
