import { canonicalJson } from "@refit/core/history";
import type { ArtifactFiles } from "@refit/core/runtime";
import type { JsonReader } from "@refit/core/runtime";
import { FORMAT, LINK_FORMAT, MODEL_FILE, readModelFile } from "../model-json.ts";
import { type ModelFeature, type ModelHeader, outputsOf, readHeader } from "../model-header.ts";
import type { Ensemble } from "./boost.ts";
import type { Tree } from "./tree.ts";

/** A whole model, as it stands in its file. */
export interface GbdtModel extends ModelHeader, Ensemble {}

const MOST_SPLITS = 1_000_000;

export function writeGbdt({ task, classes, features, base, rounds, link }: GbdtModel): ArtifactFiles {
  const layout = link === undefined ? { format: FORMAT } : { format: LINK_FORMAT, link };
  const stored = { ...layout, learner: "gbdt", task, classes, features: features.map(plain), base };
  const model = { ...stored, trees: rounds.map((round) => round.map(plain)) };
  return new Map([[MODEL_FILE, new TextEncoder().encode(`${canonicalJson(model)}\n`)]]);
}

/** An interface has no index signature, which the type of JSON objects asks for; a copy has. */
function plain<T extends object>(value: T): { [Key in keyof T]: T[Key] } {
  return { ...value };
}

/** @throws ArtifactInvalidError for anything that `writeGbdt` cannot have written and prediction could stumble over. */
export function readGbdt(files: ArtifactFiles): GbdtModel {
  const file = readModelFile(files, LINK_FORMAT);
  const usual = ["base", "classes", "features", "format", "learner", "task", "trees"] as const;
  const isLinked = file.has("link");
  const fields = isLinked ? file.asObject(...usual, "link") : file.asObject(...usual);
  const header = readHeader(fields, "gbdt", isLinked ? LINK_FORMAT : FORMAT);
  const outputs = outputsOf(header);
  const base = fields.base.asList(outputs).map((score) => score.asNumber());
  const rounds = fields.trees
    .asList()
    .map((round) => round.asList(outputs).map((tree) => readTree(tree, header.features)));
  const bound = base.map(Math.abs);
  for (const round of rounds) for (const [output, tree] of round.entries()) bound[output]! += largest(tree.leaf);
  if (!bound.every(Number.isFinite)) fields.trees.fail("leaf values whose sum is a finite number");
  const link = "link" in fields ? (fields.link as JsonReader) : null;
  if (link === null) return { ...header, base, rounds };

  if (header.task !== "regression") fields.task.fail("regression, which alone has a link");
  if (!bound.every((score) => Number.isFinite(Math.exp(score))))
    fields.trees.fail("leaf values that e^sum is finite for");
  return { ...header, base, rounds, link: link.asWord("log") };
}

function largest(values: readonly number[]): number {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  return most;
}

function readTree(reader: JsonReader, features: readonly ModelFeature[]): Tree {
  const fields = reader.asObject("column", "leaf", "left", "missingLeft", "right", "rule");
  const splits = fields.column.asList();
  if (splits.length > MOST_SPLITS) fields.column.fail(`at most ${MOST_SPLITS} splits`);
  const column = splits.map((item) => item.asInteger(0, features.length - 1));
  const leaf = fields.leaf.asList(column.length + 1).map((value) => value.asNumber());
  const featureAt = (split: number): ModelFeature => features[column[split]!]!;
  const rule = fields.rule.asList(column.length).map((item, split) => readRule(item, featureAt(split)));
  const missingLeft = fields.missingLeft
    .asList(column.length)
    .map((item, split) => item.asInteger(0, featureAt(split).kind === "numeric" ? 1 : 0));
  const { left, right } = readChildren(fields.left, fields.right, column.length);
  return { column, rule, missingLeft, left, right, leaf };
}

function readRule(reader: JsonReader, feature: ModelFeature): number | number[] {
  if (feature.kind === "numeric") return reader.asNumber();
  const codes = reader.asList().map((code) => code.asInteger(0, feature.levels + 1));
  if (codes.some((code, i) => i > 0 && code <= codes[i - 1]!)) reader.fail("codes in ascending order");
  return codes;
}

/** Children come after their parent and have one parent each, so that every walk ends in a leaf and all can be reached. */
function readChildren(left: JsonReader, right: JsonReader, splits: number): { left: number[]; right: number[] } {
  const taken = new Set<number>();
  const read = (list: JsonReader): number[] =>
    list.asList(splits).map((item, split) => {
      const child = item.asInteger(-1 - splits, splits - 1);
      if (child >= 0 && child <= split) item.fail(`a leaf, or a split after ${split}`);
      if (taken.has(child)) item.fail("a child that no other split has");
      taken.add(child);
      return child;
    });
  return { left: read(left), right: read(right) };
}
