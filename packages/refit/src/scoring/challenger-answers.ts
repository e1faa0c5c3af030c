import { meanMove, visitedAtOnce, visitShuffled } from "@refit/core/judge";
import type { ArtifactFiles, FeatureMatrix, LabelledRows, Predictor } from "@refit/core/runtime";
import type { Prepared } from "../products/prepared.ts";
import { askTogether } from "./ask-together.ts";
import { featuresByInput } from "./features-by-input.ts";

/** A model that is loaded. */
interface LoadedModel {
  readonly artifact: ArtifactFiles;
  readonly predictor: Pick<Predictor, "predict" | "reads" | "starts">;
}

type HoldoutRows = Pick<Prepared, "featureSpec" | "part" | "split">;

/** What a model has answered for rows of a split. */
interface AnsweredOnce<Answer> {
  readonly split: Prepared["split"];
  readonly rows: Uint32Array;
  readonly answer: Promise<Answer>;
}

type AnswersByModel<Answer> = WeakMap<ArtifactFiles, AnsweredOnce<Answer>>;

const answered: AnswersByModel<Float64Array> = new WeakMap();
const shuffled: AnswersByModel<ShuffledAnswers> = new WeakMap();

/**
 * What a model answers for rows, through the transform of today. The comparison and the version ask the same; where a program answers, it
 * takes longer to start than to predict, so that it is asked once.
 *
 * @param features of the rows, where they have been read.
 * @returns answers that nobody may change.
 */
export function answersOfModel(
  { artifact, predictor }: LoadedModel,
  { part, split }: Pick<Prepared, "part" | "split">,
  { rows, features }: { readonly rows: Uint32Array; readonly features?: FeatureMatrix },
): Promise<Float64Array> {
  const ask = async () => predictor.predict(features ?? (await part(rows)).features);
  return once(answered, artifact, { split, rows }, ask);
}

/** Holdout rows that tell what the answers hang on. */
const MOST_SHUFFLED = 1000;
/** Inputs of which the answers are kept. */
const MOST_KEPT = 10;

/** What a model answers when the values of an input change places among rows that it has not seen. */
interface ShuffledAnswers {
  /** Of the table. */
  readonly rows: Uint32Array;
  /** To the rows as they are. */
  readonly answers: Float64Array;
  /** How far the answers move on average, by input. */
  readonly importance: ReadonlyMap<string, number>;
  /** The answers to the shuffled rows, of the inputs that move them most, and these first. */
  readonly moved: ReadonlyMap<string, Float64Array>;
}

/** The version and the report ask the same; see `answersOfModel`. */
export function shuffledAnswers(
  { artifact, predictor }: LoadedModel,
  { featureSpec, part, split }: HoldoutRows,
  seed: number,
): Promise<ShuffledAnswers> {
  const rows = shuffledRows({ split });
  const groups = featuresByInput(featureSpec);
  return once(shuffled, artifact, { split, rows }, async () => {
    const importance = new Map([...groups.keys()].map((name) => [name, 0]));
    let most: { readonly input: string; readonly answers: Float64Array; readonly move: number }[] = [];
    const { features } = await part(rows);
    const answers = await visitShuffled(predictor, features, { groups, seed }, (input, asTheyAre, moved) => {
      const move = meanMove(asTheyAre, moved);
      importance.set(input, move);
      if (move === 0 || (most.length === MOST_KEPT && move <= most.at(-1)!.move)) return;
      most = [...most, { input, answers: moved.slice(), move }].toSorted((a, b) => b.move - a.move).slice(0, MOST_KEPT);
    });
    return { rows, answers, importance, moved: new Map(most.map((each) => [each.input, each.answers])) };
  });
}

/** What a challenger is asked before its verdict. */
interface AskedBefore {
  /** Holdout rows on which it is judged. */
  readonly judged: { readonly rows: Uint32Array; readonly features: FeatureMatrix };
  /** Rows that it has learned from; absent: nobody asks. */
  readonly known: LabelledRows | undefined;
  readonly seed: number;
}

export interface AnswersBefore {
  readonly judged: Float64Array;
  /** `null`: nobody asked. */
  readonly known: Float64Array | null;
}

/**
 * The answers by which a challenger is judged. A program that would be started for each question is asked at the same time for what its
 * version and the report need of it later.
 */
export async function answersBefore(
  { artifact, predictor }: LoadedModel,
  prepared: HoldoutRows,
  { judged, known, seed }: AskedBefore,
): Promise<AnswersBefore> {
  const askJudged = (asked: LoadedModel["predictor"]) =>
    answersOfModel({ artifact, predictor: asked }, prepared, judged);
  const askKnown = async ({ predict }: LoadedModel["predictor"]) => known && predict(known.features);
  if (predictor.starts !== true)
    return { judged: await askJudged(predictor), known: (await askKnown(predictor)) ?? null };
  const askShuffled = async (asked: LoadedModel["predictor"]): Promise<void> => {
    const inputs = featuresByInput(prepared.featureSpec).size;
    const cells = { rows: shuffledRows(prepared).length, columns: prepared.featureSpec.features.length };
    // What takes several calls is only asked for a model that is proposed.
    if (inputs <= visitedAtOnce(cells)) await shuffledAnswers({ artifact, predictor: asked }, prepared, seed);
  };
  const [ofJudged, ofKnown] = await askTogether<[Float64Array, Float64Array | undefined, void]>(predictor, [
    askJudged,
    askKnown,
    askShuffled,
  ]);
  return { judged: ofJudged, known: ofKnown ?? null };
}

function shuffledRows({ split }: Pick<HoldoutRows, "split">): Uint32Array {
  const stride = Math.max(1, Math.ceil(split.holdout.length / MOST_SHUFFLED));
  return split.holdout.filter((_, place) => place % stride === 0);
}

function once<Answer>(
  memory: AnswersByModel<Answer>,
  artifact: ArtifactFiles,
  { split, rows }: Pick<AnsweredOnce<Answer>, "split" | "rows">,
  ask: () => Promise<Answer>,
): Promise<Answer> {
  const known = memory.get(artifact);
  if (known?.split === split && areEqual(known.rows, rows)) return known.answer;
  const answer = ask();
  const kept = { split, rows, answer };
  memory.set(artifact, kept);
  // It may be asked again.
  answer.catch(() => memory.get(artifact) === kept && memory.delete(artifact));
  return answer;
}

function areEqual(some: Uint32Array, others: Uint32Array): boolean {
  return some.length === others.length && some.every((row, i) => row === others[i]);
}
