import type { Feature, FeatureSpec } from "../features/feature-spec.ts";
import { quoted } from "../errors/name-words.ts";
import { learnedUntil } from "../lineage/learned-until.ts";
import type { Lineage } from "../lineage/lineage.ts";

/** What is asked of the live version before a training goes on from its model. */
export interface LiveModel {
  readonly number: number;
  readonly lineage: Pick<Lineage, "learner" | "holdout" | "trainedUntil">;
  /** Its `features.json`; `null`: it cannot be read. */
  readonly features: InputsOfModel | null;
  /** sha256 of each file of its own code, by path from the repository's root. */
  readonly code: Readonly<Record<string, string>>;
}

/** The same of a candidate with `start: warm`. */
export interface WarmCandidate {
  readonly learner: string;
  readonly algorithmVersion: number;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly features: InputsOfModel;
  readonly code: Readonly<Record<string, string>>;
}

type InputsOfModel = Pick<FeatureSpec, "inputs" | "target" | "features">;

/** Settings that a model shares with the one that it goes on from. */
const sharedSettings: Readonly<Record<string, readonly string[]>> = {
  command: ["train"],
  tfjs: ["hidden", "embeddingSize", "backend"],
};

/**
 * Why a training cannot go on from the live version's model, as a clause; `null`: nothing speaks against it.
 *
 * Its model has to be one that the candidate's own program has written for the same question. Which rows it may have seen is
 * a question of its own: see `whySeen`.
 */
export function whyCold(live: LiveModel | null, candidate: WarmCandidate): string | null {
  if (live === null) return "there is no champion yet";
  const version = `v${live.number}`;
  const { name, algorithmVersion, settings } = live.lineage.learner;
  if (name !== candidate.learner) return `${version} is a model of the learner ${quoted(name)}`;
  if (algorithmVersion !== candidate.algorithmVersion)
    return `${version} was made by algorithm version ${algorithmVersion} of the learner, which is ${candidate.algorithmVersion} here`;
  const other = sharedSettings[name]?.find((key) => !isSame(settings[key], candidate.settings[key]));
  if (other === "train") return `${version} was trained by another program`;
  if (other !== undefined) return `${version} has another \`${other}\``;
  const file = changedFile(live.code, candidate.code);
  if (file !== null) return `the code of ${version} is different: ${quoted(file)} has changed`;
  const changed = live.features === null ? "they cannot be read" : changedInputs(live.features, candidate.features);
  if (changed !== null) return `the inputs of ${version} are different: ${changed}`;
  const mayMove = Object.keys(candidate.code).length === 0;
  const levels = changedLevels(live.features!, candidate.features, candidate.learner, mayMove);
  return levels === null ? null : `the categories of ${version} are different: ${levels}`;
}

/**
 * Features whose categories differ between two models, as a clause; `null`: none that matters to the learner. A program gets texts; a network
 * has a place for each category.
 *
 * @param mayMove whether the same categories in another order are the same.
 */
export function changedLevels(
  before: InputsOfModel,
  after: InputsOfModel,
  learner: string,
  mayMove = false,
): string | null {
  if (learner !== "tfjs") return null;
  const text = (feature: Feature | undefined) =>
    JSON.stringify(
      feature?.kind === "categorical" && mayMove ? { ...feature, levels: feature.levels.toSorted() } : feature,
    );
  const all = after.features.length >= before.features.length ? after.features : before.features;
  const changed = all.filter((_, i) => text(before.features[i]) !== text(after.features[i]));
  if (changed.length === 0) return null;
  const names = changed.slice(0, mostNamed).map(({ name }) => quoted(name));
  return `${names.join(", ")}${changed.length > mostNamed ? `, and ${changed.length - mostNamed} more` : ""}`;
}

/**
 * Why a model that goes on from the live version cannot be measured on rows from an instant on, as a clause; `null`: the live
 * version has not seen them.
 *
 * @param from epoch milliseconds of the first row; `null`: the model has no `time`. @param what the rows are, such as `the holdout`.
 */
export function whySeen(
  { number, lineage }: Pick<LiveModel, "number" | "lineage">,
  from: number | null,
  what: string,
): string | null {
  const until = learnedUntil(lineage);
  if (from === null || until === null) return `without \`time\` nobody can tell which rows v${number} has learned from`;
  if (Date.parse(until) < from) return null;
  return `v${number} has learned from rows up to ${shortTime(until)}, and ${what} begins at ${shortTime(new Date(from).toISOString())}`;
}

/** What differs between the inputs of two models, as a clause; `null`: nothing. */
export function changedInputs(before: InputsOfModel, after: InputsOfModel): string | null {
  if (!isSame(before.target, after.target)) return "the target or its classes have changed";
  const was = new Map(before.inputs.map(({ name, type }) => [name, type]));
  const is = new Map(after.inputs.map(({ name, type }) => [name, type]));
  const changes = [
    ...[...is.keys()].filter((name) => !was.has(name)).map((name) => `${quoted(name)} is new`),
    ...[...was.keys()].filter((name) => !is.has(name)).map((name) => `${quoted(name)} is gone`),
    ...[...is].flatMap(([name, type]) =>
      was.has(name) && was.get(name) !== type ? [`${quoted(name)} was ${was.get(name)} and is ${type}`] : [],
    ),
  ];
  if (changes.length > mostNamed)
    return `${changes.slice(0, mostNamed).join(", ")}, and ${changes.length - mostNamed} more`;
  if (changes.length > 0) return changes.join(", ");
  return isSame([...was.keys()], [...is.keys()]) ? null : "they are in another order";
}

/** More say no more. */
const mostNamed = 3;

function changedFile(before: LiveModel["code"], after: LiveModel["code"]): string | null {
  const files = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return files.find((file) => before[file] !== after[file]) ?? null;
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

const shortTime = (iso: string) => iso.replace(/T00:00:00\.000Z$/, "");
