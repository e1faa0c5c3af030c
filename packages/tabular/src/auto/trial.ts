import { LearnerDivergedError } from "@refit/core/errors";
import type { ArtifactFiles, FitRequest, Learner } from "@refit/core/runtime";
import { gbdt } from "../gbdt/gbdt.ts";
import { linear } from "../linear/linear.ts";
import { joined, type Fold } from "./folds.ts";
import { meanOf, rowLosses } from "./row-losses.ts";
import type { AutoSettings, MemberSettings } from "./settings.ts";

export type SearchRequest = FitRequest<AutoSettings>;

/** One configuration, trained on every fold. */
export interface Trial {
  readonly settings: MemberSettings;
  /** The same with what the folds decided fixed. */
  readonly settled: MemberSettings;
  /** By fold. */
  readonly models: readonly ArtifactFiles[];
  /** Answers for the validation rows, fold after fold. */
  readonly answers: Float64Array;
  readonly losses: Float64Array;
  readonly loss: number;
}

const learners = { gbdt, linear } as const;

export const learnerOf = (settings: MemberSettings) =>
  learners[settings.learner] as unknown as Learner<MemberSettings, Awaited<ReturnType<typeof gbdt.load>>>;

/** What the rows of all folds are, fold after fold. */
export interface FoldRows {
  readonly target: Float64Array;
  readonly weights?: Float64Array;
}

export function askedOf(folds: readonly Fold[]): FoldRows {
  const weights = folds.flatMap(({ validation }) => validation.weights ?? []);
  return {
    target: joined(folds.map(({ validation }) => validation.target)),
    ...(weights.length === folds.length && { weights: joined(weights) }),
  };
}

/** @returns `null`: its loss is not finite somewhere. */
export async function tryOut(
  request: SearchRequest,
  folds: readonly Fold[],
  settings: MemberSettings,
): Promise<Trial | null> {
  const learner = learnerOf(settings);
  const models: ArtifactFiles[] = [];
  const answers: Float64Array[] = [];
  try {
    for (const fold of folds) {
      const files = await fitMember(request, settings, fold);
      models.push(files);
      answers.push((await learner.load(files)).predict(fold.validation.features));
    }
  } catch (error) {
    if (error instanceof LearnerDivergedError) return null;
    throw error;
  }
  const asked = askedOf(folds);
  const all = joined(answers);
  const losses = rowLosses(request.task, asked.target, all);
  const loss = meanOf(losses, asked.weights);
  if (!Number.isFinite(loss)) return null;
  const settled = average(models.map((files) => learner.settle(settings, files)));
  return { settings, settled, models, answers: all, losses, loss };
}

export function fitMember(
  { task, classes, seed, threads }: SearchRequest,
  settings: MemberSettings,
  { train, validation }: Fold,
): Promise<ArtifactFiles> {
  const help = threads === undefined ? {} : { threads };
  return learnerOf(settings).fit({ task, classes, seed, settings, train, validation, ...help });
}

/** What the folds decided differs in whole numbers alone. */
function average([first, ...others]: readonly MemberSettings[]): MemberSettings {
  const mean = (key: string, value: string | number) =>
    typeof value === "number"
      ? others.reduce((sum, other) => sum + Number(other[key]), value) / (others.length + 1)
      : value;
  const entries = Object.entries(first!).map(([key, value]) => {
    const same = others.every((other) => other[key] === value);
    return [key, same ? value : Math.round(Number(mean(key, value)))];
  });
  return Object.fromEntries(entries) as MemberSettings;
}
