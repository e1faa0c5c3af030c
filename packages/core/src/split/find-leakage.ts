import { finding } from "../data/finding-codes.ts";
import type { Finding } from "../data/finding.ts";
import { FeatureMismatchError } from "../errors/feature-errors.ts";
import { quoted } from "../errors/name-words.ts";
import { applyFeature, inputMismatches } from "../features/apply-features.ts";
import type { Column, FileColumn } from "../features/column.ts";
import type { FeatureSpec } from "../features/feature-spec.ts";
import { featureLeaks } from "./feature-leaks.ts";
import { columnWords, featureWords, rowHashes, type ValueWords } from "./row-hashes.ts";
import { sharedRows } from "./shared-rows.ts";
import type { Split } from "./split-rows.ts";

const MOST_SAMPLED = 50_000;
const LEAST_SAMPLED = 50;
export interface LeakageRequest {
  readonly featureSpec: FeatureSpec;
  readonly read: (name: string) => Promise<Column | null>;
  /** Encoded target of every row. */
  readonly labels: Float64Array;
  /** Digest of every row's source row, with its time. */
  readonly digests: BigUint64Array;
  /** Columns that identify a row; empty: none are declared. */
  readonly key: readonly string[];
  /** Column whose rows belong together; `null`: none is declared. */
  readonly group: string | null;
  readonly split: Split;
}

export interface Leakage {
  readonly findings: readonly Finding[];
  /** Holdout rows with the same feature values as a row of the training side: natural duplicates. */
  readonly duplicates: Uint32Array;
}

/**
 * Look for ways by which the holdout's answers got into training.
 *
 * The same source row, key or group on both sides is an error. Equal feature values are natural duplicates and a warning.
 * One feature that almost determines the target is suspect, one that seems to be filled in after the outcome a
 * warning; both look at no more than 50,000 training rows, evenly spaced. Holds one column in memory at a time.
 *
 * @throws FeatureMismatchError
 */
export async function findLeakage(request: LeakageRequest): Promise<Leakage> {
  const { featureSpec, read, labels, split } = request;
  const { task, classes } = featureSpec.target;
  const sample = evenlySpaced(split.train);
  const target = Float64Array.from(sample, (row) => labels[row]!);
  const repeats = repeatSearch(request);
  const findings = await findOverlap(request);
  for (const input of featureSpec.inputs) {
    const column = await read(input.name);
    const mismatches = inputMismatches([input], column === null ? [] : [column]);
    if (column === null || mismatches.length > 0) throw new FeatureMismatchError(mismatches);
    if (column.type === "file") {
      repeats.add(() => columnWords(column));
      const rows = sharedFiles(column, request);
      if (rows.length > 0) findings.push(sameFilesFinding(column.name, rows.length, split.holdout.length));
    }
    for (const feature of featureSpec.features) {
      if (feature.kind === "file" || feature.input !== input.name) continue;
      repeats.add(() => featureWords(applyFeature(feature, column)));
      if (sample.length < LEAST_SAMPLED) continue;
      const labelled = { task, classes: classes?.length ?? 0, feature: applyFeature(feature, column, sample), target };
      findings.push(...featureLeaks(feature, labelled, { classes, rows: "training rows" }));
    }
  }
  const duplicates = repeats.found();
  if (duplicates.length > 0) findings.push(duplicateFinding(duplicates.length, split.holdout.length));
  return { findings, duplicates };
}

/** Columns after which it is asked for the first time whether any row repeats in them; then after twice as many, and so on. */
const FIRST_ASKED = 4;

/** Searches for holdout rows that are equal to a row of the training side in all columns that were added. */
function repeatSearch({ labels, split }: LeakageRequest) {
  const hashes = rowHashes(labels.length);
  const shared = () => sharedRows(hashes.ids, [split.train, split.validation], split.holdout);
  let [added, asked] = [0, FIRST_ASKED];
  let mayRepeat = true;
  return {
    /** @param words called only while rows may still be equal. */
    add(words: () => ValueWords): void {
      if (!mayRepeat) return;
      hashes.add(words());
      if (++added < asked) return;
      asked *= 2;
      mayRepeat = shared().length > 0;
    },
    found: () => (mayRepeat ? shared() : new Uint32Array(0)),
  };
}

/** Holdout rows whose file a row of the training side has too, byte for byte. */
function sharedFiles(column: FileColumn, { split, labels }: LeakageRequest): Uint32Array {
  const hashes = rowHashes(labels.length);
  hashes.add(columnWords(column));
  const named = (part: Uint32Array) => part.filter((row) => column.codes[row]! >= 0);
  return sharedRows(hashes.ids, [split.train, split.validation].map(named), named(split.holdout));
}

function sameFilesFinding(column: string, rows: number, holdoutRows: number): Finding {
  const words = `${rows} of ${holdoutRows} holdout rows have in ${quoted(column)} the same file, byte for byte, as a training row.`;
  return finding("same-file", { column, count: rows }, words);
}

async function findOverlap(request: LeakageRequest): Promise<Finding[]> {
  const { digests, key, group, split } = request;
  const rows = sharedRows(digests, [split.train, split.validation], split.holdout).length;
  const names = key.map((name) => quoted(name)).join(", ");
  return [
    ...(rows > 0 ? [overlapFinding(rows, split, "whose source row", null)] : []),
    ...(key.length > 0 ? await findSharedValues(request, key, `whose key (${names})`) : []),
    ...(group === null ? [] : await findSharedValues(request, [group], `whose group (${quoted(group)})`)),
  ];
}

/** Rows that have a value in all of `names`, and the same ones as a row of the training side. */
async function findSharedValues(
  { read, labels, split }: LeakageRequest,
  names: readonly string[],
  what: string,
): Promise<Finding[]> {
  const hashes = rowHashes(labels.length);
  const complete = new Uint8Array(labels.length).fill(1);
  for (const name of names) {
    const column = await read(name);
    if (column === null) throw new FeatureMismatchError([`${quoted(name)} is missing`]);
    hashes.add(columnWords(column));
    for (let row = 0; row < complete.length; row++) {
      if (column.kind === "text" ? column.codes[row]! < 0 : Number.isNaN(column.values[row])) complete[row] = 0;
    }
  }
  const known = (part: Uint32Array) => part.filter((row) => complete[row] === 1);
  const shared = sharedRows(hashes.ids, [split.train, split.validation].map(known), known(split.holdout)).length;
  return shared > 0 ? [overlapFinding(shared, split, what, names[0]!)] : [];
}

function overlapFinding(rows: number, split: Split, what: string, column: string | null): Finding {
  const words = `${rows} of ${split.holdout.length} holdout rows are also trained on: there is a training row ${what} is the same.`;
  return finding("overlap", { column }, words);
}

function duplicateFinding(rows: number, holdoutRows: number): Finding {
  const words = `${rows} of ${holdoutRows} holdout rows have exactly the feature values of a training row.`;
  return finding("duplicate-features", {}, words);
}

function evenlySpaced(rows: Uint32Array): Uint32Array {
  const stride = Math.max(1, Math.ceil(rows.length / MOST_SAMPLED));
  return stride === 1 ? rows : rows.filter((_, i) => i % stride === 0);
}
