import {
  insufficientClassifier,
  judgeClassifier,
  leastClassifierRows,
  type ClassifierDrift,
  type FeatureSpec,
} from "@refit/core/data";
import { shuffled, shuffleImportance } from "@refit/core/judge";
import { fillSettings, pickFeatures, stackFeatures, type FeatureMatrix, type Learner } from "@refit/core/runtime";
import type { Context, Version } from "../products/context.ts";
import type { SnapshotFile, TableFiles } from "../products/snapshot.ts";
import type { Ports } from "../ports/index.ts";
import { withChampionRows } from "./champion-rows.ts";

type ClassifyRowsPorts = Pick<
  Ports,
  "scratch" | "git" | "largeFiles" | "files" | "sources" | "tables" | "learners" | "out"
>;

/** Rows of each side. */
const MOST_ROWS = 5000;
const FOLDS = 5;
const MOST_FEATURES = 3;
const trees = { trees: 50, leaves: 8, earlyStoppingRounds: 0 };

/** Rows that the champion was built from, and rows that came since. */
interface SidesOfRows {
  readonly old: readonly SnapshotFile[];
  readonly fresh: readonly SnapshotFile[];
  readonly tables: TableFiles;
}

/**
 * Whether boosted trees can tell rows of new files from rows of the champion's files that are still here, in five folds.
 *
 * They see the features that the champion reads, so no identifier and no time, and not the calendar parts of a date, by which
 * any two periods can be told.
 */
export async function classifyRows(
  ports: ClassifyRowsPorts,
  context: Context,
  champion: Version,
  { old, fresh, tables }: SidesOfRows,
): Promise<ClassifierDrift> {
  const { seed } = context.spec;
  const draw = async (side: readonly SnapshotFile[], stream: number): Promise<FeatureMatrix | null> => {
    if (side.length === 0) return null;
    return withChampionRows(
      ports,
      context,
      { version: champion, data: { sources: side, tables } },
      async ({ champion: { spec, features }, rows }) =>
        timeless(spec, await features(shuffled(rows.length, seed, stream).slice(0, MOST_ROWS))),
    );
  };
  const [before, now] = [await draw(old, 1), await draw(fresh, 2)];
  const rows = Math.min(before?.rows ?? 0, now?.rows ?? 0);
  if (before === null || now === null || rows < leastClassifierRows || before.columns.length === 0) {
    return insufficientClassifier(rows);
  }
  ports.out.progress("Comparing new rows with old ones");
  const first = Uint32Array.from({ length: rows }, (_, row) => row);
  const both = stackFeatures(pickFeatures(before, first), pickFeatures(now, first));
  return classify(await ports.learners.get("gbdt"), both, seed);
}

function timeless({ features }: FeatureSpec, matrix: FeatureMatrix): FeatureMatrix {
  const calendar = new Set(features.filter(({ kind }) => kind === "datetimePart").map(({ name }) => name));
  return { ...matrix, columns: matrix.columns.filter(({ name }) => !calendar.has(name)) };
}

/** @param both rows of two sides in random order, as many of each, one side after the other. */
async function classify(learner: Learner, both: FeatureMatrix, seed: number): Promise<ClassifierDrift> {
  const settings = fillSettings(learner, trees);
  const each = both.rows / 2;
  const isNew = Float64Array.from({ length: both.rows }, (_, row) => Number(row >= each));
  const scores = new Float64Array(both.rows);
  const groups = new Map(both.columns.map(({ name }) => [name, new Set([name])]));
  const telling = new Map<string, number>();
  for (let fold = 0; fold < FOLDS; fold++) {
    const all = Uint32Array.from({ length: both.rows }, (_, row) => row);
    const isHeldOut = (row: number) => (row % each) % FOLDS === fold;
    const [seen, heldOut] = [all.filter((row) => !isHeldOut(row)), all.filter(isHeldOut)];
    const train = { features: pickFeatures(both, seen), target: Float64Array.from(seen, (row) => isNew[row]!) };
    // Nothing stops early, so the validation rows decide nothing.
    const request = { task: "binary" as const, classes: 2, settings, seed, train, validation: train };
    const predictor = await learner.load(await learner.fit(request));
    const features = pickFeatures(both, heldOut);
    for (const [i, score] of (await predictor.predict(features)).entries()) scores[heldOut[i]!] = score;
    for (const [name, value] of await shuffleImportance(predictor, features, groups, seed)) {
      telling.set(name, (telling.get(name) ?? 0) + value);
    }
  }
  const ranked = [...telling].filter(([, value]) => value > 0).sort(([, a], [, b]) => b - a);
  return judgeClassifier(
    isNew,
    scores,
    ranked.slice(0, MOST_FEATURES).map(([name]) => name),
  );
}
