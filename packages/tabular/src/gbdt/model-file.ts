import { canonicalJson } from "@refit/core/history";
import {
  type ArtifactFiles,
  type JsonCheck,
  exactly,
  fits,
  integer,
  list,
  type Misfit,
  finite,
  portableExp,
  wordOf,
} from "@refit/core/runtime";
import { FORMAT, LINK_FORMAT, MODEL_FILE, readModelFile } from "../model-json.ts";
import { headerChecks, type ModelFeature, type ModelHeader, outputsOf } from "../model-header.ts";
import type { Ensemble } from "./boost.ts";
import type { Tree } from "./tree.ts";

/** A whole model, as it stands in its file. */
export interface GbdtModel extends ModelHeader, Ensemble {}

/** What the file holds. */
interface StoredGbdt extends ModelHeader, Omit<Ensemble, "rounds"> {
  /** By round, one of each output. */
  readonly trees: Ensemble["rounds"];
}

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
  const stored = readModelFile(files, modelCheck, LINK_FORMAT) as StoredGbdt;
  return { ...stored, rounds: stored.trees };
}

function modelCheck(value: unknown): Misfit | undefined {
  const model = Object(value) as StoredGbdt;
  const { base, trees, link } = model;
  const ofOutputs = (item: JsonCheck): JsonCheck => list(item, outputsOf(model));
  const wrong = exactly({
    ...headerChecks(model, "gbdt", link === undefined ? FORMAT : LINK_FORMAT),
    base: (given) => ofOutputs(finite())(given, 0),
    trees: (given) => list(ofOutputs(treeCheck(model.features)))(given, 0),
    ...(link !== undefined && { link: wordOf("log") }),
  })(value, 0);
  if (wrong !== undefined) return wrong;

  const bound = base.map((score, output) =>
    trees.reduce((sum, round) => sum + largest(round[output]!.leaf), Math.abs(score)),
  );
  if (!bound.every(Number.isFinite)) return [".trees", "leaf values whose sum is a finite number"];
  if (link === undefined) return undefined;
  if (model.task !== "regression") return [".task", "regression, which alone has a link"];
  return bound.map(portableExp).every(Number.isFinite) ? undefined : [".trees", "leaf values that e^sum is finite for"];
}

const largest = (values: readonly number[]) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

function treeCheck(features: readonly ModelFeature[]): JsonCheck {
  const rules = features.map(({ kind, levels }) => (kind === "numeric" ? finite() : codesCheck(levels + 1)));
  const sides = features.map(({ kind }) => integer(0, kind === "numeric" ? 1 : 0));
  const places = list(integer(0, features.length - 1));
  return (value) => {
    const { column } = Object(value) as Tree;
    const splits = (Object(column) as Tree["column"]).length;
    const children = childrenCheck(splits);
    return exactly({
      column: (given) => (splits > MOST_SPLITS ? ["", `at most ${MOST_SPLITS} splits`] : places(given, 0)),
      leaf: list(finite(), splits + 1),
      rule: list((rule, split) => rules[column[split]!]!(rule, 0), splits),
      missingLeft: list((side, split) => sides[column[split]!]!(side, 0), splits),
      left: children,
      right: children,
    })(value, 0);
  };
}

function codesCheck(last: number): JsonCheck {
  const codes = list(integer(0, last));
  const ascend = fits("codes in ascending order", (value) =>
    (value as number[]).every((code, i, all) => i === 0 || code > all[i - 1]!),
  );
  return (value) => codes(value, 0) ?? ascend(value, 0);
}

/** Children come after their parent and have one parent each, so that every walk ends in a leaf and all can be reached. */
function childrenCheck(splits: number): JsonCheck {
  const any = integer(-1 - splits, splits - 1);
  const taken = new Set<unknown>();
  return list((child, split) => {
    const wrong = any(child, 0);
    if (wrong !== undefined) return wrong;
    if ((child as number) >= 0 && (child as number) <= split) return ["", `a leaf, or a split after ${split}`];
    return taken.size < taken.add(child).size ? undefined : ["", "a child that no other split has"];
  }, splits);
}
